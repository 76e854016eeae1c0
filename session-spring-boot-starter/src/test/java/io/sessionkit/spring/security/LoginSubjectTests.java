package io.sessionkit.spring.security;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.web.CurrentSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose a session is, after a login by Spring Security. */
class LoginSubjectTests {

	@Test
	void theSessionsOfWhoLoggedInAreListedAndEnded() {
		try (RunningApp app = SecuredApps.start(SecuredApp.class, "sessionkit.storage=memory")) {
			Visitor one = new Visitor(app);
			Visitor other = new Visitor(app);
			one.login();
			other.login();
			SubjectSessions sessions = app.bean(SubjectSessions.class);
			assertThat(sessions.list(SecuredApp.USER)).hasSize(2);
			sessions.endAll(SecuredApp.USER);
			assertThat(one.get("/who").location()).isEqualTo("/login");
			assertThat(other.get("/who").location()).isEqualTo("/login");
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void aSessionIsOfWhoLoggedIn(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.login();
		Session session = app.bean(SessionStorage.class)
			.getSession("__Host-session=" + visitor.cookie("__Host-session"));
		assertThat(session.subject()).isEqualTo(SecuredApp.USER);
	}

	@Test
	void aSubjectOfTheApplicationsOwnStays() {
		try (RunningApp app = SecuredApps.start(OwnSubjectApp.class)) {
			Visitor visitor = new Visitor(app);
			visitor.login();
			Session session = app.bean(SessionStorage.class)
				.getSession("__Host-session=" + visitor.cookie("__Host-session"));
			assertThat(session.subject()).isEqualTo("account-1");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(SecuredApp.class)
	static class OwnSubjectApp {

		@Bean
		ApplicationListener<AuthenticationSuccessEvent> ownSubject(CurrentSession session) {
			return (event) -> session.get().subject("account-1");
		}

	}

}
