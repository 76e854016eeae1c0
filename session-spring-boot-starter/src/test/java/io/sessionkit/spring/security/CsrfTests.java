package io.sessionkit.spring.security;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.security.Visitor.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The CSRF token in our session, also where it is asked for in the middle of a template.
 */
class CsrfTests {

	private static final String COOKIE = "__Host-session";

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void aFormWithoutTheTokenIsRejectedAndOneWithItAccepted(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.login();
		assertThat(visitor.postWithoutToken("/act", Map.of()).status()).isEqualTo(403);
		assertThat(visitor.postWithoutToken("/act", Map.of("_csrf", "AAAA")).status()).isEqualTo(403);
		visitor.get("/open/form");
		assertThat(visitor.post("/act", Map.of()).body()).isEqualTo("acted");
		String token = visitor.token();
		Visitor other = new Visitor(app);
		other.login();
		other.get("/open/form");
		assertThat(other.postWithoutToken("/act", Map.of("_csrf", token)).status()).isEqualTo(403);
	}

	@ParameterizedTest
	@CsvSource({ "1", "10000", "60000" })
	void theFirstPageHasATokenThatWorksHoweverMuchIsWrittenBeforeIt(int before) {
		for (RunningApp app : SecuredApps.both().toList()) {
			Visitor visitor = new Visitor(app);
			Reply page = visitor.get("/open/form?before=" + before);
			assertThat(page.body()).hasSizeGreaterThan(before).endsWith("</form>");
			assertThat(page.setCookies()).singleElement().asString().startsWith(COOKIE);
			assertThat(visitor.post("/open/act", Map.of()).body()).isEqualTo("acted");
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void aPageThatIsLongerThanWhatIsHeldBackNeedsATokenThatIsThere(RunningApp app) {
		Visitor visitor = new Visitor(app);
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			assertThatException().isThrownBy(() -> visitor.get("/open/form?before=70000"));
			assertThat(log.events())
				.anySatisfy((event) -> assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy()))
					.contains("A new session can no longer be created"));
		}
		visitor.get("/open/form");
		visitor.get("/open/form?before=70000");
		assertThat(visitor.post("/open/act", Map.of()).body()).as("once the session has a token").isEqualTo("acted");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void theTokenChangesAtTheLogin(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.get("/login");
		String before = visitor.token();
		visitor.login();
		assertThat(visitor.postWithoutToken("/act", Map.of("_csrf", before)).status()).isEqualTo(403);
		visitor.get("/open/form");
		assertThat(visitor.token()).isNotEqualTo(before);
		assertThat(visitor.post("/act", Map.of()).body()).isEqualTo("acted");
	}

	@ParameterizedTest
	@ValueSource(strings = "login-as?name=bob&role=USER")
	void theTokenEndsWithALoginThatIsTheApplicationsOwn(String change) {
		for (RunningApp app : SecuredApps.both().toList()) {
			Visitor visitor = new Visitor(app);
			visitor.get("/open/form");
			String planted = visitor.token();
			assertThat(visitor.post("/open/" + change, Map.of()).status()).as(change).isEqualTo(200);
			visitor.get("/open/form");
			String token = visitor.token();
			assertThat(visitor.postWithoutToken("/open/act", Map.of("_csrf", planted)).status()).isEqualTo(403);
			assertThat(visitor.postWithoutToken("/open/act", Map.of("_csrf", token)).body()).isEqualTo("acted");
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void aFormOfASessionThatIsGoneIsRejected(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.get("/open/form");
		visitor.cookies().clear();
		assertThat(visitor.post("/open/act", Map.of()).status()).isEqualTo(403);
	}

	@Test
	void aFormCostsOneWriteTheFirstTimeAndThenARead() {
		RunningApp app = SecuredApps.withStore();
		Visitor visitor = new Visitor(app);
		app.store().calls();
		visitor.get("/open/form");
		assertThat(app.store().calls()).isEqualTo(List.of(Call.CREATE));
		visitor.get("/open/form");
		assertThat(app.store().calls()).isEqualTo(List.of(Call.READ));
	}

}
