package io.sessionkit.benchmarks.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

import io.sessionkit.benchmarks.Results;

/**
 * What the rounds have measured: medians, and the medians of the ratios within each
 * round.
 */
final class LoadResults {

	private final Map<LoadPath, Map<Variant, List<Measured>>> rounds = new EnumMap<>(LoadPath.class);

	private final Results results = Results.open();

	/** Adds the next round, and keeps what is known by now. */
	void add(LoadPath path, Variant variant, Measured measured) {
		this.rounds.computeIfAbsent(path, (same) -> new EnumMap<>(Variant.class))
			.computeIfAbsent(variant, (same) -> new ArrayList<>())
			.add(measured);
		put(path, variant, "rps", Measured::perSecond);
		put(path, variant, "cpu", Measured::cpu);
		if (measured.storeCpu() > 0) {
			put(path, variant, "store-cpu", Measured::storeCpu);
		}
		put(path, variant, "allocated", Measured::allocated);
	}

	private void put(LoadPath path, Variant variant, String name, ToDoubleFunction<Measured> number) {
		String full = "load" + path.path().replace('/', '.') + "." + variant + "." + name;
		this.results.put(full, median(of(path, variant), number));
		ratio(path, variant, variant.floor(path), number)
			.ifPresent((ratio) -> this.results.put(full + "-to-floor", ratio));
		ratio(path, variant, variant.peer(), number).ifPresent((ratio) -> this.results.put(full + "-to-peer", ratio));
	}

	/** A table for each path. */
	void print() {
		this.rounds.forEach((path, variants) -> {
			StringBuilder table = new StringBuilder("| " + path.method() + " " + path.path()
					+ " | requests/s | CPU us | of the store | allocated bytes | to floor: requests/s | CPU | allocated | to peer: requests/s | CPU |\n"
					+ "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
			variants.keySet().forEach((variant) -> table.append(row(path, variant)));
			this.results.table("load-" + path.path().substring(1), table.toString());
		});
	}

	private String row(LoadPath path, Variant variant) {
		List<Measured> all = of(path, variant);
		Variant floor = variant.floor(path);
		Variant peer = variant.peer();
		return String.format(Locale.ROOT, "| %s | %,.0f | %.1f | %.1f | %,.0f | %s | %s | %s | %s | %s |%n", variant,
				median(all, Measured::perSecond), median(all, Measured::cpu), median(all, Measured::storeCpu),
				median(all, Measured::allocated), cell(ratio(path, variant, floor, Measured::perSecond)),
				cell(ratio(path, variant, floor, Measured::cpu)),
				cell(ratio(path, variant, floor, Measured::allocated)),
				cell(ratio(path, variant, peer, Measured::perSecond)), cell(ratio(path, variant, peer, Measured::cpu)));
	}

	private static String cell(OptionalDouble ratio) {
		return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "";
	}

	private List<Measured> of(LoadPath path, Variant variant) {
		return this.rounds.getOrDefault(path, Map.of()).getOrDefault(variant, List.of());
	}

	/** Empty where there is nothing to compare with. */
	private OptionalDouble ratio(LoadPath path, Variant variant, Variant other, ToDoubleFunction<Measured> number) {
		List<Measured> ours = of(path, variant);
		List<Measured> theirs = of(path, other);
		if (other == variant || theirs.size() < ours.size()) {
			return OptionalDouble.empty();
		}
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < ours.size(); i++) {
			ratios.add(number.applyAsDouble(ours.get(i)) / number.applyAsDouble(theirs.get(i)));
		}
		return OptionalDouble.of(median(ratios));
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
	record Measured(double perSecond, double cpu, double storeCpu, double allocated) {

	}

}
