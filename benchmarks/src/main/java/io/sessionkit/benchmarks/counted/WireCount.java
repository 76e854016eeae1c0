package io.sessionkit.benchmarks.counted;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.sessionkit.benchmarks.Results;
import io.sessionkit.benchmarks.load.LoadPath;
import io.sessionkit.benchmarks.load.LoadProcess;
import io.sessionkit.benchmarks.load.Variant;

/**
 * What one request of each kind says to the store: the median of {@value #REQUESTS}
 * requests, one after another, so that neither a pool that looks after its connections
 * nor a job that cleans up counts.
 */
final class WireCount {

	private static final int REQUESTS = 20;

	/** By then each statement is prepared on each connection that takes a turn. */
	private static final int WARMUP_REQUESTS = 300;

	private static final List<LoadPath> PATHS = List.of(LoadPath.NONE, LoadPath.READ, LoadPath.WRITE, LoadPath.LOGIN);

	private final Map<Variant, Map<LoadPath, Wire>> counted = new EnumMap<>(Variant.class);

	private final Results results;

	WireCount(Results results) {
		this.results = results;
	}

	void count(Variant variant, LoadProcess application, CountingProxy proxy) throws IOException, InterruptedException {
		Map<LoadPath, Wire> paths = new EnumMap<>(LoadPath.class);
		for (LoadPath path : PATHS) {
			for (int i = 0; i < WARMUP_REQUESTS; i++) {
				application.request(path);
			}
			List<Wire> requests = new ArrayList<>();
			for (int i = 0; i < REQUESTS; i++) {
				Wire before = proxy.total();
				application.request(path);
				requests.add(proxy.total().minus(before));
			}
			paths.put(path, Wire.median(requests));
		}
		for (LoadPath path : List.of(LoadPath.READ, LoadPath.WRITE, LoadPath.LOGIN)) {
			Wire wire = paths.getOrDefault(path, Wire.NOTHING);
			if (wire.roundTrips() == 0 || wire.commands() == 0) {
				throw new IllegalStateException(variant + " does not ask its store for " + path);
			}
		}
		this.counted.put(variant, paths);
		paths.forEach((path, wire) -> {
			String name = "counted." + variant + path.path().replace('/', '.');
			this.results.put(name + ".round-trips", (double) wire.roundTrips());
			this.results.put(name + ".commands", (double) wire.commands());
			this.results.put(name + ".bytes", (double) wire.bytes());
		});
	}

	void print() {
		StringBuilder table = new StringBuilder("| round trips / commands or statements / bytes |");
		PATHS.forEach((path) -> table.append(' ').append(path.path()).append(" |"));
		table.append("\n|---|").append("---:|".repeat(PATHS.size())).append('\n');
		this.counted.forEach((variant, paths) -> {
			table.append("| ").append(variant).append(" |");
			PATHS.forEach((path) -> table.append(' ').append(paths.get(path)).append(" |"));
			table.append('\n');
		});
		this.results.table("counted-wire", table.toString());
	}

}
