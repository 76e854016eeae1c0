package io.sessionkit.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs every part in turn, each in a JVM of its own, and prints all tables. What fails is
 * said at the end and keeps nothing else from running. System properties are passed on.
 */
final class Benchmarks {

	private static final String PACKAGE = Benchmarks.class.getPackageName() + ".";

	private static final List<String> PARTS = List.of("Report", "HttpSessionBenchmark", "counted.Counted", "load.Load",
			"UntouchedRequest", "NodePeers", "growth.Growth", "Charts", "Goals");

	private Benchmarks() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		List<String> failed = new ArrayList<>();
		for (String part : PARTS) {
			System.out.println("# " + part);
			if (run(part) != 0) {
				failed.add(part);
			}
		}
		System.out.printf("%s %s, %d processors, %s%n", System.getProperty("java.vm.name"),
				System.getProperty("java.vm.version"), Runtime.getRuntime().availableProcessors(),
				LocalDate.now(ZoneOffset.UTC));
		if (!failed.isEmpty()) {
			System.out.println("These failed, see above: " + String.join(", ", failed));
			System.exit(1);
		}
	}

	private static int run(String part) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-Xmx4g");
		ManagementFactory.getRuntimeMXBean()
			.getInputArguments()
			.stream()
			.filter((argument) -> argument.startsWith("-D"))
			.forEach(command::add);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), PACKAGE + part));
		return new ProcessBuilder(command).inheritIO().start().waitFor();
	}

}
