package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.sessionkit.SessionRecord;

/**
 * Removes the entries of {@link SubjectFolders} that have lost their record, or ended,
 * and the folders in which nothing is left.
 */
final class SubjectSweep {

	/** A record is written right after its key was listed. */
	static final Duration TIME_TO_WRITE = Duration.ofMinutes(1);

	/** So many entries at most are removed while the shard is locked. */
	private static final int BATCH = 64;

	private final SessionDirectory directory;

	private final RecordFiles files;

	private final Duration timeout;

	private final InstantSource clock;

	SubjectSweep(SessionDirectory directory, RecordFiles files, Duration timeout, InstantSource clock) {
		this.directory = directory;
		this.files = files;
		this.timeout = timeout;
		this.clock = clock;
	}

	/** Looks at each entry of each folder of a shard once. */
	void sweep(int shard) throws IOException {
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(this.directory.shard(shard),
				SubjectFolders::isFolder)) {
			for (Path folder : folders) {
				if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
					sweep(shard, folder);
				}
			}
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
	}

	private void sweep(int shard, Path folder) throws IOException {
		boolean left = false;
		List<Path> found = new ArrayList<>();
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
			for (Path entry : entries) {
				if (isDue(entry)) {
					found.add(entry);
				}
				else {
					left = true;
				}
				if (found.size() == BATCH) {
					remove(shard, folder, found, false);
					found.clear();
				}
			}
		}
		catch (NoSuchFileException | NotDirectoryException ex) {
			return;
		}
		if (!left || !found.isEmpty()) {
			remove(shard, folder, found, !left);
		}
	}

	/** Whether an entry may have to go, by a look at the outside of the files alone. */
	private boolean isDue(Path entry) throws IOException {
		String name = entry.getFileName().toString();
		if (!RecordName.isRecord(name)) {
			return false;
		}
		try {
			BasicFileAttributes attributes = attributes(entry);
			Instant now = this.clock.instant();
			return !attributes.isDirectory() && now.isAfter(attributes.lastAccessTime().toInstant().plus(TIME_TO_WRITE))
					&& (now.isAfter(attributes.lastModifiedTime().toInstant().plus(Sweeper.GRACE))
							|| !hasRecord(RecordName.key(name)));
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	private boolean hasRecord(String key) throws IOException {
		try {
			attributes(this.directory.file(key));
			return true;
		}
		catch (NoSuchFileException ex) {
			this.directory.requireInPlace(RecordName.shard(key));
			return false;
		}
	}

	private static BasicFileAttributes attributes(Path file) throws IOException {
		return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Looks again under the lock, where nothing is listed: an entry that was renewed
	 * meanwhile has its minute again.
	 */
	private void remove(int shard, Path folder, List<Path> found, boolean last) throws IOException {
		this.directory.<Boolean>locked(shard, this.timeout, () -> {
			for (Path entry : found) {
				if (isDue(entry) && !isAlive(folder, RecordName.key(entry.getFileName().toString()))) {
					Files.deleteIfExists(entry);
				}
			}
			return last && removeIfEmpty(folder);
		});
	}

	/** An application that was restarted may let its sessions live longer than before. */
	private boolean isAlive(Path folder, String key) throws IOException {
		try {
			SessionRecord record = this.files.read(key, this.directory.file(key));
			return record != null && SubjectFolders.subject(folder).equals(record.subject())
					&& !this.clock.instant().isAfter(record.expires().plus(Sweeper.GRACE));
		}
		catch (NoSuchFileException ex) {
			this.directory.requireInPlace(RecordName.shard(key));
			return false;
		}
	}

	private static boolean removeIfEmpty(Path folder) throws IOException {
		try {
			return Files.deleteIfExists(folder);
		}
		catch (DirectoryNotEmptyException ex) {
			return false;
		}
	}

}
