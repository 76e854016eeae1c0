package io.sessionkit.benchmarks;

/**
 * What an operation costs.
 *
 * @param nanos the time of one
 * @param bytes what one allocates
 */
public record Measured(double nanos, double bytes) {

	/** Of what was not run; nothing comes of calculating with it. */
	static final Measured NOTHING = new Measured(Double.NaN, Double.NaN);

	Measured plus(Measured other) {
		return new Measured(this.nanos + other.nanos, this.bytes + other.bytes);
	}

	Measured minus(Measured other) {
		return new Measured(this.nanos - other.nanos, this.bytes - other.bytes);
	}

	boolean isNothing() {
		return Double.isNaN(this.nanos);
	}

}
