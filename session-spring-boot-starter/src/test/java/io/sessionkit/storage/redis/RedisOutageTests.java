package io.sessionkit.storage.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.ExitApp;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.autoconfigure.OwnConnections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What visitors see while Redis is down or slow, and afterwards (G12). */
@Tag("timing")
class RedisOutageTests {

	private static final Duration A_SECOND = Duration.ofSeconds(1);

	/**
	 * A machine with few processors may be busy with the requests themselves; a hang
	 * takes a minute, and calls that wait for each other ten seconds.
	 */
	private static final Duration NOBODY_HANGS = Duration.ofSeconds(3);

	private static final Duration BACK_WITHIN = Duration.ofSeconds(2);

	private static final int VISITORS = 20;

	@TempDir
	static Path directory;

	private static RedisProcess redis;

	private static RunningApp app;

	private Browser browser;

	@BeforeAll
	static void start() {
		redis = RedisProcess.lasting(directory);
		app = start(redis);
	}

	private static RunningApp start(RedisProcess redis, String... properties) {
		return RunningApp.start(ExitApp.class,
				OwnConnections.with(OwnConnections.with(properties, redis.properties()), "sessionkit.storage=redis"));
	}

	@AfterAll
	static void stop() {
		if (app != null) {
			app.close();
			redis.close();
		}
	}

	@BeforeEach
	void makeASession() {
		this.browser = visitor("old");
	}

	private static Browser visitor(String mark) {
		Browser browser = app.browser();
		assertThat(browser.get("/set?name=mark&value=" + mark).status()).isEqualTo(200);
		return browser;
	}

	private static List<Browser> visitors() {
		return IntStream.range(0, VISITORS).mapToObj((i) -> visitor("visitor" + i)).toList();
	}

	/** One alone gets its answer within a second, and of many at once nobody hangs. */
	private static List<Answer> atOnce(List<Browser> browsers, String path) {
		long begin = System.nanoTime();
		List<CompletableFuture<Answer>> answers = browsers.stream()
			.map((browser) -> browser.sendAsync("GET", path))
			.toList();
		List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
		assertThat(Duration.ofNanos(System.nanoTime() - begin))
			.isLessThan((browsers.size() == 1) ? A_SECOND : NOBODY_HANGS);
		return all;
	}

