package io.sessionkit.storage.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.autoconfigure.OwnConnections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** While Redis is silent, a call takes the time-out at most, whatever it waits for. */
@Tag("timing")
class RedisTimeoutTests {

	private static final String KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

	private static final int READERS = 40;

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	/** For a busy machine; less than another time-out. */
	private static final Duration MARGIN = Duration.ofMillis(700);

	@Test
	void manyAtOnceDoNotAddUp() {
		try (RedisProcess redis = RedisProcess.running();
				OwnConnections connections = new OwnConnections(
						OwnConnections.with(redis.properties(), "sessionkit.timeout=" + TIMEOUT.toMillis() + "ms"))) {
			RedisStorageStrategy strategy = new RedisStorageStrategy(connections.factory(), "silent:");
			strategy.createData(KEY, new SessionRecord(1, Instant.now().plusSeconds(60), new byte[10]));
			ExecutorService readers = Executors.newFixedThreadPool(READERS);
			IntStream.range(0, READERS).forEach((reader) -> readers.execute(() -> strategy.readData(KEY)));
			assertThat(strategy.readData(KEY)).isNotNull();
			Runnable thaw = redis.freeze();
			try {
				List<CompletableFuture<Duration>> failures = IntStream.range(0, READERS)
					.mapToObj((reader) -> CompletableFuture.supplyAsync(() -> timeToFail(strategy), readers))
					.toList();
				assertThat(failures).extracting(CompletableFuture::join)
					.allSatisfy((taken) -> assertThat(taken).isLessThan(TIMEOUT.plus(MARGIN)));
			}
			finally {
				thaw.run();
				readers.shutdown();
			}
		}
	}

	private static Duration timeToFail(RedisStorageStrategy strategy) {
		long begin = System.nanoTime();
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy.readData(KEY));
		return Duration.ofNanos(System.nanoTime() - begin);
	}

}
