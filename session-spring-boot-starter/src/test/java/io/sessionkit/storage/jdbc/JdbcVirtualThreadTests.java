package io.sessionkit.storage.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessionkit.UpdateOutcome;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand virtual threads get the same results, and none holds on to its carrier.
 */
@Tag("timing")
class JdbcVirtualThreadTests {

	private static final int THREADS = 1000;

	@TempDir
	Path directory;

	/** From JDK 21 on. */
	private static ExecutorService virtualThreads() throws ReflectiveOperationException {
		Assumptions.assumeTrue(Runtime.version().feature() >= 21, "There are no virtual threads on this JDK");
		return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

	@Test
	void manyVirtualThreadsPinNoCarrier() throws Exception {
		ExecutorService threads = virtualThreads();
		Path events = this.directory.resolve("pinned.jfr");
		Duration timeout = Duration.ofSeconds(20);
		try (SessionPoolDataSource other = Postgres.shared().sessionPool(1);
				SessionPoolDataSource pool = new SessionPoolDataSource(Postgres.shared().config(1), 10, timeout);
				Recording recording = new Recording()) {
			Table table = new Table(pool, Table.in(other).name());
			JdbcStorageStrategy strategy = table.strategy(timeout, InstantSource.system());
			life(strategy); // while a class is initialized, others that need it are
							// pinned
			recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
			recording.start();
			List<Future<UpdateOutcome>> lives = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				lives.add(threads.submit(() -> life(strategy)));
			}
			for (Future<UpdateOutcome> life : lives) {
				assertThat(life.get(1, TimeUnit.MINUTES)).isEqualTo(UpdateOutcome.GONE);
			}
			recording.stop();
			recording.dump(events);
		}
		finally {
			threads.shutdown();
		}
		assertThat(pinned(events)).isEmpty();
	}

	private static UpdateOutcome life(JdbcStorageStrategy strategy) {
		String key = Rows.created(strategy);
		assertThat(strategy.updateData(key, Rows.record(2, "2"))).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(strategy.readData(key)).isEqualTo(Rows.record(2, "2"));
		strategy.deleteData(key);
		return strategy.updateData(key, Rows.record(3, "3"));
	}

	private static List<String> pinned(Path events) throws IOException {
		return RecordingFile.readAllEvents(events)
			.stream()
			.filter((event) -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
			.map(RecordedEvent::toString)
			.filter((event) -> event.contains("io.sessionkit"))
			.toList();
	}

}
