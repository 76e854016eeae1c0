package io.sessionkit.spring.web;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.app.StoreApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code sessionkit.on-failure=anonymous}.
 */
class AnonymousOnFailureTests {

	private static RunningApp app;

	private Browser browser;

	@BeforeAll
	static void start() {
		app = RunningApp.start(StoreApp.class, "sessionkit.on-failure=anonymous");
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@BeforeEach
	void makeASession() {
		this.browser = app.browser();
		this.browser.get("/set?name=mark&value=old");
	}

	@AfterEach
	void recover() {
		app.store().recover();
	}

	@Test
	void aReadThatFailsIsAnAnonymousRequest() {
		app.store().fail(Call.READ);
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Answer answer = this.browser.get("/get?name=mark");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo("null");
			assertThat(answer.sessionCookies()).isEmpty();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.isEqualTo("The request goes on without its session, because the store failed: "
						+ "The store of this test is down");
		}
		app.store().recover();
		assertThat(this.browser.get("/mark").body()).isEqualTo("old");
	}

	@Test
	void theChangesOfAnAnonymousRequestAreDroppedAndSendNoCookie() {
		app.store().fail(Call.READ);
		app.store().calls();
		for (String change : new String[] { "/set?name=mark&value=new", "/flash?name=mark&value=new", "/regenerate" }) {
			Answer answer = this.browser.get(change);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.sessionCookies()).isEmpty();
			assertThat(app.store().calls()).containsExactly(Call.READ);
		}
		app.store().recover();
		assertThat(this.browser.get("/mark").body()).isEqualTo("old");
	}

	@Test
	void aWriteThatFailsDropsTheChanges() {
		app.store().fail(Call.UPDATE, Call.CREATE);
		assertThat(this.browser.get("/set?name=mark&value=new").status()).isEqualTo(200);
		Answer stranger = app.browser().get("/set?name=mark&value=new");
		assertThat(stranger.status()).isEqualTo(200);
		assertThat(stranger.sessionCookies()).isEmpty();
		app.store().recover();
		assertThat(this.browser.get("/mark").body()).isEqualTo("old");
	}

	@Test
	void aLogoutClearsTheCookie() {
		app.store().fail(Call.values());
		Answer answer = this.browser.get("/destroy");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.sessionCookies()).singleElement().asString().startsWith("__Host-session=;");
	}

}
