package io.sessionkit.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

/**
 * One session library that writes sessions into cookies, in a process of its own whose
 * compiler sees nothing else. It is told how long to work, and answers what it did.
 */
final class PeerProcess implements AutoCloseable {

	private final List<String> command;

	private final Process process;

	private final BufferedReader output;

	private final Writer input;

	private PeerProcess(List<String> command, Process process) {
		this.command = command;
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
		this.input = process.outputWriter(StandardCharsets.UTF_8);
	}

	static PeerProcess start(List<String> command) throws IOException {
		return new PeerProcess(command,
				new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/** Lets it work for a time. */
	Turn run(Duration time) throws IOException {
		this.input.write(time.toMillis() + "\n");
		this.input.flush();
		String answer = this.output.readLine();
		if (answer == null) {
			throw new IOException("It ended, and said why on the standard error: " + this.command);
		}
		return JsonMapper.shared().readValue(answer, Turn.class);
	}

	@Override
	public void close() throws IOException {
		this.input.close();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			this.process.destroy();
			Thread.currentThread().interrupt();
		}
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
