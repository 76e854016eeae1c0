package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import io.sessionkit.Deadline;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in the files of a directory: sessions outlive a restart, with nothing
 * else to run. Several processes of one machine may share the directory; what one of them
 * wrote the others read.
 *
 * <p>
 * A record is a file, named by its key and put in place by an atomic rename, so that
 * readers need no lock and see the old record or the new one, also after a crash of the
 * process. Writers hold the lock of one of 256 shards, against threads and against
 * processes. Expired files, and those that a crash left half written, are removed by a
 * daemon thread a few at a time until this is closed.
 *
 * <p>
 * The directory is made where it is missing, for the user of this process only. One that
 * is a symbolic link, belongs to somebody else or can be written by others is refused,
 * and so is one below a directory in which others can write, unless its sticky bit keeps
 * them from renaming what is not theirs. One that disappears later, or is replaced by
 * another, is a failure of the store, not a directory without sessions: it is not made a
 * second time.
 *
 * @see <a href=
 * "https://reactrouter.com/api/utils/createFileSessionStorage">createFileSessionStorage</a>,
 * which locks nothing and removes nothing
 */
public final class FileStorageStrategy implements SessionIdStorageStrategy, AutoCloseable {

	private final AtomicBoolean closed = new AtomicBoolean();

	private final Duration timeout;

	private final InstantSource clock;

	private final SessionDirectory directory;

	private final RecordFiles files;

	private final Sweeper sweeper;

	/**
	 * Keeps sessions in a directory, by the system clock, with a timeout of 500 ms and
	 * without fsync.
	 * @param directory the directory, which is made if it is missing
	 * @throws IllegalStateException if the directory is not safe, or cannot be used
	 */
	public FileStorageStrategy(Path directory) {
		this(directory, Deadline.DEFAULT_TIMEOUT, false, InstantSource.system());
	}

	/**
	 * Keeps sessions in a directory.
	 * @param directory the directory, which is made if it is missing
	 * @param timeout how long a write waits at most for others that write in the same
	 * shard; at least 1 ms
	 * @param fsync whether a write waits until it is on the disk. Without, a crash of the
	 * process loses nothing, but one of the whole machine loses what was written in the
	 * last seconds
	 * @param clock the clock for expiry
	 * @throws IllegalArgumentException if the timeout is shorter
	 * @throws IllegalStateException if the directory is not safe, or cannot be used; the
	 * message says why
	 */
	public FileStorageStrategy(Path directory, Duration timeout, boolean fsync, InstantSource clock) {
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException("The timeout is " + timeout + ", it must be at least one millisecond");
		}
		this.timeout = timeout;
		this.clock = Objects.requireNonNull(clock, "clock");
		this.directory = new SessionDirectory(directory, OwnerOnly.of(directory));
		this.files = new RecordFiles(this.directory.permissions(), fsync);
		this.sweeper = new Sweeper(this.directory, this.files, timeout, clock);
		this.sweeper.start();
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		return this.<Boolean>call("created", () -> locked(key, () -> {
			if (present(key) != null) {
				return false;
			}
			this.files.write(this.directory.file(key), record);
			return true;
		}));
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		try {
			SessionRecord record = present(key);
			this.directory.requireSame();
			return record;
		}
		catch (IOException ex) {
			throw Failures.of("read", this.directory.root(), ex);
		}
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return call("updated", () -> locked(key, () -> {
			SessionRecord present = present(key);
			if (present == null) {
				return UpdateOutcome.GONE;
			}
			if (present.version() != record.version() - 1) {
				return UpdateOutcome.conflict(present);
			}
			this.files.write(this.directory.file(key), record);
			return UpdateOutcome.UPDATED;
		}));
	}

	@Override
	public void deleteData(String key) {
		this.<Boolean>call("deleted", () -> locked(key, () -> {
			try {
				this.files.delete(this.directory.file(key));
				return true;
			}
			catch (NoSuchFileException ex) {
				this.directory.requireInPlace(RecordName.shard(key));
				return false;
			}
		}));
	}

	@Override
	public void onExpired(BiConsumer<String, SessionRecord> listener) {
		this.sweeper.onExpired(Objects.requireNonNull(listener, "listener"));
	}

	private @Nullable SessionRecord present(String key) throws IOException {
		try {
			SessionRecord record = this.files.read(key, this.directory.file(key));
			return (record != null && this.clock.instant().isBefore(record.expires())) ? record : null;
		}
		catch (NoSuchFileException ex) {
			this.directory.requireInPlace(RecordName.shard(key));
			return null;
		}
	}

	private <T> T locked(String key, ShardLocks.Step<T> step) throws IOException {
		return this.directory.locked(RecordName.shard(key), this.timeout, step);
	}

	private <T> T call(String verb, ShardLocks.Step<T> step) {
		try {
			return step.run();
		}
		catch (IOException ex) {
			throw Failures.of(verb, this.directory.root(), ex);
		}
	}

	/** Looks at every file once, as the daemon thread does in ten minutes. */
	void sweep() throws IOException {
		for (int shard = 0; shard < SessionDirectory.SHARDS; shard++) {
			this.sweeper.sweep(shard);
		}
	}

	/**
	 * Stops the sweeper and gives the lock file back. What is written later fails.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.sweeper.close();
			this.<Boolean>call("closed", () -> {
				this.directory.close();
				return true;
			});
		}
	}

}