	private static void assertUnavailable(Answer answer) {
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.first("Retry-After")).isEqualTo("1");
		assertThat(answer.sessionCookies()).isEmpty();
	}

	private static void awaitRecovery(Browser browser) {
		RedisProcess.await("the session is back", BACK_WITHIN, () -> browser.get("/mark").status() == 200);
	}

	@Test
	void whileRedisIsStoppedOnlyRequestsThatNeedItFailAndAtOnce() {
		List<Browser> visitors = visitors();
		redis.stop();
		assertUnavailable(atOnce(List.of(this.browser), "/mark").get(0));
		assertThat(atOnce(visitors, "/mark")).allSatisfy(RedisOutageTests::assertUnavailable);
		assertThat(atOnce(visitors, "/untouched")).allSatisfy((answer) -> assertThat(answer.status()).isEqualTo(200));
		List<Browser> strangers = IntStream.range(0, VISITORS).mapToObj((i) -> app.browser()).toList();
		assertThat(atOnce(strangers, "/mark")).allSatisfy((answer) -> assertThat(answer.body()).isEqualTo("none"));
		assertUnavailable(atOnce(strangers, "/set?name=mark&value=new").get(0));
		redis.start();
		awaitRecovery(this.browser);
		assertThat(this.browser.get("/mark").body()).isEqualTo("old");
	}

	@Test
	void aLogoutDuringAnOutageClearsTheCookieAndSaysWhatRemains() {
		String cookie = this.browser.cookie();
		redis.stop();
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Answer answer = atOnce(List.of(this.browser), "/destroy").get(0);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.sessionCookies()).singleElement().asString().startsWith("__Host-session=;");
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("remains until it expires");
		}
		redis.start();
		awaitRecovery(this.browser.cookie(cookie));
	}

	@Test
	void onRequestTheyGoOnWithoutASession() {
		try (RunningApp lenient = start(redis, "sessionkit.on-failure=anonymous")) {
			Browser visitor = lenient.browser();
			visitor.get("/set?name=mark&value=old");
			redis.stop();
			Answer answer = atOnce(List.of(visitor), "/set?name=mark&value=new").get(0);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.sessionCookies()).isEmpty();
			redis.start();
			RedisProcess.await("the session is back", BACK_WITHIN, () -> visitor.get("/mark").body().equals("old"));
			awaitRecovery(this.browser);
		}
	}

	@Test
	void whileRedisHangsNobodyWaitsLongAndAfterwardsEveryAnswerIsTheRightOne() {
		List<Browser> visitors = visitors();
		Runnable thaw = redis.freeze();
		try {
			assertUnavailable(atOnce(List.of(this.browser), "/mark").get(0));
			assertThat(atOnce(visitors, "/mark")).allSatisfy(RedisOutageTests::assertUnavailable);
			assertThat(atOnce(visitors, "/set?name=mark&value=lost")).allSatisfy(RedisOutageTests::assertUnavailable);
		}
		finally {
			thaw.run();
		}
		for (int round = 0; round < 3; round++) {
			List<Answer> answers = atOnce(visitors, "/mark");
			for (int i = 0; i < VISITORS; i++) {
				assertThat(answers.get(i).body()).isEqualTo("visitor" + i);
			}
		}
	}

	@Test
	void fiveRestartsUnderLoadMixUpNobodyAndReviveNothing() {
		List<Browser> visitors = visitors();
		Browser ended = visitor("ended");
		String cookie = ended.cookie();
		ended.get("/destroy");
		ended.cookie(cookie);
		List<CompletableFuture<List<String>>> loads = new ArrayList<>();
		boolean[] done = new boolean[1];
		for (int i = 0; i < 8; i++) {
			Browser visitor = visitors.get(i);
			String expected = "200 visitor" + i;
			loads.add(CompletableFuture.supplyAsync(() -> wrongAnswers(visitor, expected, done)));
		}
		loads.add(CompletableFuture.supplyAsync(() -> wrongAnswers(ended, "200 none", done)));
		for (int restart = 0; restart < 5; restart++) {
			redis.stop();
			redis.start();
			awaitRecovery(this.browser);
		}
		synchronized (done) {
			done[0] = true;
		}
		for (CompletableFuture<List<String>> load : loads) {
			assertThat(load.join()).isEmpty();
		}
	}

	private static List<String> wrongAnswers(Browser browser, String expected, boolean[] done) {
		List<String> wrong = new ArrayList<>();
		String mark = expected.substring("200 ".length());
		while (true) {
			synchronized (done) {
				if (done[0]) {
					return wrong;
				}
			}
			Answer read = browser.get("/mark");
			if (read.status() != 503 && !expected.equals(read.status() + " " + read.body())) {
				wrong.add(read.status() + " " + read.body());
			}
			if (!mark.equals("none")) {
				int status = browser.get("/set?name=mark&value=" + mark).status();
				if (status != 503 && status != 200) {
					wrong.add("write " + status);
				}
			}
		}
	}

	@Test
	void anApplicationThatStartsWithoutRedisRecovers() {
		try (RedisProcess late = RedisProcess.running()) {
			late.stop();
			try (RunningApp early = start(late)) {
				assertThat(early.browser().get("/mark").body()).isEqualTo("none");
				assertUnavailable(atOnce(List.of(early.browser()), "/set?name=mark&value=new").get(0));
				late.start();
				RedisProcess.await("sessions work", BACK_WITHIN,
						() -> early.browser().get("/set?name=mark&value=new").status() == 200);
			}
		}
	}

}
