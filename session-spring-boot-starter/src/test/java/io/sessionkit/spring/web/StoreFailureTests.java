package io.sessionkit.spring.web;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import ch.qos.logback.classic.Level;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.app.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What requests see of a store that is down.
 */
class StoreFailureTests {

	static final List<Supplier<RuntimeException>> FAILURES = List.of(
			() -> new SessionStorageException("The store of this test is down", null),
			() -> new IllegalArgumentException("thrown by the driver"), NullPointerException::new,
			() -> new IllegalStateException("pool is closed"));

	private final RunningApp app = RunningApp.withStore();

	private final CountingStrategy store = this.app.store();

	private final Browser browser = this.app.browser();

	@BeforeEach
	void makeASession() {
		this.store.recover();
		this.browser.get("/set?name=mark&value=old");
		this.store.calls();
	}

	@AfterEach
	void recover() {
		this.store.recover();
	}

	private static void assertUnavailable(Answer answer) {
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.first("Retry-After")).isEqualTo("1");
		assertThat(answer.body()).as("the error page, in full")
			.startsWith("{")
			.endsWith("}")
			.contains("\"status\":503");
		assertThat(answer.sessionCookies()).isEmpty();
	}

	@ParameterizedTest
	@FieldSource("FAILURES")
	void aReadThatFailsIsA503(Supplier<RuntimeException> failure) {
		this.store.fail(failure, Call.values());
		assertUnavailable(this.browser.get("/get?name=mark"));
		assertThat(this.store.calls()).as("asked once").containsExactly(Call.READ);
	}

	@ParameterizedTest
	@FieldSource("FAILURES")
	void aWriteThatFailsIsA503AndIsNotTriedAgain(Supplier<RuntimeException> failure) {
		this.store.fail(failure, Call.UPDATE, Call.CREATE);
		assertUnavailable(this.browser.get("/set?name=mark&value=new"));
		assertThat(this.store.calls()).containsExactly(Call.READ, Call.UPDATE);
		assertUnavailable(this.app.browser().get("/set?name=mark&value=new"));
		assertThat(this.store.calls()).containsExactly(Call.CREATE);
		this.store.recover();
		assertThat(this.browser.get("/mark").body()).isEqualTo("old");
	}

	@Test
	void aRenewalThatCannotBeWrittenFailsNoRequestThatReads() {
		this.store.fail(Call.UPDATE, Call.CREATE, Call.DELETE);
		this.app.bean(TestClock.class).ahead(Duration.ofMinutes(10));
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			for (int i = 0; i < 3; i++) {
				Answer answer = this.browser.get("/mark");
				assertThat(answer.status()).isEqualTo(200);
				assertThat(answer.body()).isEqualTo("old");
				assertThat(answer.sessionCookies()).isEmpty();
			}
			assertThat(this.store.calls()).containsSequence(Call.READ, Call.UPDATE, Call.READ);
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("not renewed", "is down");
			assertUnavailable(this.browser.get("/set?name=mark&value=new"));
		}
		finally {
			this.app.bean(TestClock.class).ahead(Duration.ZERO);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "redirect", "empty", "large", "json", "error", "callable", "streaming", "async-complete" })
	void aWriteThatFailsIsA503OnEveryWayOut(String way) {
		this.store.fail(Call.UPDATE);
		Answer answer = this.browser.get("/store/" + way);
		assertUnavailable(answer);
		assertThat(answer.all("Location")).isEmpty();
		assertThat(this.store.calls()).containsExactly(Call.READ, Call.UPDATE);
	}

	@Test
	void aReadThatFailsInAnotherThreadIsA503() {
		this.store.fail(Call.READ);
		assertUnavailable(this.browser.get("/store/callable-reads"));
	}

	@Test
	void anErrorPageThatNeedsTheSessionTooFailsInItsTurn() {
		this.store.fail(Call.READ);
		Answer answer = this.browser.get("/get?name=mark&mark=shown");
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.first("Retry-After")).isEqualTo("1");
		assertThat(this.store.calls()).as("not asked again").containsExactly(Call.READ);
	}

	@Test
	void aLoginThatFailsIsA503AndTheOldSessionStays() {
		this.store.fail(Call.CREATE);
		assertUnavailable(this.browser.get("/regenerate"));
		this.store.fail(Call.UPDATE);
		assertUnavailable(this.browser.get("/regenerate"));
		this.store.recover();
		assertThat(this.browser.get("/mark").body()).isEqualTo("old");
	}

	@Test
	void theWarningSaysWhyAndCarriesNoId() {
		this.store.fail(Call.READ);
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.TRACE)) {
			this.browser.get("/get?name=mark");
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.isEqualTo("Answered 503 because the session store failed: The store of this test is down");
		}
	}

	@Test
	void theApplicationsOwnHandlerWins() {
		this.store.fail(Call.READ);
		assertHandled(this.browser.get("/handled/read"));
		this.store.recover();
		this.store.fail(Call.UPDATE);
		assertHandled(this.browser.get("/handled/write"));
		assertThat(this.store.calls()).as("not tried again for the handler's bytes")
			.containsExactly(Call.READ, Call.UPDATE);
	}

	private static void assertHandled(Answer answer) {
		assertThat(answer.status()).isEqualTo(502);
		assertThat(answer.body()).isEqualTo("the application's own answer");
		assertThat(answer.sessionCookies()).isEmpty();
		assertThat(answer.all("Retry-After")).isEmpty();
	}

	@Test
	void requestsThatNeedNoSessionOrBringNoneAreServed() {
		this.store.fail(Call.values());
		assertThat(this.browser.get("/untouched").status()).isEqualTo(200);
		assertThat(this.browser.get("/unused").status()).isEqualTo(200);
		assertThat(this.app.browser().get("/get?name=mark").body()).isEqualTo("null");
		assertThat(this.app.browser().cookie("i1.forged").get("/get?name=mark").body()).isEqualTo("null");
		assertThat(this.store.calls()).isEmpty();
	}

	@Test
	void aLogoutClearsTheCookieWhateverTheStoreSays() {
		String cookie = this.browser.cookie();
		this.store.fail(Call.values());
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Answer answer = this.browser.get("/destroy");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.sessionCookies()).singleElement().asString().startsWith("__Host-session=;");
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("remains until it expires");
		}
		this.store.recover();
		assertThat(this.browser.cookie(cookie).get("/mark").body()).as("it could not be reached").isEqualTo("old");
	}

	@Test
	void aLogoutNeedsNoReading() {
		String cookie = this.browser.cookie();
		this.store.fail(Call.READ);
		assertThat(this.browser.get("/destroy").status()).isEqualTo(200);
		assertThat(this.store.calls()).containsExactly(Call.READ, Call.DELETE);
		this.store.recover();
		assertThat(this.browser.cookie(cookie).get("/mark").body()).isEqualTo("none");
	}

	@Test
	void aLogoutThatAFullStoreDoesNotTakeDeletesTheRecord() {
		String cookie = this.browser.cookie();
		this.store.fail(Call.UPDATE, Call.CREATE);
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(this.browser.get("/destroy").status()).isEqualTo(200);
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
		assertThat(this.store.calls()).containsExactly(Call.READ, Call.UPDATE, Call.DELETE);
		this.store.recover();
		assertThat(this.browser.cookie(cookie).get("/mark").body()).isEqualTo("none");
	}

	@ParameterizedTest
	@FieldSource("FAILURES")
	void aFailedRequestReportsItsOwnExceptionAlsoWhereItsNewIdCannotBeCommitted(Supplier<RuntimeException> failure) {
		this.store.fail(failure, Call.CREATE);
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Answer answer = this.browser.get("/failing/regenerate");
			assertThat(answer.status()).isEqualTo(500);
			assertThat(answer.sessionCookies()).isEmpty();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.startsWith("The session of a failed request could not be saved either: ");
		}
		assertThat(this.store.calls()).containsExactly(Call.READ, Call.CREATE);
		this.store.recover();
		assertThat(this.browser.get("/mark").body()).isEqualTo("old");
	}

}
