package io.sessionkit.storage.memory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.sessionkit.SessionRecord;
import io.sessionkit.contract.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryListLeakTests {

	@Test
	void aListThatIsCreatedWhileAnotherThreadLooksIsRemovedLater() throws InterruptedException {
		MutableClock clock = new MutableClock();
		MemoryStorageStrategy memory = new MemoryStorageStrategy(1000, clock);
		Instant end = clock.instant().plus(Duration.ofDays(30));
		byte[] empty = { '#', '1', 0, 0, 0, 100 };
		// an unneeded list as soon as it is there: no entry at all; what stays is on no
		// queue
		List<Thread> threads = new ArrayList<>();
		for (int t = 0; t < 4; t++) {
			int thread = t;
			threads.add(new Thread(() -> {
				for (int i = 0; i < 50_000; i++) {
					memory.createData("list-" + thread + "-" + i, new SessionRecord(1, end, empty, true));
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread each : threads) {
			each.join();
		}
		for (int i = 0; i < 1000; i++) {
			memory.createData("last-" + i, new SessionRecord(1, end, empty, true));
		}
		assertThat(memory.subjectLists()).as("lists that nobody looks at any more").isLessThan(5);
		assertThat(new String(empty, StandardCharsets.ISO_8859_1)).startsWith("#1");
	}

}
