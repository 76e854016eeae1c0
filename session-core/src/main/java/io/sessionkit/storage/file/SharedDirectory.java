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
 * The directory of a peer, and in it a folder of our own for locks, tombstones and files
 * that are not complete yet. The peer never looks for other files than those of sessions.
 */
final class SharedDirectory {

	/** More than any record has; what is longer is none. */
	private static final int LONGEST = 1024 * 1024;

	/** So many old tombstones at most go with a new one. */
	private static final int SWEPT = 16;

	private final Path root;

	private final Path own;

	private final Path ended;

	private final OwnerOnly permissions;

	private final DirectoryIdentity identity;

	private final ShardLocks locks;

	/**
	 * Opens the directory, which is made if it is missing.
	 * @throws IllegalStateException if it is not safe, or cannot be used
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
	 * Makes sure that what was found was found in our directory, and not in one that
	 * somebody put in its place.
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
	 * Does something while none of us writes the session with this hash.
	 */
	<T> T locked(String hash, Duration timeout, ShardLocks.Step<T> step) throws IOException {
		return this.locks.locked(Integer.parseInt(hash.substring(0, 2), 16), timeout, () -> {
			requireInPlace();
			return step.run();
		});
	}

	/**
	 * A file and when it was written.
	 *
	 * @param content its bytes
	 * @param written when it was written last
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Content(byte[] content, Instant written) {
	}

	/**
	 * Reads a file, and follows no link to it.
	 * @return {@code null} if there is none
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

	/** Puts a file in place at once, so that a reader sees the old one or the new one. */
	void write(Path file, byte[] content, Instant written) throws IOException {
		try {
			Files.createDirectory(folder(file), this.permissions.ofDirectory());
		}
		catch (FileAlreadyExistsException ex) {
			// As nearly always.
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

	/** Notes the end of a session until a moment, which is the time of the file. */
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

	/** What was noted with the end of a session; empty if there is nothing any more. */
	byte[] noteOf(String hash) throws IOException {
		Content found = read(this.ended.resolve(hash));
		return (found != null) ? found.content() : new byte[0];
	}

	/** Until when a session counts as ended; {@code null} if it does not. */
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

	/** Gives the locks back; to be called once. */
	void close() throws IOException {
		this.locks.close();
	}

}
