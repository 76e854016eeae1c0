package io.sessionkit.spring.security;

import java.util.Map;

import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.security.Visitor.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of the request before a login: where it went, and nothing else.
 */
class RequestCacheTests {

	private final RunningApp app = SecuredApps.withCookies();

	private final Visitor visitor = new Visitor(this.app);

	@ParameterizedTest
	@CsvSource({ "/who, /who?continue", "/who?a=1&b=%20x, /who?a=1&b=%20x&continue", "/who?continue, /who?continue" })
	void theLoginGoesBackToThePathWithItsQueryOnThisHost(String asked, String expected) {
		this.visitor.get(asked, "Accept", "text/html", "X-Secret", "s3cret", "User-Agent", "agent");
		assertThat(remembered()).isEqualTo(expected);
		assertThat(attributes().names()).containsExactly("~SPRING_SECURITY_SAVED_REQUEST");
		assertThat(attributes().get("~SPRING_SECURITY_SAVED_REQUEST").toString()).doesNotContain("s3cret", "agent");
		assertThat(session().data()).isEmpty();
		assertThat(this.visitor.login().location()).isEqualTo(expected);
	}

	@Test
	void whatIsRememberedIsForgottenWhenTheVisitorGetsThere() {
		this.visitor.get("/who?a=1");
		String back = this.visitor.login().location();
		assertThat(remembered()).isNotNull();
		assertThat(this.visitor.get("/reader").status()).isEqualTo(200);
		assertThat(this.visitor.get("/reader?continue").status()).isEqualTo(200);
		assertThat(remembered()).as("another page").isNotNull();
		assertThat(this.visitor.get(back).status()).isEqualTo(200);
		assertThat(remembered()).isNull();
	}

	@Test
	void withoutAnythingRememberedTheLoginGoesToTheBeginning() {
		assertThat(this.visitor.login().location()).isEqualTo("/");
	}

	@ParameterizedTest
	@CsvSource({ "Accept, application/json", "X-Requested-With, XMLHttpRequest", "Accept, text/event-stream" })
	void whatIsNoPageIsNotRemembered(String header, String value) {
		this.visitor.get("/who", header, value);
		assertThat(this.visitor.cookies()).isEmpty();
	}

	@Test
	void anIconIsNotRememberedNorIsAForm() {
		this.visitor.get("/favicon.ico");
		assertThat(this.visitor.cookies()).isEmpty();
		this.visitor.get("/open/form");
		assertThat(this.visitor.post("/act", Map.of()).location()).isEqualTo("/login");
		assertThat(remembered()).isNull();
	}

	@Test
	void aVeryLongUrlIsNotRemembered() {
		Reply reply = this.visitor.get("/who?a=" + "x".repeat(SessionRequestCache.MAX_LENGTH));
		assertThat(reply.location()).isEqualTo("/login");
		assertThat(reply.setCookies()).isEmpty();
	}

	@Test
	void aLinkOfAnotherSiteDoesNotKeepAVisitorWithAFullCookieFromLoggingIn() {
		this.visitor.get("/open/set?value=" + "c".repeat(1200));
		assertThat(this.visitor.get("/who?" + "a".repeat(990)).location()).isEqualTo("/login");
		assertThat(remembered()).isNotNull();
		assertThat(this.visitor.login().status()).isEqualTo(302);
		assertThat(this.visitor.get("/who").body()).startsWith("ada");
		assertThat(session().get("mark")).isEqualTo("c".repeat(1200));
	}

	private Object remembered() {
		return (attributes().get("~SPRING_SECURITY_SAVED_REQUEST") instanceof Map<?, ?> request)
				? request.get("requestURI") + "?" + request.get("queryString") : null;
	}

	private LibraryAttributes attributes() {
		return LibraryAttributes.of(session());
	}

	private Session session() {
		return this.app.bean(SessionStorage.class)
			.getSession("__Host-session=" + this.visitor.cookie("__Host-session"));
	}

}
