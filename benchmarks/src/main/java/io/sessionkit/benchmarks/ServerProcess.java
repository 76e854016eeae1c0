package io.sessionkit.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * An {@link UntouchedServer} in a JVM of its own, whose compiler sees only one variant.
 */
final class ServerProcess implements AutoCloseable {

	private final Process process;

	private final PipeliningClient client;

	private ServerProcess(Process process, PipeliningClient client) {
		this.process = process;
		this.client = client;
	}

	/** Starts a server and connects to it. */
	static ServerProcess start(String cookieHeader, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms256m", "-Xmx256m",
						"-cp", System.getProperty("java.class.path"), UntouchedServer.class.getName()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		BufferedReader output = process.inputReader(US_ASCII);
		String port = output.readLine();
		if (port == null) {
			throw new IOException("The server did not start: " + command);
		}
		return new ServerProcess(process, new PipeliningClient(Integer.parseInt(port), cookieHeader));
	}

	/** Returns a whole response. */
	String get(String path) throws IOException {
		return this.client.get(path);
	}

	/** Keeps the server busy for a time. */
	Throughput measure(String path, Duration time) throws IOException {
		Duration cpuBegin = cpuTime();
		long begin = System.nanoTime();
		long requests = this.client.getFor(path, time);
		return new Throughput(requests, Duration.ofNanos(System.nanoTime() - begin), cpuTime().minus(cpuBegin));
	}

	private Duration cpuTime() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	@Override
	public void close() throws IOException {
		this.client.close();
		this.process.getOutputStream().close();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			this.process.destroy();
			Thread.currentThread().interrupt();
		}
	}

}
