package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The directory with its {@value #SHARDS} shard folders and the lock file. All folders
 * are created at startup. A missing folder is therefore a failure, for example an
 * unmounted volume or a deleted directory, and is never taken for missing sessions.
 */
final class SessionDirectory {

	static final int SHARDS = 256;

	private static final String LOCK_FILE = "lock";

	private final Path[] shards = new Path[SHARDS];

	private final Path root;

	private final OwnerOnly permissions;

	private final DirectoryIdentity identity;

	private final ShardLocks locks;

	/**
	 * Opens the directory, which is created if it is missing.
	 * @throws IllegalStateException if it is not safe or cannot be used
	 */
	SessionDirectory(Path directory, OwnerOnly permissions) {
		this.root = directory.toAbsolutePath().normalize();
		this.permissions = permissions;
		try {
			OwnedFolders folders = OwnedFolders.under(this.root, permissions);
			this.identity = DirectoryIdentity.of(this.root);
			for (int i = 0; i < SHARDS; i++) {
				this.shards[i] = this.root.resolve(HexFormat.of().toHexDigits((byte) i));
				folders.requireOrCreate(this.shards[i]);
			}
			this.locks = ShardLocks.open(this.root.resolve(LOCK_FILE), permissions.ofFile());
		}
		catch (IOException ex) {
			throw OwnedFolders.refused(this.root, "cannot be used: " + Failures.reason(ex) + "; " + Failures.advice(ex),
					ex);
		}
	}

	Path root() {
		return this.root;
	}

	Path shard(int shard) {
		return this.shards[shard];
	}

	/** Returns the file of a key, whether it exists or not. */
	Path file(String key) {
		return shard(RecordName.shard(key)).resolve(RecordName.of(key));
	}

	OwnerOnly permissions() {
		return this.permissions;
	}

	/**
	 * Makes sure that what was found is in the original directory, and not in one that
	 * replaced it.
	 * @throws io.sessionkit.SessionStorageException if the directory has disappeared
	 */
	void requireSame() {
		this.identity.requireSame();
	}

	/**
	 * Makes sure that a file is not missing because its folder has disappeared.
	 * @throws io.sessionkit.SessionStorageException if the directory or the shard has
	 * disappeared
	 */
	void requireInPlace(int shard) {
		requireInPlace();
		if (!Files.isDirectory(shard(shard), LinkOption.NOFOLLOW_LINKS)) {
			throw Failures.vanished(this.root);
		}
	}

	private void requireInPlace() {
		requireSame();
		if (!this.locks.isInPlace(this.root.resolve(LOCK_FILE))) {
			throw Failures.vanished(this.root);
		}
	}

	/**
	 * Runs a step while nobody else writes in the shard.
	 * @throws io.sessionkit.SessionStorageException if others hold the lock for longer
	 * than the timeout, or the directory has disappeared
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

	/** Releases the locks. Must be called once. */
	void close() throws IOException {
		this.locks.close();
	}

}
