package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory with its {@value #SHARDS} shard folders and the lock file. All folders
 * are made at the start, so that a missing one is a failure (a volume that is not
 * mounted, a directory that was deleted) and never looks like sessions that do not exist.
 */
final class SessionDirectory {

	static final int SHARDS = 256;

	private static final String LOCK_FILE = "lock";

	private static final Logger logger = LoggerFactory.getLogger(FileStorageStrategy.class);

	private final Path[] shards = new Path[SHARDS];

	private final Path root;

	private final OwnerOnly permissions;

	private final ShardLocks locks;

	/**
	 * Opens the directory, which is made if it is missing.
	 * @throws IllegalStateException if it is not safe, or cannot be used
	 */
	SessionDirectory(Path directory, OwnerOnly permissions) {
		this.root = directory.toAbsolutePath().normalize();
		this.permissions = permissions;
		try {
			create(this.root);
			UserPrincipal user = user();
			require(this.root, user);
			for (int i = 0; i < SHARDS; i++) {
				this.shards[i] = this.root.resolve(HexFormat.of().toHexDigits((byte) i));
				requireOrCreate(this.shards[i], user);
			}
			this.locks = ShardLocks.open(this.root.resolve(LOCK_FILE), permissions.ofFile());
		}
		catch (IOException ex) {
			throw refused(this.root, "cannot be used: " + Failures.reason(ex)
					+ "; see that it is there and that this process may read and write in it", ex);
		}
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
			// Another process makes it at the same time; what it is gets checked anyway.
		}
	}

	/**
	 * Who we are, by whom a new file belongs to: the user's name may be anything in a
	 * container.
	 */
	private @Nullable UserPrincipal user() throws IOException {
		String objection = this.permissions.objection(this.root);
		if (objection != null) {
			throw refused(this.root, objection, null);
		}
		Path probe = this.root.resolve(".probe-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
		Files.createFile(probe, this.permissions.ofFile());
		try {
			if (!this.permissions.holdsFor(probe)) {
				logger.warn("The file system of {} keeps no POSIX permissions: see to it that nobody else can read or "
						+ "write the sessions in there", this.root);
			}
			return this.permissions.owner(probe);
		}
		finally {
			Files.delete(probe);
		}
	}

	private void requireOrCreate(Path directory, @Nullable UserPrincipal user) throws IOException {
		try {
			require(directory, user);
		}
		catch (NoSuchFileException ex) {
			create(directory);
			require(directory, user);
		}
	}

	private void require(Path directory, @Nullable UserPrincipal user) throws IOException {
		String objection = this.permissions.objection(directory);
		if (objection != null) {
			throw refused(directory, objection, null);
		}
		UserPrincipal owner = this.permissions.owner(directory);
		if (!Objects.equals(owner, user)) {
			throw refused(directory, "belongs to the user " + owner + ", and this process runs as " + user
					+ "; chown it, or name another one", null);
		}
	}

	private static IllegalStateException refused(Path directory, String objection, @Nullable IOException cause) {
		return new IllegalStateException("The session directory " + directory + " " + objection,
				(cause != null) ? Failures.withoutPath(cause) : null);
	}

	Path root() {
		return this.root;
	}

	Path shard(int shard) {
		return this.shards[shard];
	}

	/** The file of a key, there or not. */
	Path file(String key) {
		return shard(RecordName.shard(key)).resolve(RecordName.of(key));
	}

	OwnerOnly permissions() {
		return this.permissions;
	}

	/**
	 * Makes sure that what is missing in a shard is missing for no other reason.
	 * @throws io.sessionkit.SessionStorageException if the directory or the shard is not
	 * there any more
	 */
	void requireInPlace(int shard) {
		requireInPlace();
		if (!Files.isDirectory(shard(shard), LinkOption.NOFOLLOW_LINKS)) {
			throw Failures.vanished(this.root);
		}
	}

	private void requireInPlace() {
		if (!this.locks.isInPlace(this.root.resolve(LOCK_FILE))) {
			throw Failures.vanished(this.root);
		}
	}

	/**
	 * Does something while nobody else writes in the shard.
	 * @throws io.sessionkit.SessionStorageException if others hold the lock for longer
	 * than the timeout, or the directory is not there any more
	 */
	<T> T locked(int shard, Duration timeout, ShardLocks.Step<T> step) throws IOException {
		try {
			return this.locks.locked(shard, timeout, () -> {
				requireInPlace();
				return step.run();
			});
		}
		catch (NoSuchFileException ex) {
			requireInPlace(shard);
			throw ex;
		}
	}

	/** Gives the locks back; to be called once. */
	void close() throws IOException {
		this.locks.close();
	}

}
