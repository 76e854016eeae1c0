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
 * A strategy that keeps records in the files of a directory. Sessions survive a restart,
 * and there is no server to run. Several processes on one machine may share the
 * directory. Each of them reads what the others have written.
 *
 * <p>
 * A record is a file that is named by its key. It is put in place by an atomic rename. A
 * reader needs no lock and sees either the old record or the new one, also after a crash
 * of the process. A writer holds the lock of one of 256 shards, which excludes other
 * threads and other processes. A background thread removes expired files, and files that
 * a crash left half written, a few at a time until this strategy is closed.
 *
 * <p>
 * A directory that does not exist is created, with access only for the user of this
 * process. A directory is refused if it is a symbolic link, belongs to another user, or
 * is writable for others. It is also refused if it is below a directory in which others
 * can write, unless the sticky bit of that directory keeps them from renaming files of
 * other users. If the directory disappears later or is replaced, this is a failure of the
 * store. It is not taken for an empty directory, and it is not created again.
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
	 * Creates a strategy with the system clock and a timeout of 500 ms, without
	 * {@code fsync}.
	 * @param directory the directory, which is created if it is missing
	 * @throws IllegalStateException if the directory is not safe or cannot be used; the
	 * message says why
	 */
	public FileStorageStrategy(Path directory) {
		this(directory, Deadline.DEFAULT_TIMEOUT, false, InstantSource.system());
	}

	/**
	 * Creates a strategy.
	 * @param directory the directory, which is created if it is missing
	 * @param timeout how long a write waits for other writers in the same shard; at least
	 * 1 ms
	 * @param fsync whether a write waits until the data is on the disk. Without it, a
	 * crash of the process loses nothing, but a crash of the machine loses what was
	 * written in the last seconds
	 * @param clock the clock for expiry
	 * @throws IllegalArgumentException if the timeout is shorter than 1 ms
	 * @throws IllegalStateException if the directory is not safe or cannot be used; the
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

	/** Examines every file once, as the background thread does within ten minutes. */
	void sweep() throws IOException {
		for (int shard = 0; shard < SessionDirectory.SHARDS; shard++) {
			this.sweeper.sweep(shard);
		}
	}

	/** Stops the background thread and releases the lock file. Later writes fail. */
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
