package io.sessionkit.storage.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * The directory of a peer. A folder in it belongs to this library and holds the locks,
 * the tombstones, and files that are not complete yet. A peer never reads files other
 * than those of sessions.
 */
final class SharedDirectory {

	/** More bytes than any record has. A longer file is not a record. */
	private static final int LONGEST = 1024 * 1024;

	/** How many old tombstones are removed at most when a new one is written. */
	private static final int SWEPT = 16;

	private final Path root;

	private final Path own;

	private final Path ended;

	private final OwnerOnly permissions;

	private final DirectoryIdentity identity;

	private final ShardLocks locks;

	/**
	 * Opens the directory, which is created if it is missing.
	 * @throws IllegalStateException if it is not safe or cannot be used
	 */
	SharedDirectory(Path directory, OwnerOnly permissions) {
		this.root = directory.toAbsolutePath().normalize();
		this.own = this.root.resolve(".sessionkit");
		this.ended = this.own.resolve("ended");
		this.permissions = permissions;
		try {
			OwnedFolders folders = OwnedFolders.under(this.root, permissions);
			this.identity = DirectoryIdentity.of(this.root);
			folders.requireOrCreate(this.own);
			folders.requireOrCreate(this.ended);
			this.locks = ShardLocks.open(lockFile(), permissions.ofFile());
		}
		catch (IOException ex) {
			throw OwnedFolders.refused(this.root, "cannot be used: " + Failures.reason(ex) + "; " + Failures.advice(ex),
					ex);
		}
	}

	Path root() {
		return this.root;
	}

	private Path lockFile() {
		return this.own.resolve("lock");
	}

	/**
	 * Makes sure that what was found is in the original directory, and not in one that
	 * replaced it.
	 */
	void requireSame() {
		this.identity.requireSame();
	}

	private void requireInPlace() {
		requireSame();
		if (!this.locks.isInPlace(lockFile())) {
			throw Failures.vanished(this.root);
		}
	}

	/**
	 * Runs a step while no other strategy of this library writes the session with this
	 * hash.
	 */
	<T> T locked(String hash, Duration timeout, ShardLocks.Step<T> step) throws IOException {
		return this.locks.locked(Integer.parseInt(hash.substring(0, 2), 16), timeout, () -> {
			requireInPlace();
			return step.run();
		});
	}

	/**
	 * The content of a file and its modification time.
	 *
	 * @param content the bytes
	 * @param written when the file was last written
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Content(byte[] content, Instant written) {
	}

	/**
	 * Reads a file. A symbolic link is not followed.
	 * @return {@code null} if there is no file
	 */
	@Nullable Content read(Path file) throws IOException {
		try {
			if (!Files.isDirectory(folder(file), LinkOption.NOFOLLOW_LINKS)) {
				requireInPlace();
				return null;
			}
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			if (!attributes.isRegularFile()) {
				return new Content(new byte[0], Instant.EPOCH);
			}
			try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
				return new Content(bytes.readNBytes(LONGEST), attributes.lastModifiedTime().toInstant());
			}
		}
		catch (NoSuchFileException ex) {
			requireInPlace();
			return null;
		}
	}

	private static Path folder(Path file) {
		return Objects.requireNonNull(file.getParent());
	}

	/**
	 * Writes a file by an atomic rename, so that a reader sees either the old or the new
	 * one.
	 */
	void write(Path file, byte[] content, Instant written) throws IOException {
		try {
			Files.createDirectory(folder(file), this.permissions.ofDirectory());
		}
		catch (FileAlreadyExistsException ex) {
			// As in nearly all cases.
		}
		Path temporary = this.own.resolve(Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
		try {
			Files.createFile(temporary, this.permissions.ofFile());
			Files.write(temporary, content);
			Files.getFileAttributeView(temporary, BasicFileAttributeView.class)
				.setTimes(FileTime.from(written), null, null);
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	void delete(Path file) throws IOException {
		Files.deleteIfExists(file);
	}

	/**
	 * Records that a session was ended, until a time that becomes the modification time
	 * of the file.
	 */
	void bury(String hash, byte[] content, Instant until, Instant now) throws IOException {
		write(this.ended.resolve(hash), content, until);
		int swept = 0;
		try (DirectoryStream<Path> tombstones = Files.newDirectoryStream(this.ended)) {
			for (Path tombstone : tombstones) {
				if (swept < SWEPT && endOf(tombstone, now) == null) {
					delete(tombstone);
					swept++;
				}
			}
		}
	}

	/** Returns the content of a tombstone; empty if there is none any more. */
	byte[] noteOf(String hash) throws IOException {
		Content found = read(this.ended.resolve(hash));
		return (found != null) ? found.content() : new byte[0];
	}

	/** Returns until when a session counts as ended; {@code null} if it does not. */
	@Nullable Instant endOf(String hash, Instant now) throws IOException {
		return endOf(this.ended.resolve(hash), now);
	}

	private static @Nullable Instant endOf(Path tombstone, Instant now) throws IOException {
		try {
			Instant until = Files.getLastModifiedTime(tombstone, LinkOption.NOFOLLOW_LINKS).toInstant();
			return now.isBefore(until) ? until : null;
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	void unbury(String hash) throws IOException {
		delete(this.ended.resolve(hash));
	}

	/** Releases the locks. Must be called once. */
	void close() throws IOException {
		this.locks.close();
	}

}
