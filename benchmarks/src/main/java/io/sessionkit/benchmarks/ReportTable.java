package io.sessionkit.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * A table in Markdown of operations, each beside its floor: the least that the same work
 * can cost.
 */
final class ReportTable {

	private static final String ALLOCATED = "gc.alloc.rate.norm";

	private final Map<String, Measured> byName = new HashMap<>();

	private final StringBuilder text = new StringBuilder("""
			| operation | ns/op | bytes/op | floor | ns/op | bytes/op | ratio of time |
			|---|---:|---:|---|---:|---:|---:|
			""");

	ReportTable(Collection<RunResult> results) {
		for (RunResult result : results) {
			Result<?> time = result.getPrimaryResult();
			Result<?> bytes = Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED));
			this.byName.put(time.getLabel(), new Measured(median(time), median(bytes)));
		}
	}

	/** Not the mean: one iteration that another program disturbed must not count. */
	private static double median(Result<?> result) {
		return result.getStatistics().getPercentile(50);
	}

	/** What the benchmark method of this name has measured. */
	Measured of(String benchmark) {
		Measured measured = this.byName.get(benchmark);
		if (measured == null) {
			throw new IllegalArgumentException("No benchmark " + benchmark + " was run");
		}
		return measured;
	}

	/** Adds a piece that is only there to be compared with. */
	void row(String operation, String benchmark) {
		append("| %s | %s | | | | |%n", operation, cells(of(benchmark)));
	}

	/** Adds a benchmark, with another one as its floor. */
	void row(String operation, String benchmark, String floor) {
		row(operation, of(benchmark), floor, of(floor));
	}

	/** Adds an operation and its floor. */
	void row(String operation, Measured measured, String floorName, Measured floor) {
		append("| %s | %s | %s | %s | %.2f |%n", operation, cells(measured), floorName, cells(floor),
				measured.nanos() / floor.nanos());
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
