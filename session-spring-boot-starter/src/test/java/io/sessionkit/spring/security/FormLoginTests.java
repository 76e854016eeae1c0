package io.sessionkit.spring.security;

import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.security.Visitor.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A form login with nothing written about sessions: it is ours, and the container never
 * has one.
 */
class FormLoginTests {

	private static final String COOKIE = "__Host-session";

	@AfterEach
	void theContainerNeverHasASession() {
		SecuredApps.both()
			.forEach((app) -> assertThat(app.bean(SecuredPages.Watch.class).containerSessions()).isEmpty());
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void whoLogsInIsKnownOnTheNextPageAndOneCookieIsAllThereIs(RunningApp app) {
		Visitor visitor = new Visitor(app);
		assertThat(visitor.get("/who").location()).isEqualTo("/login");
		Reply login = visitor.login();
		assertThat(login.status()).isEqualTo(302);
		assertThat(login.location()).isEqualTo("/who?continue");
		Reply page = visitor.get(login.location());
		assertThat(page.body()).startsWith("ada [").contains("ROLE_USER").endsWith(" null");
		assertThat(visitor.cookies()).containsOnlyKeys(COOKIE);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void aWrongPasswordLogsNobodyIn(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.get("/login");
		Reply login = visitor.post("/login", Map.of("username", SecuredApp.USER, "password", "wrong"));
		assertThat(login.location()).isEqualTo("/login?error");
		assertThat(visitor.get("/who").location()).isEqualTo("/login");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void aLoginChangesTheIdAndKeepsTheValues(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.get("/open/set?value=kept");
		String before = visitor.cookie(COOKIE);
		visitor.login();
		String after = visitor.cookie(COOKIE);
		assertThat(id(app, after)).isNotEmpty().isNotEqualTo(id(app, before));
		assertThat(storage(app).getSession(COOKIE + "=" + after).get("mark")).isEqualTo("kept");
		assertThat(new Visitor(app).cookie(COOKIE, before).get("/who").location()).isEqualTo("/login");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void aLogoutEndsTheSessionAndEveryCopyOfItsCookie(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.login();
		String copy = visitor.cookie(COOKIE);
		visitor.get("/open/form");
		Reply logout = visitor.post("/logout", Map.of());
		assertThat(logout.location()).as(logout.toString()).isEqualTo("/login?logout");
		assertThat(visitor.cookies()).isEmpty();
		assertThat(new Visitor(app).cookie(COOKIE, copy).get("/who").location()).isEqualTo("/login");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void methodSecuritySeesTheRoles(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.login();
		assertThat(visitor.get("/reader").body()).isEqualTo("for readers");
		assertThat(visitor.get("/admin").status()).isEqualTo(403);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void httpBasicMakesNoSession(RunningApp app) {
		Visitor visitor = new Visitor(app);
		SecuredApps.calls(app);
		String credentials = Base64.getEncoder()
			.encodeToString((SecuredApp.USER + ":" + SecuredApp.PASSWORD).getBytes(UTF_8));
		Reply page = visitor.get("/who", "Authorization", "Basic " + credentials);
		assertThat(page.body()).startsWith("ada ");
		assertThat(page.setCookies()).isEmpty();
		assertThat(SecuredApps.calls(app)).isEmpty();
		assertThat(visitor.get("/who", "Authorization", "Basic x", "Accept", "application/json").status())
			.isEqualTo(401);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void aPageThatIsOpenToEverybodyCostsNothingForWhomeverItIs(RunningApp app) {
		Visitor owner = new Visitor(app);
		owner.login();
		SecuredApps.calls(app);
		for (Visitor visitor : List.of(owner, new Visitor(app), new Visitor(app).cookie(COOKIE, "i1.AAAA"))) {
			for (String path : List.of("/open", "/open/formless", "/open/static.txt")) {
				Reply page = visitor.get(path);
				assertThat(page.status()).isEqualTo(200);
				assertThat(page.setCookies()).as(path).isEmpty();
				assertThat(page.vary()).as(path).doesNotContain("Cookie");
				assertThat(SecuredApps.calls(app)).as(path).isEmpty();
			}
		}
	}

	@Test
	void aReadOnlyPageForWhoIsLoggedInCostsOneRead() {
		RunningApp app = SecuredApps.withStore();
		Visitor visitor = new Visitor(app);
		visitor.login();
		app.store().calls();
		visitor.get("/who");
		assertThat(app.store().calls()).isEqualTo(List.of(Call.READ));
		visitor.get("/reader");
		assertThat(app.store().calls()).isEqualTo(List.of(Call.READ));
	}

	private static SessionStorage storage(RunningApp app) {
		return app.bean(SessionStorage.class);
	}

	private static String id(RunningApp app, String cookie) {
		Session session = storage(app).getSession(COOKIE + "=" + cookie);
		session.keys();
		return session.id();
	}

}
