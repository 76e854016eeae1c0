package io.sessionkit.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Puts every variant under load, in turns and in several rounds, and prints medians, and
 * ratios taken within a round. Needs Linux and {@code wrk}. Options are system
 * properties: {@code variants} and {@code paths}, separated by commas, {@code rounds} and
 * {@code seconds}.
 */
final class Load {

	private static final int ROUNDS = Integer.getInteger("rounds", 3);

	private static final int SECONDS = Integer.getInteger("seconds", 4);

	private static final int WARMUP_SECONDS = Integer.getInteger("warmup", 6);

	private final Map<LoadPath, Map<Variant, List<Measured>>> results = new EnumMap<>(LoadPath.class);

	private Load() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		List<Variant> variants = Stream.of(System.getProperty("variants", String.join(",", all())).split(","))
			.map(Variant::of)
			.toList();
		List<LoadPath> paths = Stream.of(System.getProperty("paths", "none,read,write,login").split(","))
			.map((path) -> LoadPath.valueOf(path.toUpperCase(Locale.ROOT)))
			.toList();
		Load load = new Load();
		try (Stores stores = Stores.start()) {
			for (int round = 1; round <= ROUNDS; round++) {
				for (Variant variant : variants) {
					System.err.printf("# Round %d of %d: %s%n", round, ROUNDS, variant);
					load.measure(variant, paths, stores);
				}
			}
		}
		paths.forEach((path) -> System.out.println(load.table(path)));
	}

	private static List<String> all() {
		return Stream.of(Variant.values()).map(Variant::toString).toList();
	}

	private void measure(Variant variant, List<LoadPath> paths, Stores stores)
			throws IOException, InterruptedException {
		try (LoadProcess application = LoadProcess.start(variant, stores)) {
			for (LoadPath path : paths) {
				if (!variant.hasSession() && path != LoadPath.NONE) {
					continue;
				}
				Wrk.run(application, path, WARMUP_SECONDS);
				long store = stores.processorTime(variant);
				long allocated = application.allocatedBytes();
				long cpu = ProcessorTime.of(application.pid());
				Wrk.Load load = Wrk.run(application, path, SECONDS);
				double requests = load.requests();
				this.results.computeIfAbsent(path, (same) -> new EnumMap<>(Variant.class))
					.computeIfAbsent(variant, (same) -> new ArrayList<>())
					.add(new Measured(load.perSecond(), (ProcessorTime.of(application.pid()) - cpu) / requests,
							(stores.processorTime(variant) - store) / requests,
							(application.allocatedBytes() - allocated) / requests));
			}
		}
	}

	private String table(LoadPath path) {
		StringBuilder table = new StringBuilder("| " + path.method() + " " + path.path()
				+ " | requests/s | CPU us | of the store | allocated bytes | CPU to floor | throughput to peer |\n"
				+ "|---|---:|---:|---:|---:|---:|---:|\n");
		this.results.getOrDefault(path, Map.of())
			.forEach((variant, rounds) -> table
				.append(String.format(Locale.ROOT, "| %s | %,.0f | %.1f | %.1f | %,.0f | %s | %s |%n", variant,
						median(rounds, Measured::perSecond), median(rounds, Measured::cpu),
						median(rounds, Measured::storeCpu), median(rounds, Measured::allocated), ratio(path, variant,
								(path == LoadPath.NONE) ? Variant.FLOOR_NONE : variant.floor(), Measured::cpu),
						ratio(path, variant, variant.peer(), Measured::perSecond))));
		return table.toString();
	}

	/**
	 * The median of the ratios of each round; empty where there is nothing to compare.
	 */
	private String ratio(LoadPath path, Variant variant, Variant other, ToDoubleFunction<Measured> number) {
		List<Measured> ours = this.results.getOrDefault(path, Map.of()).getOrDefault(variant, List.of());
		List<Measured> theirs = this.results.getOrDefault(path, Map.of()).getOrDefault(other, List.of());
		if (other == variant || theirs.size() != ours.size()) {
			return "";
		}
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < ours.size(); i++) {
			ratios.add(number.applyAsDouble(ours.get(i)) / number.applyAsDouble(theirs.get(i)));
		}
		return String.format(Locale.ROOT, "%.2f", median(ratios));
	}

	private static double median(List<Measured> rounds, ToDoubleFunction<Measured> number) {
		return median(rounds.stream().map(number::applyAsDouble).toList());
	}

	private static double median(List<Double> numbers) {
		List<Double> sorted = numbers.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	/**
	 * One variant, path and round.
	 *
	 * @param perSecond requests
	 * @param cpu microseconds of the application for a request
	 * @param storeCpu of the store
	 * @param allocated bytes
	 */
	private record Measured(double perSecond, double cpu, double storeCpu, double allocated) {

	}

}
