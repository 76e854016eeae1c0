package io.sessionkit.benchmarks;

import java.io.IOException;
import java.time.Duration;

/**
 * The same application with the starter and without it, measured in turns too short for
 * anything else that the machine does to meet only one of them.
 */
final class ServerPair implements AutoCloseable {

	private static final Duration TURN = Duration.ofMillis(250);

	/** By then everything is compiled; a number, since a busy machine compiles slowly. */
	private static final int WARMUP_REQUESTS = 250_000;

	private static final String PATH = "/none";

	private final ServerProcess with;

	private final ServerProcess without;

	private ServerPair(ServerProcess with, ServerProcess without) {
		this.with = with;
		this.without = without;
	}

	/** Starts both, and proves that they do what is to be measured. */
	static ServerPair start() throws IOException {
		String cookieHeader = SampleSession.cookieHeader(SampleSession.storage());
		ServerProcess with = ServerProcess.start(cookieHeader);
		ServerProcess without = ServerProcess.start(cookieHeader, UntouchedServer.WITHOUT_STARTER);
		if (!with.get("/user").endsWith(SampleSession.USER_ID)) {
			throw new IllegalStateException("The requests carry no session that counts");
		}
		if (with.get(PATH).length() != without.get(PATH).length()) {
			throw new IllegalStateException("The starter adds to responses of requests that do not ask for a session");
		}
		return new ServerPair(with, without);
	}

	void warmUp() throws IOException {
		long requests = 0;
		while (requests < WARMUP_REQUESTS) {
			Ratio ratio = measure(TURN);
			requests += Math.min(ratio.with().requests(), ratio.without().requests());
		}
	}

	/** Keeps each of them busy for a time. */
	Ratio measure(Duration each) throws IOException {
		Throughput ofWith = Throughput.NONE;
		Throughput ofWithout = Throughput.NONE;
		while (ofWith.elapsed().compareTo(each) < 0) {
			ofWith = ofWith.plus(this.with.measure(PATH, TURN));
			ofWithout = ofWithout.plus(this.without.measure(PATH, TURN.multipliedBy(2)));
			ofWith = ofWith.plus(this.with.measure(PATH, TURN));
		}
		return new Ratio(ofWith, ofWithout);
	}

	@Override
	public void close() throws IOException {
		this.with.close();
		this.without.close();
	}

	/**
	 * Both in the same time.
	 *
	 * @param with the starter
	 * @param without the starter
	 */
	record Ratio(Throughput with, Throughput without) {

		double ofThroughput() {
			return this.with.perSecond() / this.without.perSecond();
		}

		double ofProcessorTime() {
			return this.with.perCpuSecond() / this.without.perCpuSecond();
		}

	}

}
