package io.sessionkit.spring.security;

import java.util.Map;

import ch.qos.logback.classic.Level;
import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A context that an upgrade made unreadable.
 */
class BrokenContextTests {

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void itIsAnAnonymousVisitorWhoCanLogOutAndInAgain(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.login();
		visitor.get("/open/form");
		SessionStorage storage = app.bean(SessionStorage.class);
		Session session = storage.getSession("__Host-session=" + visitor.cookie("__Host-session"));
		LibraryAttributes.of(session)
			.set("~SPRING_SECURITY_CONTEXT", Map.of("@class", "com.example.RenamedToken", "s3cret", 1));
		String setCookie = storage.commitSession(session);
		visitor.cookie("__Host-session", setCookie.substring("__Host-session=".length(), setCookie.indexOf(';')));
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(visitor.get("/who").location()).isEqualTo("/login");
			assertThat(visitor.get("/open").body()).isEqualTo("open to everybody");
			assertThat(log.messages(Level.WARN)).hasSizeLessThanOrEqualTo(1)
				.allSatisfy((message) -> assertThat(message).doesNotContain("s3cret"));
		}
		visitor.get("/open/form");
		assertThat(visitor.post("/logout", Map.of()).location()).isEqualTo("/login?logout");
		assertThat(visitor.cookies()).isEmpty();
		visitor.login();
		assertThat(visitor.get("/who").body()).startsWith("ada");
	}

}
