package io.sessionkit.benchmarks.counted;

import io.sessionkit.benchmarks.UsedHeap;
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
		long before = UsedHeap.bytes();
		HeapKeeper keeper = filled(args[0], SESSIONS);
		long taken = UsedHeap.bytes() - before;
		check(keeper, SESSIONS);
		System.out.println(taken / (double) SESSIONS);
		// Tomcat has threads that go on.
		System.exit(0);
	}

	private static HeapKeeper filled(String name, int sessions) throws LifecycleException {
		HeapKeeper keeper = HeapKeeper.of(name, sessions);
		for (int i = 0; i < sessions; i++) {
			keeper.add();
		}
		check(keeper, sessions);
		return keeper;
	}

	/** Also after the measurement, so that it is still there in the middle of it. */
	private static void check(HeapKeeper keeper, int sessions) {
		if (keeper.size() != sessions) {
			throw new IllegalStateException("It has kept " + keeper.size() + " sessions");
		}
	}

}
