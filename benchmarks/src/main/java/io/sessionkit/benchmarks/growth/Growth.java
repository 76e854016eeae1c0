package io.sessionkit.benchmarks.growth;

import java.io.IOException;

import io.sessionkit.benchmarks.Results;
import io.sessionkit.benchmarks.WorkingDirectory;

/**
 * Whether a request stays as cheap when there are a million sessions as when there is
 * one, and what a hundred keys in a session cost beside one. One thread, so that the
 * number is the cost of a call and not of waiting for others. The directory for files is
 * made where the first argument says, or else in the working directory, and removed.
 */
public final class Growth {

	private static final int[] SESSIONS = { 1, 1_000, 10_000, 100_000, 1_000_000 };

	private static final int MOST = Integer.getInteger("sessions", 1_000_000);

	private Growth() {
	}

	/** Prints two tables in Markdown, and keeps the numbers. */
	public static void main(String[] arguments) throws IOException {
		Results results = Results.open();
		new KeysGrowth(results).run();
		Population population = new Population(MOST);
		SessionsGrowth sessions = new SessionsGrowth(results, population);
		try (MemoryStore memory = new MemoryStore()) {
			run(sessions, memory);
		}
		try (WorkingDirectory directory = WorkingDirectory.in(arguments);
				FileStore files = new FileStore(directory.path())) {
			run(sessions, files);
		}
		try (RedisStore redis = new RedisStore()) {
			run(sessions, redis);
		}
		try (PostgresStore postgres = new PostgresStore()) {
			run(sessions, postgres);
		}
		sessions.print();
	}

	private static void run(SessionsGrowth growth, GrowingStore<?> store) throws IOException {
		growth.warmUp(store);
		for (int sessions : SESSIONS) {
			if (sessions <= Math.min(MOST, store.most())) {
				System.err.printf("# %s: %d%n", store.name(), sessions);
				growth.measure(store, sessions);
			}
		}
	}

}
