package io.sessionkit.benchmarks.growth;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.sessionkit.benchmarks.Measured;

/**
 * Repeats a call for some time. The time of one is the median, which neither a busy
 * neighbour nor a collection of garbage disturbs. What one allocates is counted on all
 * threads, since a client may have threads of its own, over a batch of calls: the median
 * of batches. Arguments are made before a batch, so that they cost nothing.
 */
final class CallMeter {

	private static final int BATCH = 50;

	private static final int MOST_BATCHES = 4_000;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Duration warmUp;

	private final Duration time;

	CallMeter(Duration warmUp, Duration time) {
		this.warmUp = warmUp;
		this.time = time;
		if (!THREADS.isThreadAllocatedMemoryEnabled()) {
			throw new IllegalStateException("This virtual machine does not count what threads allocate");
		}
	}

	<A> Measured measure(Supplier<A> argument, Consumer<A> call) {
		long begin = System.nanoTime();
		while (System.nanoTime() - begin < this.warmUp.toNanos()) {
			call.accept(argument.get());
		}
		long[] threads = THREADS.getAllThreadIds();
		double[] bytes = new double[MOST_BATCHES];
		double[] nanos = new double[MOST_BATCHES * BATCH];
		int batches = 0;
		begin = System.nanoTime();
		while (batches < MOST_BATCHES && (batches == 0 || System.nanoTime() - begin < this.time.toNanos())) {
			Object[] arguments = Stream.generate(argument).limit(BATCH).toArray();
			long allocated = allocated(threads);
			for (int i = 0; i < BATCH; i++) {
				@SuppressWarnings("unchecked")
				A next = (A) arguments[i];
				long start = System.nanoTime();
				call.accept(next);
				nanos[batches * BATCH + i] = System.nanoTime() - start;
			}
			bytes[batches++] = (double) (allocated(threads) - allocated) / BATCH;
		}
		return new Measured(median(nanos, batches * BATCH), median(bytes, batches));
	}

	/** Threads that have ended count -1 before and after. */
	private static long allocated(long[] threads) {
		return Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).sum();
	}

	static double median(double[] numbers, int count) {
		double[] sorted = Arrays.copyOf(numbers, count);
		Arrays.sort(sorted);
		return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
	}

}
