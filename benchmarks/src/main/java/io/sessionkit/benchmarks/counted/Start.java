package io.sessionkit.benchmarks.counted;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.sessionkit.benchmarks.ChildProcess;

/**
 * One start of {@link StartedServer}, seen from outside, with the start of the JVM.
 *
 * @param time until it is ready
 * @param processorTime until then, of all threads
 * @param threads that exist then
 */
record Start(Duration time, Duration processorTime, List<String> threads) {

	static Start of(String classPath, boolean hasStarter, String... options) throws IOException {
		List<String> command = new ArrayList<>(List.of("-Xms256m", "-Xmx256m", "-cp", classPath));
		command.addAll(List.of(options));
		long begin = System.nanoTime();
		try (ChildProcess process = ChildProcess.java(command, StartedServer.class)) {
			String ready = process.readLine();
			Duration time = Duration.ofNanos(System.nanoTime() - begin);
			Duration processorTime = process.processorTime();
			if (!"ready".equals(ready) || Boolean.parseBoolean(process.readLine()) != hasStarter) {
				throw new IllegalStateException("It did not start as it should: " + ready);
			}
			return new Start(time, processorTime, List.of(process.readLine().split("\t", -1)));
		}
	}

}
