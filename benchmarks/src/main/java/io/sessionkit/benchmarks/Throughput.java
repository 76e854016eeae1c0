package io.sessionkit.benchmarks;

import java.time.Duration;

/**
 * What a server answered.
 *
 * @param requests how many
 * @param elapsed in what time
 * @param cpu in what processor time of the server, which is the steadier measure where
 * other programs run too
 */
record Throughput(long requests, Duration elapsed, Duration cpu) {

	static final Throughput NONE = new Throughput(0, Duration.ZERO, Duration.ZERO);

	Throughput plus(Throughput other) {
		return new Throughput(this.requests + other.requests, this.elapsed.plus(other.elapsed),
				this.cpu.plus(other.cpu));
	}

	double perSecond() {
		return this.requests / (this.elapsed.toNanos() / 1e9);
	}

	double perCpuSecond() {
		return this.requests / (this.cpu.toNanos() / 1e9);
	}

}
