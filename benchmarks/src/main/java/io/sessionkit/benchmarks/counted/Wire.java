package io.sessionkit.benchmarks.counted;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What has passed between an application and its store.
 *
 * @param roundTrips how often the application has waited for an answer
 * @param commands or statements
 * @param bytes in both directions, without those of TCP
 */
record Wire(long roundTrips, long commands, long bytes) {

	static final Wire NOTHING = new Wire(0, 0, 0);

	Wire plus(Wire other) {
		return new Wire(this.roundTrips + other.roundTrips, this.commands + other.commands, this.bytes + other.bytes);
	}

	Wire minus(Wire other) {
		return new Wire(this.roundTrips - other.roundTrips, this.commands - other.commands, this.bytes - other.bytes);
	}

	/** Of each number, so that what happens now and then does not count. */
	static Wire median(List<Wire> all) {
		return new Wire(median(all, Wire::roundTrips), median(all, Wire::commands), median(all, Wire::bytes));
	}

	private static long median(List<Wire> all, ToLongFunction<Wire> number) {
		return all.stream().mapToLong(number).sorted().skip(all.size() / 2).findFirst().orElseThrow();
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%d / %d / %,d", this.roundTrips, this.commands, this.bytes);
	}

}
