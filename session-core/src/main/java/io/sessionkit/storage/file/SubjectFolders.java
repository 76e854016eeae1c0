package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

import io.sessionkit.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * The storage keys of each subject: a folder beside the records of the shard of the
 * subject's name, with an empty file per key. What an entry says is a hint, the record
 * decides. Its modification time is the moment at which the record ends at the latest,
 * and its access time, which nobody changes by reading since there is nothing to read,
 * that of its addition. Entries are added and removed under the lock of the shard.
 */
final class SubjectFolders {

	private static final String SUFFIX = ".subject";

	private final SessionDirectory directory;

	private final RecordFiles files;

	private final Duration timeout;

	SubjectFolders(SessionDirectory directory, RecordFiles files, Duration timeout) {
		this.directory = directory;
		this.files = files;
		this.timeout = timeout;
	}

	/**
	 * How a live record is read.
	 */
	@FunctionalInterface
	interface Reader {

		@Nullable SessionRecord read(String key) throws IOException;

	}

	static boolean isFolder(Path path) {
		String name = path.getFileName().toString();
		return name.endsWith(SUFFIX) && RecordName.isRecord(withoutSuffix(name));
	}

	/** The subject that has this folder. */
	static String subject(Path folder) {
		return RecordName.key(withoutSuffix(folder.getFileName().toString()));
	}

	private static String withoutSuffix(String name) {
		return name.substring(0, name.length() - SUFFIX.length());
	}

	private Path folder(String subject) {
		return this.directory.shard(RecordName.shard(subject)).resolve(RecordName.of(subject) + SUFFIX);
	}

	/** Lists a key, or renews its entry. */
	void add(String subject, String key, Instant now, Instant until) throws IOException {
		Path folder = folder(subject);
		Path entry = folder.resolve(RecordName.of(key));
		this.directory.<Boolean>locked(RecordName.shard(subject), this.timeout, () -> {
			make(folder);
			make(entry, now, until);
			this.files.syncDirectory(folder);
			this.files.syncDirectory(entry);
			return true;
		});
	}

	private void make(Path folder) throws IOException {
		try {
			Files.createDirectory(folder, this.directory.permissions().ofDirectory());
		}
		catch (FileAlreadyExistsException ex) {
			requireSafe(folder);
		}
	}

	/**
	 * A crash in between leaves an entry that seems to have ended; it stays while its
	 * record lives.
	 */
	private void make(Path entry, Instant now, Instant until) throws IOException {
		if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
			Files.deleteIfExists(entry);
			Files.createFile(entry, this.directory.permissions().ofFile());
		}
		Files.getFileAttributeView(entry, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
			.setTimes(FileTime.from(until), FileTime.from(now), null);
	}

	/** Another failure than to find nothing, which would be to end nothing. */
	private void requireSafe(Path folder) throws IOException {
		if (this.directory.permissions().objection(folder) != null) {
			throw new FileSystemException(null, null,
					"the folder of a subject (*" + SUFFIX + ") is a link, no directory, or can be written by others");
		}
	}

	/**
	 * Reads records of a subject, without a lock: what is listed before stays listed.
	 */
	Map<String, SessionRecord> find(String subject, int limit, Reader reader) throws IOException {
		Map<String, SessionRecord> found = new HashMap<>();
		Path folder = folder(subject);
		try {
			requireSafe(folder);
			try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder,
					(entry) -> RecordName.isRecord(entry.getFileName().toString()))) {
				Iterator<Path> each = entries.iterator();
				while (found.size() < limit && each.hasNext()) {
					String key = RecordName.key(each.next().getFileName().toString());
					SessionRecord record = reader.read(key);
					if (record != null && subject.equals(record.subject())) {
						found.put(key, record);
					}
				}
			}
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
		catch (NoSuchFileException ex) {
			// Nobody's, if the shard is still there.
		}
		this.directory.requireInPlace(RecordName.shard(subject));
		return found;
	}

}
