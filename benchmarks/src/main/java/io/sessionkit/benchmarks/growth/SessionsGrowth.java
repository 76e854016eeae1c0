package io.sessionkit.benchmarks.growth;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.benchmarks.Measured;
import io.sessionkit.benchmarks.Results;
import io.sessionkit.benchmarks.SampleSession;

/**
 * Reads and writes any of the sessions of a storage, by {@link SessionStorage} as a
 * request does, then opens the storage again and lets it clean up.
 */
final class SessionsGrowth {

	private static final int WARM_UP_SESSIONS = 1_000;

	private static final int STARTS = 5;

	private final CallMeter meter = new CallMeter(Duration.ofMillis(500), Duration.ofSeconds(1));

	private final StringBuilder table = new StringBuilder("""
			| storage | sessions | read us | bytes | write us | bytes | start ms | clean-up us/session |
			|---|---:|---:|---:|---:|---:|---:|---:|
			""");

	private final Results results;

	private final Population population;

	private int writes;

	SessionsGrowth(Results results, Population population) {
		this.results = results;
		this.population = population;
	}

	/** So that the first number is not that of code that nobody has compiled yet. */
	<S extends SessionIdStorageStrategy> void warmUp(GrowingStore<S> store) throws IOException {
		S strategy = filled(store, WARM_UP_SESSIONS);
		read(strategy, WARM_UP_SESSIONS);
		write(strategy, WARM_UP_SESSIONS);
		store.clear(strategy);
	}

	<S extends SessionIdStorageStrategy> void measure(GrowingStore<S> store, int sessions) throws IOException {
		S strategy = filled(store, sessions);
		Measured read = read(strategy, sessions);
		Measured write = write(strategy, sessions);
		double start = start(store, sessions);
		OptionalDouble cleanUp = store.cleanUp(strategy, sessions);
		store.clear(strategy);

		String name = "growth." + store.name() + "." + sessions + ".";
		this.results.put(name + "read-micros", read.nanos() / 1e3);
		this.results.put(name + "read-bytes", read.bytes());
		this.results.put(name + "write-micros", write.nanos() / 1e3);
		this.results.put(name + "write-bytes", write.bytes());
		this.results.put(name + "start-millis", start);
		cleanUp.ifPresent((micros) -> this.results.put(name + "cleanup-micros", micros));
		String cleanUpCell = cleanUp.isPresent() ? String.format(Locale.ROOT, "%.2f", cleanUp.getAsDouble()) : "";
		this.table.append(String.format(Locale.ROOT, "| %s | %,d | %.2f | %,.0f | %.2f | %,.0f | %.2f | %s |%n",
				store.name(), sessions, read.nanos() / 1e3, read.bytes(), write.nanos() / 1e3, write.bytes(), start,
				cleanUpCell));
	}

	void print() {
		this.results.table("growth-sessions", this.table.toString());
	}

	private <S extends SessionIdStorageStrategy> S filled(GrowingStore<S> store, int sessions) throws IOException {
		S strategy = store.open(sessions);
		this.population.records(sessions, (records) -> store.fill(strategy, records));
		store.settle();
		if (store.count(strategy) != sessions) {
			throw new IllegalStateException(
					"There are " + store.count(strategy) + " sessions in " + store.name() + ", not " + sessions);
		}
		return strategy;
	}

	private Measured read(SessionIdStorageStrategy strategy, int sessions) {
		SessionStorage storage = Population.storage(strategy);
		return this.meter.measure(() -> this.population.anyCookie(sessions), (cookie) -> check(storage, cookie));
	}

	private static void check(SessionStorage storage, String cookie) {
		if (!SampleSession.USER_ID.equals(storage.getSession(cookie).get("userId", String.class))) {
			throw new IllegalStateException("A session that was put into the storage is not there");
		}
	}

	/** The value is another one each time, and as long as the one before. */
	private Measured write(SessionIdStorageStrategy strategy, int sessions) {
		SessionStorage storage = Population.storage(strategy);
		Measured measured = this.meter.measure(() -> new Write(this.population.anyCookie(sessions), nextTheme()),
				(write) -> {
					Session session = storage.getSession(write.cookie);
					session.set("theme", write.theme);
					storage.commitSession(session);
				});
		Write last = new Write(this.population.anyCookie(sessions), nextTheme());
		Session session = storage.getSession(last.cookie);
		session.set("theme", last.theme);
		storage.commitSession(session);
		check(storage, last.cookie);
		if (!last.theme.equals(storage.getSession(last.cookie).get("theme", String.class))) {
			throw new IllegalStateException("What was written is not what is read");
		}
		return measured;
	}

	private String nextTheme() {
		return Integer.toString(1_000 + this.writes++ % 9_000);
	}

	/** Milliseconds to a strategy that has answered once; the median of some. */
	private <S extends SessionIdStorageStrategy> double start(GrowingStore<S> store, int sessions) {
		double[] millis = new double[STARTS];
		for (int i = 0; i < STARTS; i++) {
			String cookie = this.population.anyCookie(sessions);
			long begin = System.nanoTime();
			S strategy = store.open(sessions);
			Population.storage(strategy).getSession(cookie).get("userId");
			millis[i] = (System.nanoTime() - begin) / 1e6;
			close(strategy);
		}
		return CallMeter.median(millis, STARTS);
	}

	private static void close(SessionIdStorageStrategy strategy) {
		if (strategy instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private record Write(String cookie, String theme) {
	}

}
