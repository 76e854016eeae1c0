package io.sessionkit.benchmarks.counted;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import io.sessionkit.benchmarks.Results;

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
			try (ChildProcess process = ChildProcess.start(
					List.of("-Xms768m", "-Xmx768m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")),
					HeapProcess.class, keeper)) {
				double bytes = Double.parseDouble(process.readLine());
				results.put("counted." + keeper + ".heap", bytes);
				table.append(String.format(Locale.ROOT, "| %s | %,.0f |%n", keeper, bytes));
			}
		}
		results.table("counted-heap", table.toString());
	}

}
