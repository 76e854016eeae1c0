package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import io.sessionkit.SessionRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes expired records and files that a crash left half written. It visits one shard
 * after the other, evenly distributed over ten minutes. The first shard is random, so
 * that processes that share a directory do not work on the same shard.
 */
final class Sweeper {

	/**
	 * How long an expired file is kept. Readers check the expiry by themselves, so there
	 * is no hurry, and an instance whose clock is fast should not remove what is alive
	 * for others.
	 */
	static final Duration GRACE = Duration.ofMinutes(5);

	private static final Duration ROUND = Duration.ofMinutes(10);

	private static final Duration LONGEST_STOP = Duration.ofSeconds(1);

	/** How many files are removed at most while the shard is locked. */
	private static final int BATCH = 64;

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.storage.file.FileStorageStrategy");

	private final AtomicBoolean warned = new AtomicBoolean();

	private final SessionDirectory directory;

	private final RecordFiles files;

	private final Duration timeout;

	private final InstantSource clock;

	private final Thread thread = new Thread(this::run, "sessionkit-file-sweeper");

	/** Receives expired records; {@code null} for none. */
	private volatile @Nullable BiConsumer<String, SessionRecord> listener;

	Sweeper(SessionDirectory directory, RecordFiles files, Duration timeout, InstantSource clock) {
		this.directory = directory;
		this.files = files;
		this.timeout = timeout;
		this.clock = clock;
		this.thread.setDaemon(true);
	}

	void onExpired(BiConsumer<String, SessionRecord> listener) {
		this.listener = listener;
	}

	void start() {
		this.thread.start();
	}

	void close() {
		this.thread.interrupt();
		try {
			this.thread.join(LONGEST_STOP.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		int shard = ThreadLocalRandom.current().nextInt(SessionDirectory.SHARDS);
		try {
			while (true) {
				Thread.sleep(ROUND.toMillis() / SessionDirectory.SHARDS);
				attempt(shard);
				shard = (shard + 1) % SessionDirectory.SHARDS;
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The sweeper of {} stops", this.directory.root());
		}
	}

	private void attempt(int shard) {
		try {
			sweep(shard);
		}
		catch (IOException | RuntimeException ex) {
			String reason = (ex instanceof IOException failure) ? Failures.reason(failure)
					: String.valueOf(ex.getMessage());
			if (this.warned.compareAndSet(false, true)) {
				logger.warn("Expired sessions in {} could not be removed and will be tried again: {}. (Said once.)",
						this.directory.root(), reason);
			}
			else {
				logger.debug("Expired sessions in {} could not be removed: {}", this.directory.root(), reason);
			}
		}
	}

	/** Examines each file of a shard once. */
	void sweep(int shard) throws IOException {
		List<Path> found = new ArrayList<>();
		this.directory.requireInPlace(shard);
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(this.directory.shard(shard))) {
			for (Path file : stream) {
				if (isDue(file)) {
					found.add(file);
				}
				if (found.size() == BATCH) {
					remove(shard, found);
					found.clear();
				}
			}
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
		if (!found.isEmpty()) {
			remove(shard, found);
		}
	}

	private boolean isDue(Path file) throws IOException {
		String name = file.getFileName().toString();
		if (RecordName.isTemporary(name)) {
			return true;
		}
		if (!RecordName.isRecord(name)) {
			return false;
		}
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			return !attributes.isDirectory() && isPast(attributes.lastModifiedTime().toInstant());
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	private boolean isPast(Instant expires) {
		return this.clock.instant().isAfter(expires.plus(GRACE));
	}

	/**
	 * Examines the files again under the lock, when nobody writes: a temporary file is
	 * then left from a crash, and a record may have been renewed in the meantime. The
	 * listener is called after the lock is released.
	 */
	private void remove(int shard, List<Path> found) throws IOException {
		BiConsumer<String, SessionRecord> listener = this.listener;
		Map<String, SessionRecord> expired = new HashMap<>();
		try {
			this.directory.<Boolean>locked(shard, this.timeout, () -> {
				for (Path file : found) {
					SessionRecord record = removeIfDue(file);
					if (record != null && listener != null) {
						expired.put(RecordName.key(file.getFileName().toString()), record);
					}
				}
				return true;
			});
		}
		finally {
			if (listener != null) {
				expired.forEach(listener);
			}
		}
	}

	/**
	 * Removes a file if it is due. This includes a file that is not a record and has not
	 * been changed for that long.
	 * @return the record that was removed; {@code null} if there was none
	 */
	private @Nullable SessionRecord removeIfDue(Path file) throws IOException {
		String name = file.getFileName().toString();
		try {
			SessionRecord record = null;
			if (!RecordName.isTemporary(name)) {
				if (!isDue(file)) {
					return null;
				}
				record = this.files.read(RecordName.key(name), file);
				if (record != null && !isPast(record.expires())) {
					return null;
				}
			}
			Files.delete(file);
			return record;
		}
		catch (NoSuchFileException ex) {
			return null; // renamed or removed in the meantime
		}
	}

}
