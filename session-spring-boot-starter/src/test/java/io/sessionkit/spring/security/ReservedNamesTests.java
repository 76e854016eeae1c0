package io.sessionkit.spring.security;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A visitor who chooses the name of a value does not become anybody, and nothing of
 * Spring Security's is among the values.
 */
class ReservedNamesTests {

	private static Session session(RunningApp app, Visitor visitor) {
		return app.bean(SessionStorage.class).getSession("__Host-session=" + visitor.cookie("__Host-session"));
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void whoStoresALoginOfSomebodyElseUnderAnyNameIsStillNobody(RunningApp app) {
		Visitor ada = new Visitor(app);
		ada.login();
		Session stolen = session(app, ada);
		for (String attribute : LibraryAttributes.of(stolen).names()) {
			String json = String.valueOf(LibraryAttributes.of(stolen).get(attribute, JsonNode.class));
			for (String name : List.of(attribute, "?" + attribute)) {
				Visitor visitor = new Visitor(app);
				visitor.get("/open/store?name=mine&json=1");
				visitor.get("/open/store?name=" + encoded(name) + "&json=" + encoded(json));
				assertThat(visitor.get("/who").location()).as(name).isEqualTo("/login");
				assertThat(session(app, visitor).get("mine")).isEqualTo(1L);
			}
		}
		assertThat(ada.get("/who").body()).startsWith("ada");
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void nothingOfALoginIsAmongTheValues(RunningApp app) {
		Visitor visitor = new Visitor(app);
		visitor.get("/who");
		visitor.login();
		visitor.get("/open/form");
		Session session = session(app, visitor);
		assertThat(session.subject()).isEqualTo(SecuredApp.USER);
		assertThat(session.keys()).isEmpty();
		assertThat(session.flashKeys()).isEmpty();
		assertThat(session.data()).isEmpty();
		assertThat(visitor.get("/open/session").body()).isEqualTo("[]");
	}

	private static void logIn(Visitor visitor, String role) {
		visitor.get("/open/form");
		visitor.post("/open/login-as?name=bob&role=" + role, Map.of());
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("io.sessionkit.spring.security.SecuredApps#both")
	void otherRightsOfTheSameUserGiveANewId(RunningApp app) {
		Visitor visitor = new Visitor(app);
		logIn(visitor, "USER");
		Visitor thief = new Visitor(app).cookie("__Host-session", visitor.cookie("__Host-session"));
		String before = session(app, visitor).id();
		logIn(visitor, "USER");
		assertThat(session(app, visitor).id()).as("the same rights").isEqualTo(before);
		logIn(visitor, "ADMIN");
		assertThat(session(app, visitor).id()).isNotEqualTo(before);
		assertThat(visitor.get("/who").body()).startsWith("bob [ROLE_ADMIN]");
		assertThat(thief.get("/who").location()).isEqualTo("/login");
	}

}
