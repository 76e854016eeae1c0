package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Keeps other users away from the files by POSIX permissions, which the files have as
 * soon as they are created.
 */
final class OwnerOnly {

	private static final Set<PosixFilePermission> OTHERS_MAY_WRITE = EnumSet.of(PosixFilePermission.GROUP_WRITE,
			PosixFilePermission.OTHERS_WRITE);

	private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

	private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

	private final boolean posix;

	private final boolean unix;

	private OwnerOnly(boolean posix, boolean unix) {
		this.posix = posix;
		this.unix = unix;
	}

	/** Returns the protection that the file system of a path supports. */
	static OwnerOnly of(Path path) {
		Set<String> views = path.getFileSystem().supportedFileAttributeViews();
		return new OwnerOnly(views.contains("posix"), views.contains("unix"));
	}

	/** Returns no protection, for a file system without POSIX permissions. */
	static OwnerOnly unsupported() {
		return new OwnerOnly(false, false);
	}

	boolean isPosix() {
		return this.posix;
	}

	FileAttribute<?>[] ofFile() {
		return attributes(FILE);
	}

	FileAttribute<?>[] ofDirectory() {
		return attributes(DIRECTORY);
	}

	private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
		return this.posix ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

	/** Returns whether a file of this process has the permissions that were requested. */
	boolean holdsFor(Path file) throws IOException {
		return this.posix && FILE.equals(posix(file).permissions());
	}

	/** Returns the owner; {@code null} if the file system has none. */
	@Nullable UserPrincipal owner(Path path) throws IOException {
		return this.posix ? posix(path).owner() : null;
	}

	/**
	 * Looks for a reason not to use a directory.
	 * @return what is wrong, as the end of a sentence that starts with the directory;
	 * {@code null} if nothing is
	 */
	@Nullable String objection(Path directory) throws IOException {
		BasicFileAttributes attributes = this.posix ? posix(directory)
				: Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		if (attributes.isSymbolicLink()) {
			return "is a symbolic link, which can be redirected at any time; configure the directory itself";
		}
		if (!attributes.isDirectory()) {
			return "is no directory; move it away, or configure another one";
		}
		if (attributes instanceof PosixFileAttributes withMode) {
			Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS_MAY_WRITE);
			open.retainAll(withMode.permissions());
			if (!open.isEmpty()) {
				return "can be written by others than its owner ("
						+ PosixFilePermissions.toString(withMode.permissions())
						+ "), who could forge sessions; check its content and run chmod 700 on it";
			}
		}
		return null;
	}

	/**
	 * Makes sure that nobody else can replace the directory.
	 * @throws IllegalStateException if a directory above it is not safe
	 */
	void requireSafeParents(Path directory) throws IOException {
		if (this.posix && this.unix) {
			ParentDirectories.require(directory);
		}
	}

	private static PosixFileAttributes posix(Path path) throws IOException {
		return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
	}

}
