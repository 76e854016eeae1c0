package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

import io.sessionkit.SessionRecord;
import io.sessionkit.SharedStorageStrategy;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.cookie.CookieFormat;
import org.jspecify.annotations.Nullable;

/**
 * A strategy that keeps records in the files of React Router's
 * {@code createFileSessionStorage} or Remix's {@code createFsSessionStorage}. A
 * JavaScript application, the <em>peer</em>, shares the sessions if it runs on this
 * machine as the same user.
 *
 * <p>
 * Among the applications that use this class, in several processes too, no write is lost,
 * and a session that one of them has ended stays ended. The peer uses no locks and knows
 * no tombstones, which are the records of ended sessions. They are kept in a folder
 * {@code .sessionkit} of the directory.
 *
 * <p>
 * An id in the format of React Router has 8 random bytes, because React Router accepts no
 * others. A file of Remix contains no expiry, so it is valid for the idle timeout after
 * it was last written. Files of expired sessions that nobody asks for are never removed,
 * as it is with the peers.
 *
 * @see <a href=
 * "https://reactrouter.com/api/utils/createFileSessionStorage">createFileSessionStorage</a>
 */
public final class SharedFileStorageStrategy implements SharedStorageStrategy, AutoCloseable {

	private static final int ID_BYTES = 8;

	private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

	private static final int ATTEMPTS = 5;

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

	private static final SecureRandom RANDOM = new SecureRandom();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final CookieFormat format;

	private final SharedLayout layout;

	private final Duration timeout;

	private final Duration idleTimeout;

	private final InstantSource clock;

	private final SharedDirectory directory;

	/**
	 * Creates a strategy.
	 * @param directory the directory of the peer, which is created if it is missing
	 * @param format the format of the files
	 * @param timeout how long a write waits for other writers; at least 1 ms
	 * @param idleTimeout how long a file of Remix is valid after it was last written
	 * @param clock the clock for expiry
	 * @throws IllegalArgumentException if the format is {@link CookieFormat#DEFAULT}, or
	 * the timeout is shorter than 1 ms
	 * @throws IllegalStateException if the directory is not safe or cannot be used; the
	 * message says why
	 */
	public SharedFileStorageStrategy(Path directory, CookieFormat format, Duration timeout, Duration idleTimeout,
			InstantSource clock) {
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException("The timeout is " + timeout + ", it must be at least one millisecond");
		}
		this.format = format;
		this.layout = SharedLayout.of(format);
		this.timeout = timeout;
		this.idleTimeout = Objects.requireNonNull(idleTimeout, "idleTimeout");
		this.clock = Objects.requireNonNull(clock, "clock");
		this.directory = new SharedDirectory(directory, OwnerOnly.of(directory));
	}

	@Override
	public CookieFormat format() {
		return this.format;
	}

	@Override
	public String newId() {
		if (this.format != CookieFormat.REACT_ROUTER) {
			return SharedStorageStrategy.super.newId();
		}
		byte[] id = new byte[ID_BYTES];
		RANDOM.nextBytes(id);
		return HexFormat.of().formatHex(id);
	}

	@Override
	public boolean isId(String id) {
		return (this.format == CookieFormat.REACT_ROUTER) ? ID.matcher(id).matches()
				: SharedStorageStrategy.isRandomId(id);
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		return this.<Boolean>locked("created", key, (hash) -> {
			if (endOf(hash) != null || present(key) != null) {
				return false;
			}
			write(key, record);
			return true;
		});
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		String hash = SharedLayout.hash(key);
		try {
			Instant end = endOf(hash);
			SessionRecord record = (end == null) ? present(key) : null;
			// The session may have been ended between the two reads.
			end = (end == null && record == null) ? endOf(hash) : end;
			byte[] note = (end != null) ? this.directory.noteOf(hash) : new byte[0];
			this.directory.requireSame();
			return (end != null) ? new SessionRecord(1, end, note) : record;
		}
		catch (IOException ex) {
			throw Failures.of("read", this.directory.root(), ex);
		}
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return locked("updated", key, (hash) -> {
			if (endOf(hash) != null) {
				return UpdateOutcome.CONFLICT;
			}
			SessionRecord present = present(key);
			if (present == null) {
				return UpdateOutcome.GONE;
			}
			if (present.version() != record.version() - 1) {
				return UpdateOutcome.conflict(present);
			}
			if (record.isTombstone()) {
				this.directory.bury(hash, record.body(), record.expires(), this.clock.instant());
				this.directory.delete(file(key));
			}
			else {
				write(key, record);
			}
			return UpdateOutcome.UPDATED;
		});
	}

	@Override
	public void deleteData(String key) {
		this.<Boolean>locked("deleted", key, (hash) -> {
			this.directory.delete(file(key));
			this.directory.unbury(hash);
			return true;
		});
	}

	private void write(String key, SessionRecord record) throws IOException {
		this.directory.write(file(key), this.layout.content(record), this.clock.instant());
	}

	private Path file(String key) {
		return this.layout.file(this.directory.root(), key);
	}

	private @Nullable Instant endOf(String hash) throws IOException {
		return this.directory.endOf(hash, this.clock.instant());
	}

	/**
	 * Reads a file again if a peer has written only a part of it. If it stays incomplete,
	 * it is not a session.
	 */
	private @Nullable SessionRecord present(String key) throws IOException {
		for (int attempt = 1;; attempt++) {
			SharedDirectory.Content found = this.directory.read(file(key));
			if (found == null) {
				return null;
			}
			if (this.layout.isWhole(found.content())) {
				SessionRecord record = this.layout.record(found.content(), found.written(), this.idleTimeout);
				return (record == null || this.clock.instant().isBefore(record.expires())) ? orUnreadable(record)
						: null;
			}
			if (attempt == ATTEMPTS) {
				return orUnreadable(null);
			}
			LockSupport.parkNanos(PAUSE);
		}
	}

	/**
	 * Replaces a missing record with one whose body is not JSON, so that it counts as
	 * unreadable.
	 */
	private static SessionRecord orUnreadable(@Nullable SessionRecord record) {
		return (record != null && !record.isTombstone()) ? record : new SessionRecord(1, NEVER, new byte[1]);
	}

	/**
	 * A step that runs under the lock of a session.
	 *
	 * @param <T> the type of the result
	 */
	private interface Step<T> {

		T run(String hash) throws IOException;

	}

	private <T> T locked(String verb, String key, Step<T> step) {
		String hash = SharedLayout.hash(key);
		try {
			return this.directory.locked(hash, this.timeout, () -> step.run(hash));
		}
		catch (IOException ex) {
			throw Failures.of(verb, this.directory.root(), ex);
		}
	}

	/** Releases the lock file. Later writes fail. */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			try {
				this.directory.close();
			}
			catch (IOException ex) {
				throw Failures.of("closed", this.directory.root(), ex);
			}
		}
	}

}
