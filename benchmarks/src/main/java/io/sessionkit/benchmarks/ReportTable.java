package io.sessionkit.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * A table in Markdown of operations, each beside its floor: the least that the same work
 * can cost. A row stands for as many lines as there are sizes of the session; lines whose
 * benchmarks were not run are left out. Every number goes into the results as well.
 */
final class ReportTable {

	private static final String ALLOCATED = "gc.alloc.rate.norm";

	/** Of a benchmark that has no session. */
	private static final int NO_SIZE = 0;

	private final Map<String, Measured> byName = new HashMap<>();

	private final Set<Integer> sizes = new TreeSet<>();

	private final StringBuilder text = new StringBuilder("""
			| operation | JSON | ns/op | bytes/op | floor | ns/op | bytes/op | ratio of time | ratio of bytes |
			|---|---:|---:|---:|---|---:|---:|---:|---:|
			""");

	private final Results results;

	private final String prefix;

	/** The names of its numbers in the results begin with the prefix. */
	ReportTable(Collection<RunResult> runs, Results results, String prefix) {
		this.results = results;
		this.prefix = prefix;
		for (RunResult run : runs) {
			Result<?> time = run.getPrimaryResult();
			Result<?> bytes = Objects.requireNonNull(run.getSecondaryResults().get(ALLOCATED));
			int size = size(run.getParams());
			this.sizes.add(size);
			this.byName.put(time.getLabel() + size, new Measured(median(time), median(bytes)));
		}
	}

	private static int size(BenchmarkParams params) {
		return params.getParamsKeys().contains("bytes") ? Integer.parseInt(params.getParam("bytes")) : NO_SIZE;
	}

	/** Not the mean: one iteration that another program disturbed must not count. */
	private static double median(Result<?> result) {
		return result.getStatistics().getPercentile(50);
	}

	/** What the benchmark method of this name has measured. */
	Measured of(String benchmark, int size) {
		return this.byName.getOrDefault(benchmark + size, Measured.NOTHING);
	}

	/** Adds a piece that is only there to be compared with. */
	void row(String name, String operation, String benchmark) {
		for (int size : this.sizes) {
			Measured measured = of(benchmark, size);
			if (!measured.isNothing()) {
				append("| %s | | | | | |%n", keep(name, operation, size, measured));
			}
		}
	}

	/** Adds a benchmark, with another one as its floor. */
	void row(String name, String operation, String benchmark, String floor) {
		row(name, operation, (size) -> of(benchmark, size), floor, (size) -> of(floor, size));
	}

	/** Adds what an operation and its floor cost at a size. */
	void row(String name, String operation, IntFunction<Measured> measured, String floorName,
			IntFunction<Measured> floor) {
		for (int size : this.sizes) {
			Measured operationCost = measured.apply(size);
			Measured floorCost = floor.apply(size);
			if (!operationCost.isNothing() && !floorCost.isNothing()) {
				double ofTime = operationCost.nanos() / floorCost.nanos();
				double ofBytes = operationCost.bytes() / floorCost.bytes();
				append("| %s | %s | %s | %.2f | %.2f |%n", keep(name, operation, size, operationCost), floorName,
						cells(floorCost), ofTime, ofBytes);
				put(name, size, "to-floor", ofTime);
				put(name, size, "bytes-to-floor", ofBytes);
			}
		}
	}

	/** The first cells of a line. */
	private String keep(String name, String operation, int size, Measured measured) {
		put(name, size, "nanos", measured.nanos());
		put(name, size, "bytes", measured.bytes());
		return String.format(Locale.ROOT, "%s | %s | %s", operation,
				(size != NO_SIZE) ? String.format(Locale.ROOT, "%,d", size) : "", cells(measured));
	}

	private void put(String name, int size, String number, double value) {
		this.results.put(this.prefix + "." + name + ((size != NO_SIZE) ? "." + size : "") + "." + number, value);
	}

	private static String cells(Measured measured) {
		return String.format(Locale.ROOT, "%,.0f | %,.0f", measured.nanos(), measured.bytes());
	}

	private void append(String format, Object... arguments) {
		this.text.append(String.format(Locale.ROOT, format, arguments));
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
