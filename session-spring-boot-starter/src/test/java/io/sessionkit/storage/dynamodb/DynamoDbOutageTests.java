package io.sessionkit.storage.dynamodb;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.RunningApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What visitors see of a DynamoDB that is down, slow or throttled (G12), through a real
 * server.
 */
@Tag("timing")
class DynamoDbOutageTests {

	/**
	 * With what a busy machine may add, for which 10 at once are many; the client's own
	 * patience is half a minute.
	 */
	private static final Duration LONGEST = Duration.ofSeconds(4);

	private static final int VISITORS = 10;

	private static volatile @Nullable Trouble trouble;

	private static DynamoDbStub stub;

	private static RunningApp app;

	/**
	 * What may happen to a request.
	 */
	enum Trouble {

		HANGS, THROTTLED, FAILS, CUT_OFF;

		DynamoDbStub.@Nullable Answer answer() {
			return switch (this) {
				case HANGS -> null;
				case THROTTLED -> DynamoDbStub.Answer.throttled();
				case FAILS -> DynamoDbStub.Answer.error(500, "InternalServerError");
				case CUT_OFF -> DynamoDbStub.Answer.CUT;
			};
		}

	}

	@BeforeAll
	static void start() {
		LocalDynamoDb server = LocalDynamoDb.shared();
		server.strategy("outage", InstantSource.system());
		stub = new DynamoDbStub((call) -> {
			Trouble now = trouble;
			return (now != null) ? now.answer() : call.forward(server);
		});
		app = RunningApp.start(DynamoDbApp.class, "sessionkit.storage=dynamodb",
				"sessionkit.dynamodb.table-name=outage", "endpoint=" + stub.endpoint());
	}

	@AfterAll
	static void stop() {
		if (app != null) {
			app.close();
			stub.close();
		}
	}

	@AfterEach
	void end() {
		trouble = null;
	}

	private static Browser visitor(String mark) {
		Browser browser = app.browser();
		assertThat(browser.get("/set?name=mark&value=" + mark).status()).isEqualTo(200);
		return browser;
	}

	private static void assertUnavailable(Supplier<Answer> request) {
		long begin = System.nanoTime();
		Answer answer = request.get();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.first("Retry-After")).isEqualTo("1");
		assertThat(answer.sessionCookies()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void onlyRequestsThatNeedTheirSessionAreRefusedAndAfterwardsEveryAnswerIsTheRightOne(Trouble kind) {
		List<Browser> visitors = IntStream.range(0, VISITORS).mapToObj((i) -> visitor("visitor" + i)).toList();
		trouble = kind;
		assertUnavailable(() -> visitors.get(0).get("/mark"));
		assertUnavailable(() -> visitors.get(0).get("/set?name=mark&value=lost"));
		List<CompletableFuture<Answer>> answers = visitors.stream()
			.map((visitor) -> visitor.sendAsync("GET", "/mark"))
			.toList();
		answers.forEach((answer) -> assertUnavailable(answer::join));
		assertThat(visitors.get(0).get("/untouched").status()).isEqualTo(200);
		assertThat(app.browser().get("/mark").body()).isEqualTo("none");
		assertThat(app.browser().cookie("i1.forged").get("/mark").body()).isEqualTo("none");
		trouble = null;
		for (int i = 0; i < VISITORS; i++) {
			assertThat(visitors.get(i).get("/mark").body()).isEqualTo("visitor" + i);
		}
	}

	@Test
	void aLogoutDuringAnOutageClearsTheCookieAndSaysWhatRemains() {
		Browser browser = visitor("old");
		trouble = Trouble.CUT_OFF;
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(browser.get("/destroy").sessionCookies()).singleElement()
				.asString()
				.startsWith("__Host-session=;");
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("remains until it expires");
		}
	}

	@Test
	void anApplicationThatStartsWithoutDynamoDbRecovers() {
		Browser browser = visitor("old");
		trouble = Trouble.CUT_OFF;
		try (RunningApp late = RunningApp.start(DynamoDbApp.class, "sessionkit.storage=dynamodb",
				"sessionkit.dynamodb.table-name=outage", "endpoint=" + stub.endpoint())) {
			Browser visitor = late.browser().cookie(browser.cookie());
			assertUnavailable(() -> visitor.get("/mark"));
			trouble = null;
			assertThat(visitor.get("/mark").body()).isEqualTo("old");
		}
	}

}
