package io.sessionkit.benchmarks.growth;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.sessionkit.SessionRecord;
import io.sessionkit.storage.file.FileStorageStrategy;

/**
 * Files, without fsync as is the default. Its clean-up looks at one of 256 folders every
 * few seconds, so what counts is the processor time of its thread, over a few of them.
 */
final class FileStore implements GrowingStore<FileStorageStrategy> {

	private static final int MOST = 100_000;

	/** Fewer are too few in a folder. */
	private static final int LEAST_TO_CLEAN_UP = 10_000;

	private static final Duration CLEAN_UP = Duration.ofSeconds(8);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final String SWEEPER = "sessionkit-file-sweeper";

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final Path directory;

	FileStore(Path directory) {
		this.directory = directory.resolve("sessions");
	}

	@Override
	public String name() {
		return "file";
	}

	@Override
	public int most() {
		return MOST;
	}

	@Override
	public FileStorageStrategy open(int sessions) {
		return open(InstantSource.system());
	}

	private FileStorageStrategy open(InstantSource clock) {
		return new FileStorageStrategy(this.directory, PATIENCE, false, clock);
	}

	@Override
	public void fill(FileStorageStrategy strategy, Map<String, SessionRecord> records) {
		records.forEach(strategy::createData);
	}

	@Override
	public long count(FileStorageStrategy strategy) throws IOException {
		try (Stream<Path> all = Files.walk(this.directory)) {
			return all.filter((path) -> path.getNameCount() == this.directory.getNameCount() + 2).count();
		}
	}

	@Override
	public OptionalDouble cleanUp(FileStorageStrategy strategy, int sessions) throws IOException {
		if (sessions < LEAST_TO_CLEAN_UP) {
			return OptionalDouble.empty();
		}
		strategy.close();
		try (FileStorageStrategy later = open(() -> Instant.now().plus(Population.after()))) {
			long thread = sweeper();
			long before = THREADS.getThreadCpuTime(thread);
			LockSupport.parkNanos(CLEAN_UP.toNanos());
			long nanos = THREADS.getThreadCpuTime(thread) - before;
			long removed = sessions - count(later);
			if (removed == 0) {
				throw new IllegalStateException("The clean-up of files has removed none");
			}
			return OptionalDouble.of(nanos / 1e3 / removed);
		}
	}

	private static long sweeper() {
		List<Thread> found = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(SWEEPER))
			.toList();
		if (found.size() != 1) {
			throw new IllegalStateException("There are " + found.size() + " threads that clean up files, not 1");
		}
		return found.get(0).getId();
	}

	@Override
	public void clear(FileStorageStrategy strategy) throws IOException {
		strategy.close();
		try (Stream<Path> all = Files.walk(this.directory)) {
			for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(each);
			}
		}
	}

	@Override
	public void close() {
	}

}
