package io.sessionkit.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What processes have used of the processors, by Linux.
 */
final class ProcessorTime {

	private static final long MICROS_PER_TICK = 10_000;

	private static final int USER = 11;

	private ProcessorTime() {
	}

	/**
	 * Returns microseconds, in user mode and in the kernel, with a resolution of 10 ms.
	 */
	static long of(long pid) throws IOException {
		String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
		return (Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1])) * MICROS_PER_TICK;
	}

	/** Returns the same for a process and all that it has started and that still run. */
	static long ofTree(long pid) throws IOException {
		long sum = of(pid);
		for (ProcessHandle child : ProcessHandle.of(pid).orElseThrow().descendants().toList()) {
			sum += ofPossiblyEnded(child.pid());
		}
		return sum;
	}

	private static long ofPossiblyEnded(long pid) throws IOException {
		try {
			return of(pid);
		}
		catch (NoSuchFileException ex) {
			return 0;
		}
	}

}
