package io.sessionkit.benchmarks;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;

import io.sessionkit.SessionRecord;
import io.sessionkit.storage.memory.MemoryStorageStrategy;

/**
 * What a million sessions cost in memory: bytes of heap for each, and the longest call
 * while they come, and while all of them, expired at the same moment, are cleaned up by
 * the writes of others. The limit for the latter is 5 ms.
 *
 * <p>
 * Not by JMH, since what matters is the one slowest call. It is said three times: by the
 * clock, by the clock without the calls in which garbage was collected, and by the time
 * that the processor spent on it, which a busy neighbour does not change. Run it with a
 * heap of 8 GB or more.
 */
final class MillionSessions {

	private static final int SESSIONS = Integer.getInteger("sessions", 1_000_000);

	private static final int KEY_BYTES = 32;

	private static final Duration LIFE = Duration.ofMinutes(30);

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final SplittableRandom random = new SplittableRandom(42);

	private final int bodySize;

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private MillionSessions(int bodySize) {
		this.bodySize = bodySize;
	}

	/** Prints the result. */
	public static void main(String[] args) {
		new MillionSessions(100).measure(SESSIONS / 10); // warms up
		System.out.println("| body | heap per session | longest call of | by the clock | without GC | by processor | "
				+ "median | in all, GC |");
		System.out.println("|---|---|---|---|---|---|---|---|");
		for (int bodySize : new int[] { SampleSession.BYTES, 2048 }) {
			System.out.print(new MillionSessions(bodySize).measure(SESSIONS));
		}
	}

	private String measure(int sessions) {
		InstantSource clock = () -> this.now;
		long before = UsedHeap.bytes();
		MemoryStorageStrategy strategy = new MemoryStorageStrategy(sessions, clock);
		Calls filling = new Calls(sessions);
		for (int i = 0; i < sessions; i++) {
			String key = key();
			SessionRecord record = record();
			filling.measure(() -> strategy.createData(key, record));
		}
		long perSession = (UsedHeap.bytes() - before) / sessions;
		this.now = this.now.plus(LIFE.multipliedBy(2));
		Calls cleaning = new Calls(sessions);
		while (strategy.size() > cleaning.count()) {
			String key = key();
			SessionRecord record = record();
			cleaning.measure(() -> strategy.createData(key, record));
		}
		return row(perSession, "filling", filling) + row(perSession, "cleaning up", cleaning);
	}

	private String row(long perSession, String what, Calls calls) {
		return String.format(Locale.ROOT,
				"| %d B | %d B | %d writes, %s | %.2f ms | %.2f ms | %.2f ms | %.2f µs | %s |%n", this.bodySize,
				perSession, calls.count(), what, calls.longest / 1e6, calls.longestWithoutGc / 1e6,
				calls.longestOfProcessor / 1e6, calls.median() / 1e3, calls.inAll());
	}

	private String key() {
		byte[] key = new byte[KEY_BYTES];
		this.random.nextBytes(key);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
	}

	/** Sessions that began within half an hour; all their own objects. */
	private SessionRecord record() {
		Instant expires = this.now.plusSeconds(this.random.nextLong(LIFE.toSeconds(), 2 * LIFE.toSeconds()));
		return new SessionRecord(1, expires, new byte[this.bodySize]);
	}

	/** How long calls take. */
	private static final class Calls {

		private final long[] times;

		private final long gcBefore = gcMillis();

		private int count;

		private long gcCount = gcCount();

		private long longest;

		private long longestWithoutGc;

		private long longestOfProcessor;

		Calls(int most) {
			this.times = new long[most];
		}

		void measure(Runnable call) {
			long processor = THREADS.getCurrentThreadCpuTime();
			long begin = System.nanoTime();
			call.run();
			long time = System.nanoTime() - begin;
			this.longestOfProcessor = Math.max(this.longestOfProcessor, THREADS.getCurrentThreadCpuTime() - processor);
			this.times[this.count++] = time;
			this.longest = Math.max(this.longest, time);
			if (time > this.longestWithoutGc) {
				long collections = gcCount();
				this.longestWithoutGc = (collections == this.gcCount) ? time : this.longestWithoutGc;
				this.gcCount = collections;
			}
		}

		int count() {
			return this.count;
		}

		long median() {
			return Arrays.stream(this.times, 0, this.count).sorted().skip(this.count / 2).findFirst().orElse(0);
		}

		String inAll() {
			return gcMillis() - this.gcBefore + " ms";
		}

		private static long gcCount() {
			return ManagementFactory.getGarbageCollectorMXBeans()
				.stream()
				.mapToLong(GarbageCollectorMXBean::getCollectionCount)
				.sum();
		}

		private static long gcMillis() {
			return ManagementFactory.getGarbageCollectorMXBeans()
				.stream()
				.mapToLong(GarbageCollectorMXBean::getCollectionTime)
				.sum();
		}

	}

}
