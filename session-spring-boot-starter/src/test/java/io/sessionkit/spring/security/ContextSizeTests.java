package io.sessionkit.spring.security;

import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much of the 4096 bytes of a cookie a login takes.
 */
class ContextSizeTests {

	@Test
	void aFormLoginWithItsTokenLeavesMostOfTheCookieToTheApplication() {
		RunningApp app = SecuredApps.withCookies();
		Visitor visitor = new Visitor(app);
		visitor.login();
		visitor.get("/open/form");
		String cookie = visitor.cookie("__Host-session");
		Session session = app.bean(SessionStorage.class).getSession("__Host-session=" + cookie);
		JsonNode context = LibraryAttributes.of(session).get("~SPRING_SECURITY_CONTEXT", JsonNode.class);
		assertThat(context.toString().length()).as("JSON of a context with two roles").isLessThanOrEqualTo(805);
		assertThat(cookie.length()).as("the cookie's value").isLessThan(1400);
	}

}
