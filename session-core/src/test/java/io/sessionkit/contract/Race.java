package io.sessionkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * Starts several threads at the same moment and waits for all of them, a minute at most.
 */
public final class Race implements AutoCloseable {

	private static final int MOST_SPINS = 400;

	private final ExecutorService threads;

	/** A race of this many at a time. */
	public Race(int racers) {
		this.threads = Executors.newFixedThreadPool(racers, (task) -> {
			Thread thread = new Thread(task, "racer");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Runs the racers against each other.
	 * @return what they returned, in the order given
	 * @throws AssertionError if one of them failed, or is still running after a minute
	 */
	public <T> List<T> run(List<Callable<T>> racers) {
		CyclicBarrier start = new CyclicBarrier(racers.size());
		List<Future<T>> running = new ArrayList<>();
		for (Callable<T> racer : racers) {
			running.add(this.threads.submit(() -> {
				start.await(1, TimeUnit.MINUTES);
				stumble();
				return racer.call();
			}));
		}
		List<T> results = new ArrayList<>();
		for (Future<T> future : running) {
			results.add(resultOf(future));
		}
		return results;
	}

	/** Runs as many racers as given, made from 0 on. */
	public static <T> List<T> of(int racers, IntFunction<Callable<T>> racer) {
		try (Race race = new Race(racers)) {
			List<Callable<T>> all = new ArrayList<>();
			for (int i = 0; i < racers; i++) {
				all.add(racer.apply(i));
			}
			return race.run(all);
		}
	}

	/** A moment of random length, so that each round meets in another order. */
	private static void stumble() {
		for (int spins = ThreadLocalRandom.current().nextInt(MOST_SPINS); spins > 0; spins--) {
			Thread.onSpinWait();
		}
	}

	private static <T> T resultOf(Future<T> future) {
		try {
			return future.get(1, TimeUnit.MINUTES);
		}
		catch (ExecutionException ex) {
			throw new AssertionError("A racer failed: " + ex.getCause(), ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new AssertionError("A racer is still running after a minute", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted during the race", ex);
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
