package io.sessionkit.storage.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.DatabaseApp;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What visitors see of a database that is down, slow or used up (G12), through a real
 * server.
 */
@Tag("timing")
class JdbcOutageTests {

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	/**
	 * With what a busy machine may add, for which 20 at once are many; the patience of
	 * the application's pool is 30 seconds.
	 */
	private static final Duration LONGEST = TIMEOUT.plusSeconds(3);

	@TempDir
	Path directory;

	private static RunningApp start(Postgres postgres, String... properties) {
		return RunningApp.start(DatabaseApp.class,
				Stream
					.concat(Stream.of("sessionkit.storage=jdbc", "spring.datasource.url=" + postgres.url()),
							Stream.of(properties))
					.toArray(String[]::new));
	}

	private static void assertUnavailable(Supplier<Answer> request) {
		long begin = System.nanoTime();
		Answer answer = request.get();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.first("Retry-After")).isEqualTo("1");
		assertThat(answer.sessionCookies()).isEmpty();
	}

	/** Asks until it is served again. */
	private static String markOnceUp(Browser browser) {
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (System.nanoTime() < end) {
			Answer answer = browser.get("/mark");
			if (answer.status() == 200) {
				return answer.body();
			}
		}
		throw new AssertionError("It is not served again");
	}

	@Test
	void whileTheDatabaseIsDownOnlyThoseWithASessionAreRefusedAndNoneIsLost() throws Exception {
		try (Postgres postgres = Postgres.in(this.directory);
				RunningApp app = start(postgres, "sessionkit.jdbc.initialize-schema=always")) {
			Browser browser = app.browser();
			browser.get("/set?name=mark&value=there");
			Browser leaving = app.browser();
			leaving.get("/set?name=mark&value=there");
			warm(app);

			postgres.freeze();
			assertUnavailable(() -> browser.get("/mark"));
			assertUnavailable(() -> browser.get("/set?name=mark&value=lost"));
			postgres.thaw();
			assertThat(markOnceUp(browser)).isIn("there", "lost");
			browser.get("/set?name=mark&value=there");

			postgres.stop();
			for (int i = 0; i < 3; i++) {
				assertUnavailable(() -> browser.get("/mark"));
			}
			assertThat(app.browser().get("/mark").body()).isEqualTo("none");
			assertThat(app.browser().cookie("i1.forged").get("/mark").body()).isEqualTo("none");
			assertThat(browser.get("/untouched").status()).isEqualTo(200);
			assertLogoutClearsTheCookie(leaving);
			try (RunningApp late = start(postgres)) {
				Browser visitor = late.browser().cookie(browser.cookie());
				assertUnavailable(() -> visitor.get("/mark"));

				postgres.startAgain();
				assertThat(markOnceUp(browser)).isEqualTo("there");
				assertThat(markOnceUp(visitor)).isEqualTo("there");
			}
		}
	}

	/** The first request of an application loads half of it. */
	private static void warm(RunningApp app) {
		app.browser().cookie("i1.forged").get("/mark");
	}

	private static void assertLogoutClearsTheCookie(Browser browser) {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(browser.get("/destroy").sessionCookies()).singleElement()
				.asString()
				.startsWith("__Host-session=;");
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("remains until it expires");
		}
	}

	@Test
	void requestsThatHoldAllConnectionsOfTheApplicationDoNotWaitForTheirSession() {
		try (RunningApp app = start(Postgres.shared(), "sessionkit.jdbc.initialize-schema=always",
				"spring.datasource.hikari.maximum-pool-size=2")) {
			Browser browser = app.browser();
			browser.get("/set?name=mark&value=there");
			List<CompletableFuture<Answer>> answers = Stream.generate(() -> browser.sendAsync("GET", "/hold"))
				.limit(20)
				.toList();
			assertThat(answers)
				.allSatisfy((answer) -> assertThat(answer.join().body()).as("served").isEqualTo("there false"));
			assertThat(app.bean(DatabaseApp.HoldingController.class).waits()).hasSize(20)
				.allSatisfy((wait) -> assertThat(wait).isLessThan(LONGEST));
		}
	}

	@Test
	void ofASharedPoolTheWaitIsThatOfThePool() {
		try (RunningApp app = start(Postgres.shared(), "sessionkit.jdbc.initialize-schema=always",
				"sessionkit.jdbc.pool.shared=true", "spring.datasource.hikari.maximum-pool-size=1",
				"spring.datasource.hikari.connection-timeout=250")) {
			Browser browser = app.browser();
			browser.get("/set?name=mark&value=there");
			assertUnavailable(() -> browser.get("/hold"));
			assertThat(browser.get("/mark").body()).as("none is lost").isEqualTo("there");
		}
	}

}
