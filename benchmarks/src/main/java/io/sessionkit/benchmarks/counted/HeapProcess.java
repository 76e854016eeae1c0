package io.sessionkit.benchmarks.counted;

import java.lang.ref.Reference;

import org.apache.catalina.LifecycleException;

/**
 * Fills one {@link HeapKeeper} and prints what a session takes of the heap. What is
 * loaded with the first sessions does not count.
 */
final class HeapProcess {

	private static final int SESSIONS = 100_000;

	private HeapProcess() {
	}

	public static void main(String[] args) throws LifecycleException {
		filled(args[0], SESSIONS / 100);
		long before = usedHeap();
		HeapKeeper keeper = filled(args[0], SESSIONS);
		System.out.println((usedHeap() - before) / (double) SESSIONS);
		Reference.reachabilityFence(keeper);
		// Tomcat has threads that go on.
		System.exit(0);
	}

	private static HeapKeeper filled(String name, int sessions) throws LifecycleException {
		HeapKeeper keeper = HeapKeeper.of(name, sessions);
		for (int i = 0; i < sessions; i++) {
			keeper.add();
		}
		if (keeper.size() != sessions) {
			throw new IllegalStateException(name + " has kept " + keeper.size() + " sessions");
		}
		return keeper;
	}

	private static long usedHeap() {
		Runtime runtime = Runtime.getRuntime();
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
		}
		return used;
	}

}
