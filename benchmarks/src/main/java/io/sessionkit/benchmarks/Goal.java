package io.sessionkit.benchmarks;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A number that the library is to reach.
 *
 * @param what in words
 * @param number its name among the {@link Results}
 * @param least whether more is better
 * @param limit the least or the most that will do
 */
record Goal(String what, String number, boolean least, double limit) {

	static Goal atMost(double limit, String number, String what) {
		return new Goal(what, number, false, limit);
	}

	static Goal atLeast(double limit, String number, String what) {
		return new Goal(what, number, true, limit);
	}

	/** A row in Markdown. */
	String row(Results results) {
		OptionalDouble reached = results.get(this.number);
		return "| " + this.what + " | " + (this.least ? "at least " : "at most ") + text(this.limit) + " | "
				+ (reached.isPresent() ? text(reached.getAsDouble()) + " | " + verdict(reached.getAsDouble())
						: "not measured | ")
				+ " |\n";
	}

	private String verdict(double reached) {
		if (this.least ? reached >= this.limit : reached <= this.limit) {
			return "yes";
		}
		double miss = Math.abs(reached - this.limit);
		return (this.limit != 0) ? String.format(Locale.ROOT, "**missed by %.0f %%**", 100 * miss / this.limit)
				: "**missed by " + text(miss) + "**";
	}

	private static String text(double number) {
		return (number == Math.rint(number) || number >= 100) ? String.format(Locale.ROOT, "%,.0f", number)
				: String.format(Locale.ROOT, "%.2f", number);
	}

}
