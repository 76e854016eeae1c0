package io.sessionkit.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;

/**
 * Threads that create, read and update sessions in a strategy, each as fast as it can but
 * for a pause after each call. Of ten calls one creates, six read and three update.
 */
final class SessionTraffic implements AutoCloseable {

	private static final int THREADS = 4;

	private static final Duration PAUSE = Duration.ofNanos(1000 * Long.getLong("pauseMicros", 1000));

	private final SessionIdStorageStrategy strategy;

	private final List<User> users = new ArrayList<>();

	private volatile boolean counting;

	private volatile boolean ended;

	SessionTraffic(SessionIdStorageStrategy strategy) {
		this.strategy = strategy;
		for (int i = 0; i < THREADS; i++) {
			User user = new User();
			this.users.add(user);
			user.start();
		}
	}

	/** From now on calls count. */
	void count() {
		this.counting = true;
	}

	/** Calls count no longer, and the threads end. */
	Calls end() {
		this.counting = false;
		close();
		long[] times = this.users.stream().flatMapToLong((user) -> Arrays.stream(user.times, 0, user.calls)).toArray();
		Arrays.sort(times);
		return new Calls(times, this.users.stream().mapToInt((user) -> user.failed).sum());
	}

	@Override
	public void close() {
		this.ended = true;
		for (User user : this.users) {
			try {
				user.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * What came of it.
	 *
	 * @param times of calls, sorted, in nanoseconds
	 * @param failed how many threw, or did not find what they had written
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Calls(long[] times, int failed) {

		double millis(double quantile) {
			return this.times[(int) Math.min(this.times.length - 1L, (long) (quantile * this.times.length))] / 1e6;
		}

	}

	private final class User extends Thread {

		private final SplittableRandom random = new SplittableRandom(ThreadLocalRandom.current().nextLong());

		private final List<String> keys = new ArrayList<>();

		private final List<Integer> versions = new ArrayList<>();

		private final byte[] body = new byte[SampleSession.BYTES];

		private long[] times = new long[1 << 16];

		private int calls;

		private int failed;

		@Override
		public void run() {
			while (!SessionTraffic.this.ended) {
				boolean counts = SessionTraffic.this.counting;
				long begin = System.nanoTime();
				boolean success = succeeds();
				if (counts) {
					add(System.nanoTime() - begin);
				}
				// Whenever it was: a request failed.
				this.failed += success ? 0 : 1;
				LockSupport.parkNanos(PAUSE.toNanos());
			}
		}

		private void add(long time) {
			if (this.calls == this.times.length) {
				this.times = Arrays.copyOf(this.times, 2 * this.calls);
			}
			this.times[this.calls++] = time;
		}

		private boolean succeeds() {
			int kind = this.random.nextInt(10);
			try {
				return (this.keys.isEmpty() || kind == 0) ? create() : other(kind);
			}
			catch (SessionStorageException ex) {
				System.err.println("A request failed: " + ex.getMessage());
				return false;
			}
		}

		private boolean create() {
			byte[] key = new byte[32];
			this.random.nextBytes(key);
			this.keys.add(Base64.getUrlEncoder().withoutPadding().encodeToString(key));
			this.versions.add(1);
			return SessionTraffic.this.strategy.createData(this.keys.get(this.keys.size() - 1), record(1));
		}

		private boolean other(int kind) {
			int any = this.random.nextInt(this.keys.size());
			if (kind <= 6) {
				return SessionTraffic.this.strategy.readData(this.keys.get(any)) != null;
			}
			this.versions.set(any, this.versions.get(any) + 1);
			return SessionTraffic.this.strategy.updateData(this.keys.get(any),
					record(this.versions.get(any))).isUpdated();
		}

		private SessionRecord record(int version) {
			long expires = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) + 3600;
			return new SessionRecord(version, Instant.ofEpochSecond(expires), this.body);
		}

	}

}
