package io.sessionkit.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Requests that carry a session and never ask for it, to an application with the starter
 * and to the same one without it. The library is to leave at least 0.95 of the
 * throughput.
 *
 * <p>
 * Not by JMH, since two servers have to run at the same time. Two that are alike differ
 * by some percent too, by what the compiler happens to do, so that several pairs are
 * measured. The system properties {@code pairs} and {@code seconds} (for each server of a
 * pair) say how much.
 */
final class UntouchedRequest {

	private static final int PAIRS = Integer.getInteger("pairs", 9);

	private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("seconds", 5));

	private final List<ServerPair.Ratio> pairs = new ArrayList<>();

	private UntouchedRequest() {
	}

	/** Prints one sentence, and keeps what it says. */
	public static void main(String[] args) throws IOException {
		UntouchedRequest measured = new UntouchedRequest();
		measured.measure();
		Results results = Results.open();
		results.put("untouched.throughput", median(measured.sorted(ServerPair.Ratio::ofThroughput)));
		results.put("untouched.processor-time", median(measured.sorted(ServerPair.Ratio::ofProcessorTime)));
		results.table("untouched", measured + "\n");
	}

	private void measure() throws IOException {
		for (int i = 1; i <= PAIRS; i++) {
			try (ServerPair pair = ServerPair.start()) {
				pair.warmUp();
				ServerPair.Ratio ratio = pair.measure(TIME);
				this.pairs.add(ratio);
				System.out.printf(Locale.ROOT, "# Untouched request, pair %d of %d: %.3f (%.3f by processor time)%n", i,
						PAIRS, ratio.ofThroughput(), ratio.ofProcessorTime());
			}
		}
	}

	/** One sentence of Markdown. */
	@Override
	public String toString() {
		double[] ratios = sorted(ServerPair.Ratio::ofThroughput);
		return String.format(Locale.ROOT,
				"A request that never asks for its session has **%.3f** of the throughput without the starter (limit "
						+ "0.95), %.3f by processor time; medians of %d pairs of servers, which range from %.3f to "
						+ "%.3f, at %,.0f and %,.0f requests/s.",
				median(ratios), median(sorted(ServerPair.Ratio::ofProcessorTime)), ratios.length, ratios[0],
				ratios[ratios.length - 1], median(sorted((pair) -> pair.with().perSecond())),
				median(sorted((pair) -> pair.without().perSecond())));
	}

	private double[] sorted(ToDoubleFunction<ServerPair.Ratio> number) {
		return this.pairs.stream().mapToDouble(number).sorted().toArray();
	}

	private static double median(double[] sorted) {
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
