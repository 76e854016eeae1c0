package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders that belong to the user of this process, and in which nobody else can write.
 */
final class OwnedFolders {

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.storage.file.FileStorageStrategy");

	private final Path root;

	private final OwnerOnly permissions;

	private @Nullable UserPrincipal user;

	private OwnedFolders(Path root, OwnerOnly permissions) {
		this.root = root;
		this.permissions = permissions;
	}

	/**
	 * Makes sure that a directory exists and is safe, and that the directories above it
	 * are.
	 * @throws IllegalStateException if one of them is not safe
	 */
	static OwnedFolders under(Path root, OwnerOnly permissions) throws IOException {
		OwnedFolders folders = new OwnedFolders(root, permissions);
		folders.create(root);
		folders.user = folders.findUser();
		folders.require(root);
		permissions.requireSafeParents(root);
		return folders;
	}

	private void create(Path directory) throws IOException {
		try {
			if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
				Path parent = directory.getParent();
				if (parent != null && !Files.exists(parent)) {
					Files.createDirectories(parent, this.permissions.ofDirectory());
				}
				Files.createDirectory(directory, this.permissions.ofDirectory());
			}
		}
		catch (FileAlreadyExistsException ex) {
			// Another process creates it at the same time. It is checked in any case.
		}
	}

	/**
	 * Finds the user of this process as the owner of a new file, because the name of the
	 * user can be anything in a container.
	 */
	private @Nullable UserPrincipal findUser() throws IOException {
		String objection = this.permissions.objection(this.root);
		if (objection != null) {
			throw refused(this.root, objection, null);
		}
		Path probe = this.root.resolve(".probe-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
		Files.createFile(probe, this.permissions.ofFile());
		try {
			if (!this.permissions.holdsFor(probe)) {
				logger.warn(
						"The file system of {} has no POSIX permissions. Make sure that nobody else can read or write "
								+ "the sessions there",
						this.root);
			}
			return this.permissions.owner(probe);
		}
		finally {
			Files.delete(probe);
		}
	}

	/** Makes sure that a folder exists and is safe. */
	void requireOrCreate(Path directory) throws IOException {
		try {
			require(directory);
		}
		catch (NoSuchFileException ex) {
			create(directory);
			require(directory);
		}
	}

	private void require(Path directory) throws IOException {
		String objection = this.permissions.objection(directory);
		if (objection != null) {
			throw refused(directory, objection, null);
		}
		UserPrincipal owner = this.permissions.owner(directory);
		if (!Objects.equals(owner, this.user)) {
			throw refused(directory, "belongs to the user " + owner + ", but this process runs as " + this.user
					+ "; chown it, or configure another directory", null);
		}
	}

	static IllegalStateException refused(Path directory, String objection, @Nullable IOException cause) {
		return new IllegalStateException("The session directory " + directory + " " + objection,
				(cause != null) ? Failures.withoutPath(cause) : null);
	}

}
