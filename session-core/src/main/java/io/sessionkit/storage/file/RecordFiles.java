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
 * Reads and writes files of one record each, whole or not at all. The modification time
 * of a file is the expiry of its record, as a hint for the sweeper.
 */
final class RecordFiles {

	/** More than any record has; what is longer is none. */
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
	 * Reads a record, whether it has expired or not.
	 * @return {@code null} if what is there is no record; a link is not followed
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
			boolean replaced = bytes.length == room && room < LONGEST; // by a longer one
			return replaced ? read(key, file) : SessionRecordFormat.read(key, bytes);
		}
	}

	/**
	 * Puts a record in the place of whatever is there. To be called under the lock of the
	 * shard, from which the sweeper knows that a temporary file is nobody's any more.
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
			// What made the write fail counts; the sweeper will remove the file.
		}
	}

	/**
	 * @throws NoSuchFileException if there is no file
	 */
	void delete(Path file) throws IOException {
		Files.delete(file);
		syncDirectory(file);
	}

	/**
	 * Makes it last that a file is in its directory, or not. Where there are no POSIX
	 * permissions, there is no opening of directories either.
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
