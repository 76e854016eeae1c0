package io.sessionkit.benchmarks;

/**
 * What is reachable in the heap of this JVM.
 */
public final class UsedHeap {

	private UsedHeap() {
	}

	/** The least of three looks, each after a collection. */
	public static long bytes() {
		Runtime runtime = Runtime.getRuntime();
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
		}
		return used;
	}

}
