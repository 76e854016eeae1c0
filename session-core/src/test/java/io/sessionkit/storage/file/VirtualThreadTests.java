package io.sessionkit.storage.file;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A thousand virtual threads, more than the locks and the carriers. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "There are no virtual threads")
class VirtualThreadTests {

	private static final int THREADS = 1000;

	private static final int KEYS = 50;

	@TempDir
	private Path directory;

	@Test
	void loseNoUpdateAndPinNoCarrier() throws Exception {
		List<String> keys = Stream.generate(RecordTree::newKey).limit(KEYS).toList();
		Path events = this.directory.resolve("events.jfr");
		try (FileStorageStrategy files = new FileStorageStrategy(this.directory.resolve("sessions"),
				Duration.ofSeconds(30), false, InstantSource.system()); Recording recording = new Recording()) {
			keys.forEach((key) -> files.createData(key, RecordTree.record(1, "1")));
			// Loading a class pins too, and is over after the first time.
			keys.forEach((key) -> increment(files, key));
			recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
			recording.start();
			ExecutorService threads = virtualThreads();
			List<Future<?>> running = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				String key = keys.get(i % KEYS);
				running.add(threads.submit(() -> increment(files, key)));
			}
			for (Future<?> each : running) {
				each.get(1, TimeUnit.MINUTES);
			}
			threads.submit(Pinning::new).get(1, TimeUnit.MINUTES);
			threads.shutdown();
			recording.stop();
			recording.dump(events);
			assertThat(keys)
				.allSatisfy((key) -> assertThat(files.readData(key).version()).isEqualTo(2 + THREADS / KEYS));
		}
		List<String> pinned = RecordingFile.readAllEvents(events)
			.stream()
			.map((event) -> String.valueOf(event.getStackTrace()))
			.filter((stack) -> stack.contains("io.sessionkit"))
			.toList();
		assertThat(pinned).as("what pins is seen").anyMatch((stack) -> stack.contains("Pinning"));
		assertThat(pinned).allMatch((stack) -> stack.contains("Pinning"));
	}

	/** Waits below a frame of the virtual machine, which no virtual thread can leave. */
	static final class Pinning {

		static {
			LockSupport.parkNanos(1_000_000);
		}

	}

	private static void increment(FileStorageStrategy files, String key) {
		UpdateOutcome outcome = UpdateOutcome.CONFLICT;
		while (outcome.isConflict()) {
			SessionRecord present = files.readData(key);
			outcome = files.updateData(key, RecordTree.record(present.version() + 1, "next"));
		}
		if (!outcome.isUpdated()) {
			throw new IllegalStateException("The record is " + outcome);
		}
	}

	/** By its name, since this compiles for 17. */
	private static ExecutorService virtualThreads()
			throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
		return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

}
