package io.sessionkit.benchmarks.counted;

import java.io.IOException;
import java.util.concurrent.ExecutionException;

import io.sessionkit.benchmarks.Results;
import io.sessionkit.benchmarks.load.LoadProcess;
import io.sessionkit.benchmarks.load.Stores;
import io.sessionkit.benchmarks.load.Variant;

/**
 * Runs every application that has a store of its own, one after another, with a
 * {@link CountingProxy} before the store.
 */
final class StoreCount {

	private StoreCount() {
	}

	static void report(Results results) throws IOException, InterruptedException, ExecutionException {
		WireCount wire = new WireCount();
		StoredCount stored = new StoredCount();
		try (Stores stores = Stores.start()) {
			for (Variant variant : Variant.values()) {
				if (variant.isRedis() || variant.isSql()) {
					System.err.println("# " + variant);
					count(variant, stores, wire, stored);
				}
			}
		}
		wire.report(results);
		stored.report(results);
	}

	private static void count(Variant variant, Stores stores, WireCount wire, StoredCount stored)
			throws IOException, InterruptedException, ExecutionException {
		stored.prepare(variant, stores);
		try (CountingProxy proxy = CountingProxy.before(stores.port(variant),
				variant.isRedis() ? RedisMessages::new : PostgresMessages::new);
				LoadProcess application = LoadProcess.start(variant, stores.arguments(variant, proxy.port()))) {
			stored.count(variant, application, stores);
			wire.count(variant, application, proxy);
		}
	}

}
