package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Principal;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the directories above the one with the sessions, in the way that sshd checks
 * those above a key file. Whoever can write in one of them can replace the directory with
 * the sessions. If one belongs to another user, this is only a warning, because that is
 * usually the user who installed the application. It is refused, however, if it is in a
 * place where anybody could have created it.
 *
 * @see <a href="https://man.openbsd.org/sshd_config#StrictModes">StrictModes</a>
 */
final class ParentDirectories {

	private static final int STICKY = 01000;

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.storage.file.FileStorageStrategy");

	private final Set<Path> seen = new HashSet<>();

	private final Path directory;

	private final Set<Object> trusted;

	private ParentDirectories(Path directory, Set<Object> trusted) {
		this.directory = directory;
		this.trusted = trusted;
	}

	/**
	 * Checks all of them, including those that symbolic links on the way lead to.
	 * @param directory the directory with the sessions; its file system has the view
	 * {@code unix}
	 * @throws IllegalStateException if one of them is not safe
	 */
	static void require(Path directory) throws IOException {
		Path parent = directory.getParent();
		if (parent != null) {
			Set<Object> trusted = new HashSet<>();
			trusted.add(0);
			trusted.add(Entry.of(Objects.requireNonNull(directory.getRoot())).uid());
			trusted.add(Entry.of(directory).uid());
			ParentDirectories parents = new ParentDirectories(directory, trusted);
			parents.look(parent);
			parents.look(parent.toRealPath());
		}
	}

	private void look(Path path) throws IOException {
		Path parent = path.getParent();
		if (!this.seen.add(path)) {
			return;
		}
		if (parent != null) {
			look(parent);
		}
		Entry entry = Entry.of(path);
		if (!this.trusted.contains(entry.uid())) {
			if (parent != null && isOpen(Entry.of(parent.toRealPath()))) {
				throw refused(path,
						"which belongs to the user " + entry.owner() + " and is in a place where anybody "
								+ "could have created it, so that user could forge sessions; chown it, or configure "
								+ "another directory");
			}
			logger.warn(
					"The session directory {} is in {}, which belongs to the user {}, who could replace it. If you do "
							+ "not trust that user, chown it, or configure another directory",
					this.directory, path, entry.owner());
		}
		if (entry.isLink()) {
			Path from = Objects.requireNonNull(parent).toRealPath();
			look(from.resolve(Files.readSymbolicLink(path)).normalize());
		}
		else if (isOpen(entry) && !entry.isSticky()) {
			throw refused(path, "in which others than its owner can write (" + entry.permissions() + ", "
					+ entry.owner() + ":" + entry.group()
					+ "), so they could replace it and forge sessions; run chmod go-w on it, or chmod +t if others "
					+ "have to write there, or configure another directory");
		}
	}

	private IllegalStateException refused(Path parent, String objection) {
		return OwnedFolders.refused(this.directory, "is in " + parent + ", " + objection, null);
	}

	/**
	 * Returns whether others can write. Many systems give each user a group of the same
	 * name and let that group write, which is not counted.
	 */
	private boolean isOpen(Entry entry) {
		Set<PosixFilePermission> permissions = entry.modes();
		boolean group = permissions.contains(PosixFilePermission.GROUP_WRITE)
				&& !(this.trusted.contains(entry.uid()) && entry.group().equals(entry.owner()));
		return !entry.isLink() && (group || permissions.contains(PosixFilePermission.OTHERS_WRITE));
	}

	/**
	 * The attributes of a directory or a link.
	 *
	 * @param attributes the attributes by their names in the view {@code unix}
	 */
	private record Entry(Map<String, Object> attributes) {

		static Entry of(Path path) throws IOException {
			return new Entry(Files.readAttributes(path, "unix:mode,uid,owner,group,permissions,isSymbolicLink",
					LinkOption.NOFOLLOW_LINKS));
		}

		private Object get(String name) {
			return Objects.requireNonNull(this.attributes.get(name));
		}

		Object uid() {
			return get("uid");
		}

		String owner() {
			return ((Principal) get("owner")).getName();
		}

		String group() {
			return ((Principal) get("group")).getName();
		}

		boolean isLink() {
			return (Boolean) get("isSymbolicLink");
		}

		boolean isSticky() {
			return ((Integer) get("mode") & STICKY) != 0;
		}

		@SuppressWarnings("unchecked")
		Set<PosixFilePermission> modes() {
			return (Set<PosixFilePermission>) get("permissions");
		}

		String permissions() {
			return PosixFilePermissions.toString(modes());
		}

	}

}
