package io.sessionkit.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * An {@link UntouchedServer} in a JVM of its own, whose compiler sees only one variant.
 */
final class ServerProcess implements AutoCloseable {

	private final ChildProcess process;

	private final PipeliningClient client;

	private ServerProcess(ChildProcess process, PipeliningClient client) {
		this.process = process;
		this.client = client;
	}

	/** Starts a server and connects to it. */
	static ServerProcess start(String cookieHeader, String... arguments) throws IOException {
		ChildProcess process = ChildProcess.java(
				List.of("-Xms256m", "-Xmx256m", "-cp", System.getProperty("java.class.path")), UntouchedServer.class,
				arguments);
		return new ServerProcess(process, new PipeliningClient(Integer.parseInt(process.readLine()), cookieHeader));
	}

	/** Returns a whole response. */
	String get(String path) throws IOException {
		return this.client.get(path);
	}

	/** Keeps the server busy for a time. */
	Throughput measure(String path, Duration time) throws IOException {
		Duration cpuBegin = this.process.processorTime();
		long begin = System.nanoTime();
		long requests = this.client.getFor(path, time);
		return new Throughput(requests, Duration.ofNanos(System.nanoTime() - begin),
				this.process.processorTime().minus(cpuBegin));
	}

	@Override
	public void close() throws IOException {
		this.client.close();
		this.process.close();
	}

}
