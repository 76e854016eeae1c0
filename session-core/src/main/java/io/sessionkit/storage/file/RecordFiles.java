package io.sessionkit.storage.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Set;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionRecordFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes files with one record each, entirely or not at all. The modification
 * time of a file is the expiry of its record, as a hint for the {@link Sweeper}.
 */
final class RecordFiles {

	/** More bytes than any record has. A longer file is not a record. */
	private static final int LONGEST = 1024 * 1024;

	private static final Set<OpenOption> NEW_FILE = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
			LinkOption.NOFOLLOW_LINKS);

	private final OwnerOnly permissions;

	private final boolean fsync;

	RecordFiles(OwnerOnly permissions, boolean fsync) {
		this.permissions = permissions;
		this.fsync = fsync;
	}

	/**
	 * Reads a record, expired or not.
	 * @return {@code null} if the file is not a record; a symbolic link is not followed
	 * @throws NoSuchFileException if there is no file
	 */
	@Nullable SessionRecord read(String key, Path file) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
				LinkOption.NOFOLLOW_LINKS);
		if (!attributes.isRegularFile()) {
			return SessionRecordFormat.read(key, new byte[0]);
		}
		int room = (int) Math.min(attributes.size() + 1, LONGEST);
		try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
			byte[] bytes = stream.readNBytes(room);
			boolean replaced = bytes.length == room && room < LONGEST; // by a longer file
			return replaced ? read(key, file) : SessionRecordFormat.read(key, bytes);
		}
	}

	/**
	 * Writes a record, which replaces the file if there is one. The caller must hold the
	 * lock of the shard: while nobody holds it, the sweeper takes a temporary file for an
	 * abandoned one.
	 */
	void write(Path file, SessionRecord record) throws IOException {
		Path temporary = file.resolveSibling(RecordName.temporary(file.getFileName().toString()));
		try {
			try (FileChannel channel = FileChannel.open(temporary, NEW_FILE, this.permissions.ofFile())) {
				ByteBuffer bytes = ByteBuffer.wrap(SessionRecordFormat.write(record));
				while (bytes.hasRemaining()) {
					channel.write(bytes);
				}
				Files.getFileAttributeView(temporary, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
					.setTimes(FileTime.from(record.expires()), null, null);
				if (this.fsync) {
					channel.force(true);
				}
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException | RuntimeException ex) {
			remove(temporary);
			throw ex;
		}
		syncDirectory(file);
	}

	private static void remove(Path temporary) {
		try {
			Files.deleteIfExists(temporary);
		}
		catch (IOException ex) {
			// The failure of the write is what matters. The sweeper will remove the file.
		}
	}

	/**
	 * Deletes a file.
	 * @throws NoSuchFileException if there is no file
	 */
	void delete(Path file) throws IOException {
		Files.delete(file);
		syncDirectory(file);
	}

	/**
	 * Makes sure that a created or deleted file stays so after a crash. A file system
	 * without POSIX permissions cannot open directories either.
	 */
	private void syncDirectory(Path file) throws IOException {
		if (this.fsync && this.permissions.isPosix()) {
			try (FileChannel directory = FileChannel.open(Objects.requireNonNull(file.getParent()),
					StandardOpenOption.READ)) {
				directory.force(true);
			}
		}
	}

}
