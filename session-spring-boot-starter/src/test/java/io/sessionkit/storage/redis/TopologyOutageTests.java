package io.sessionkit.storage.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.ExitApp;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.autoconfigure.OwnConnections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** However Redis is set up: while it is silent requests fail soon, and then recover. */
@Tag("timing")
class TopologyOutageTests {

	private static final Duration A_SECOND = Duration.ofSeconds(1);

	private static final Duration BACK_WITHIN = Duration.ofSeconds(2);

	@ParameterizedTest
	@EnumSource
	void aRequestFailsWithinASecondAndTheSessionIsBackWithinTwo(RedisTopology topology) throws Exception {
		RedisTopology.Started redis = topology.started();
		String[] properties = OwnConnections.with(redis.properties().toArray(String[]::new),
				"sessionkit.storage=redis");
		try (RunningApp app = RunningApp.start(ExitApp.class, properties)) {
			Browser browser = app.browser();
			assertThat(browser.get("/set?name=mark&value=old").status()).isEqualTo(200);
			assertThat(browser.get("/mark").body()).isEqualTo("old");
			Runnable thaw = redis.freeze();
			try {
				long begin = System.nanoTime();
				Answer answer = browser.sendAsync("GET", "/mark").get(10, TimeUnit.SECONDS);
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(A_SECOND);
				assertThat(answer.status()).isEqualTo(503);
			}
			finally {
				thaw.run();
			}
			RedisProcess.await("the session is back", BACK_WITHIN, () -> browser.get("/mark").status() == 200);
			assertThat(browser.get("/mark").body()).isEqualTo("old");
			redis.awaitUp();
		}
	}

}
