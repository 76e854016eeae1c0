package io.sessionkit.benchmarks.counted;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import io.sessionkit.benchmarks.ChildProcess;
import io.sessionkit.benchmarks.Results;
import io.sessionkit.benchmarks.WorkingDirectory;

/**
 * What a session takes of the heap, in each way to keep it there; each in a JVM of its
 * own.
 */
final class HeapCount {

	private static final List<String> KEEPERS = List.of("floor-map", "tomcat", "spring-map", "sessionkit-memory");

	private HeapCount() {
	}

	static void report(Results results) throws IOException {
		StringBuilder table = new StringBuilder("| in the heap | bytes for each session |\n|---|---:|\n");
		for (String keeper : KEEPERS) {
			double bytes = count(keeper);
			results.put("counted." + keeper + ".heap", bytes);
			table.append(String.format(Locale.ROOT, "| %s | %,.0f |%n", keeper, bytes));
		}
		results.table("counted-heap", table.toString());
	}

	private static double count(String keeper) throws IOException {
		// Tomcat makes directories, though nothing is in them.
		try (WorkingDirectory directory = WorkingDirectory.in();
				ChildProcess process = ChildProcess.java(List.of("-Xms768m", "-Xmx768m", "-XX:+UseSerialGC",
						"-Dcatalina.base=" + directory.path(), "-cp", System.getProperty("java.class.path")),
						HeapProcess.class, keeper)) {
			return Double.parseDouble(process.readLine());
		}
	}

}
