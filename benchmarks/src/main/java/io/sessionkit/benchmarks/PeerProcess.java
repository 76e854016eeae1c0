package io.sessionkit.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

/**
 * One session library that writes sessions into cookies, in a process of its own whose
 * compiler sees nothing else. It is told how long to work, and answers what it did.
 */
final class PeerProcess implements AutoCloseable {

	private final ChildProcess process;

	private PeerProcess(ChildProcess process) {
		this.process = process;
	}

	static PeerProcess start(List<String> command) throws IOException {
		return new PeerProcess(ChildProcess.of(command));
	}

	/** Lets it work for a time. */
	Turn run(Duration time) throws IOException {
		this.process.writeLine(Long.toString(time.toMillis()));
		return JsonMapper.shared().readValue(this.process.readLine(), Turn.class);
	}

	@Override
	public void close() throws IOException {
		this.process.close();
	}

	/**
	 * What it did.
	 *
	 * @param name of the library
	 * @param operations how often it loaded, changed and committed the session
	 * @param elapsedMicros in what time
	 * @param cpuMicros in what processor time of the whole process, so that neither a
	 * collector of garbage nor a pool of threads for cryptography is left out
	 * @param cookieBytes of the name and the value, before anything was counted
	 * @param jsonBytes of what is in that cookie
	 */
	record Turn(String name, long operations, double elapsedMicros, double cpuMicros, int cookieBytes, int jsonBytes) {

		double elapsedMicrosEach() {
			return this.elapsedMicros / this.operations;
		}

		double cpuMicrosEach() {
			return this.cpuMicros / this.operations;
		}

		double cookieRatio() {
			return (double) this.cookieBytes / this.jsonBytes;
		}

	}

}
