package io.sessionkit.benchmarks.load;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts every variant under load, in turns and in several rounds, and prints medians, and
 * ratios taken within a round. Those of one store run side by side, so that all are warm
 * and each round compares what follows one after the other. Needs Linux and {@code wrk}.
 * Options are system properties: {@code variants} and {@code paths}, separated by commas,
 * {@code rounds}, {@code seconds} and {@code warmup}, the seconds of each path in a pass
 * of the warm-up.
 */
final class Load {

	private static final int ROUNDS = Integer.getInteger("rounds", 3);

	private static final int SECONDS = Integer.getInteger("seconds", 3);

	private static final int WARMUP_SECONDS = Integer.getInteger("warmup", 5);

	private static final int MOST_PASSES = 8;

	private static final double STILL_FASTER = 1.1;

	private final LoadResults results = new LoadResults();

	private final List<LoadPath> paths;

	private final Stores stores;

	private Load(List<LoadPath> paths, Stores stores) {
		this.paths = paths;
		this.stores = stores;
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		List<LoadPath> paths = chosen("paths", LoadPath.values()).map((path) -> path.toUpperCase(Locale.ROOT))
			.map(LoadPath::valueOf)
			.sorted()
			.toList();
		List<Variant> variants = chosen("variants", Variant.values()).map(Variant::of).sorted().toList();
		try (Stores stores = Stores.start()) {
			Load load = new Load(paths, stores);
			for (String store : variants.stream().map(Variant::store).distinct().toList()) {
				load.measure(variants.stream().filter((variant) -> variant.store().equals(store)).toList());
			}
			load.results.print();
		}
	}

	private static Stream<String> chosen(String property, Object[] all) {
		return Stream.of(System.getProperty(property, String.join(",", Stream.of(all).map(Object::toString).toList()))
			.split(",", -1));
	}

	private void measure(List<Variant> variants) throws IOException, InterruptedException {
		Deque<LoadProcess> applications = new ArrayDeque<>();
		try {
			for (Variant variant : variants) {
				applications.add(LoadProcess.start(variant, this.stores));
			}
			for (LoadProcess application : applications) {
				warmUp(application);
			}
			for (int round = 1; round <= ROUNDS; round++) {
				for (LoadPath path : this.paths) {
					say("round " + round + " of " + ROUNDS + ": " + path.path());
					for (LoadProcess application : applications) {
						if (paths(application).contains(path)) {
							this.results.add(path, application.variant(), measure(application, path));
						}
					}
				}
			}
		}
		finally {
			while (!applications.isEmpty()) {
				applications.remove().close();
			}
		}
	}

	/**
	 * Until no path gets faster, which takes a slow machine longer than a fast one, and
	 * more code longer than less. With fewer connections at first, so that the compilers
	 * get their share of the processors.
	 */
	private void warmUp(LoadProcess application) throws IOException, InterruptedException {
		List<LoadPath> all = paths(application);
		Wrk.run(application, all.get((all.size() > 1) ? 1 : 0), 3 * WARMUP_SECONDS, Wrk.FEW_CONNECTIONS);
		Map<LoadPath, Double> best = new EnumMap<>(LoadPath.class);
		boolean faster = true;
		for (int pass = 1; faster && pass <= MOST_PASSES; pass++) {
			say("warm-up of %s, pass %d".formatted(application.variant(), pass));
			faster = false;
			for (LoadPath path : all) {
				double rate = Wrk
					.run(application, path, WARMUP_SECONDS * this.paths.size() / all.size(), Wrk.CONNECTIONS)
					.perSecond();
				double before = best.getOrDefault(path, 0.0);
				faster |= rate > before * STILL_FASTER;
				best.put(path, Math.max(rate, before));
			}
		}
	}

	private List<LoadPath> paths(LoadProcess application) {
		return application.variant().hasSession() ? this.paths
				: this.paths.stream().filter((path) -> path == LoadPath.NONE).toList();
	}

	private LoadResults.Measured measure(LoadProcess application, LoadPath path)
			throws IOException, InterruptedException {
		Variant variant = application.variant();
		long store = this.stores.processorTime(variant);
		long allocated = application.allocatedBytes();
		long cpu = ProcessorTime.of(application.pid());
		Wrk.Load load = Wrk.run(application, path, SECONDS, Wrk.CONNECTIONS);
		double requests = load.requests();
		return new LoadResults.Measured(load.perSecond(), (ProcessorTime.of(application.pid()) - cpu) / requests,
				(this.stores.processorTime(variant) - store) / requests,
				(application.allocatedBytes() - allocated) / requests);
	}

	private static void say(String what) {
		System.err.println("# " + what);
	}

}
