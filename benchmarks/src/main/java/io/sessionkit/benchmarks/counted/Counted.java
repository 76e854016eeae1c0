package io.sessionkit.benchmarks.counted;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;

import io.sessionkit.benchmarks.Results;

/**
 * Prints what does not depend on the machine. The system property {@code parts} says
 * which, separated by commas.
 */
final class Counted {

	private Counted() {
	}

	public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
		List<String> parts = List.of(System.getProperty("parts", "cookie,heap,store,startup").split(",", -1));
		Results results = Results.open();
		for (String part : parts) {
			switch (part) {
				case "cookie" -> CookieCount.report(results);
				case "heap" -> HeapCount.report(results);
				case "store" -> StoreCount.report(results);
				case "startup" -> StartupCount.report(results);
				default -> throw new IllegalArgumentException("There is no part " + part);
			}
		}
	}

}
