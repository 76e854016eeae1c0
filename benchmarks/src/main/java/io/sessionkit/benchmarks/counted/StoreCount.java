package io.sessionkit.benchmarks.counted;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.sessionkit.benchmarks.Results;
import io.sessionkit.benchmarks.load.LoadProcess;
import io.sessionkit.benchmarks.load.Stores;
import io.sessionkit.benchmarks.load.Variant;

/**
 * Runs every application that has a store of its own, one after another, with a
 * {@link CountingProxy} before the store. The system property {@code variants} says
 * which, separated by commas.
 */
final class StoreCount {

	/** Else it asks a connection that was idle for half a second whether it lives. */
	private static final String TRUSTING_POOL = "-Dcom.zaxxer.hikari.aliveBypassWindowMs=3600000";

	private StoreCount() {
	}

	static void report(Results results) throws IOException, InterruptedException, ExecutionException {
		WireCount wire = new WireCount(results);
		StoredCount stored = new StoredCount(results);
		try (Stores stores = Stores.start()) {
			for (Variant variant : variants()) {
				System.err.println("# " + variant);
				count(variant, stores, wire, stored);
			}
		}
		wire.print();
		stored.print();
	}

	private static List<Variant> variants() {
		String named = System.getProperty("variants", "");
		return named.isEmpty()
				? Stream.of(Variant.values()).filter((variant) -> variant.isRedis() || variant.isSql()).toList()
				: Stream.of(named.split(",", -1)).map(Variant::of).toList();
	}

	private static void count(Variant variant, Stores stores, WireCount wire, StoredCount stored)
			throws IOException, InterruptedException, ExecutionException {
		stored.prepare(variant, stores);
		try (CountingProxy proxy = CountingProxy.before(stores.port(variant),
				variant.isRedis() ? RedisMessages::new : PostgresMessages::new);
				LoadProcess application = LoadProcess.start(variant, stores.arguments(variant, proxy.port()),
						TRUSTING_POOL)) {
			stored.count(variant, application, stores);
			wire.count(variant, application, proxy);
		}
	}

}
