package io.sessionkit.storage.redis;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessionkit.SessionKey;
import io.sessionkit.SessionStorage;
import io.sessionkit.contract.Browser;
import io.sessionkit.cookie.SessionCookie;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A thousand virtual threads get the same results as others, and hold no carrier. */
@Tag("timing")
class RedisVirtualThreadTests {

	private static final int THREADS = 1000;

	private static final int SHARED_BY = 10;

	private static final SessionKey<Integer> COUNT = SessionKey.of("count", Integer.class);

	@TempDir
	Path directory;

	private final SessionStorage storage = SessionStorage.of(
			SessionCookie.builder("__session").signedWith("a secret of the thread tests 0123").build(),
			new RedisStorageStrategy(RedisTopology.SINGLE.started().connections(), "virtual:"));

	/** Not in the Java that this is compiled for. */
	private static ExecutorService virtualThreads() throws ReflectiveOperationException {
		Method factory = null;
		try {
			factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
		}
		catch (NoSuchMethodException ex) {
			Assumptions.abort("Virtual threads come with Java 21, this is " + Runtime.version().feature());
		}
		return (ExecutorService) factory.invoke(null);
	}

	/** While a class is initialized, others that need it are pinned. */
	private void initializeAllClasses() {
		visit(new Browser(this.storage), 0);
	}

	@Test
	void nothingIsLostAndNothingIsPinned() throws Exception {
		ExecutorService threads = virtualThreads();
		initializeAllClasses();
		List<Browser> shared = new ArrayList<>();
		for (int i = 0; i < THREADS / SHARED_BY; i++) {
			Browser browser = new Browser(this.storage);
			browser.visit((session) -> session.set("count", 0));
			shared.add(browser);
		}
		List<Future<?>> visits = new ArrayList<>();
		try (Recording recording = new Recording()) {
			recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(1)).withStackTrace();
			recording.start();
			for (int i = 0; i < THREADS; i++) {
				int number = i;
				visits.add(threads.submit(() -> visit(shared.get(number / SHARED_BY).copy(), number)));
			}
			for (Future<?> visit : visits) {
				visit.get(1, TimeUnit.MINUTES);
			}
			recording.stop();
			assertNothingOfOursIsPinned(recording);
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(shared).allSatisfy((browser) -> assertThat(browser.get("count")).isEqualTo((long) SHARED_BY));
	}

	private void visit(Browser shared, int number) {
		Browser own = new Browser(this.storage);
		own.visit((session) -> session.set("number", number));
		assertThat(own.get("number")).isEqualTo((long) number);
		shared.visit((session) -> session.update(COUNT, 0, (count) -> count + 1));
	}

	/** Before Java 24 each monitor of a library pins, so it is not asked there. */
	private void assertNothingOfOursIsPinned(Recording recording) throws Exception {
		if (Runtime.version().feature() < 24) {
			return;
		}
		Path file = this.directory.resolve("pinned.jfr");
		recording.dump(file);
		List<String> pinned = new ArrayList<>();
		for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
			List<RecordedFrame> frames = event.getStackTrace().getFrames();
			if (frames.stream()
				.anyMatch((frame) -> frame.getMethod().getType().getName().startsWith("io.sessionkit"))) {
				pinned.add(event.toString());
			}
		}
		assertThat(pinned).isEmpty();
	}

}
