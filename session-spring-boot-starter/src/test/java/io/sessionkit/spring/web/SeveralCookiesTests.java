package io.sessionkit.spring.web;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a browser that keeps more than one cookie of our name.
 */
class SeveralCookiesTests {

	private final SessionStorage storage = SessionStorage
		.inCookie(SessionCookie.builder("__session").encryptedWith("a secret of at least thirty-two bytes").build());

	private final SessionFilter filter = new SessionFilter(this.storage);

	private String cookie(String user) {
		Session session = Session.create();
		session.set("user", user);
		String setCookie = this.storage.commitSession(session);
		return setCookie.substring(0, setCookie.indexOf(';'));
	}

	private List<String> setCookies(String cookies, Consumer<Session> handler) throws ServletException, IOException {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/account/show");
		request.setServerName("shop.example.com");
		request.addHeader("Cookie", cookies);
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(request, response,
				(passed, wrapped) -> handler.accept(CurrentSession.of((HttpServletRequest) passed)));
		return response.getHeaders("Set-Cookie");
	}

	@Test
	void aLogoutDeletesTheCookieOfFormerSettingsToo() throws Exception {
		String cookie = cookie("alice");
		assertThat(setCookies(cookie + "; " + cookie, Session::destroy)).hasSize(10)
			.allMatch((setCookie) -> setCookie.startsWith("__session=; ") && setCookie.contains("Max-Age=0"))
			.anyMatch((setCookie) -> setCookie.contains("; Path=/; Max-Age"))
			.anyMatch((setCookie) -> setCookie.contains("; Path=/; Domain=shop.example.com"))
			.anyMatch((setCookie) -> setCookie.contains("; Path=/; Domain=example.com"))
			.anyMatch((setCookie) -> setCookie.contains("; Path=/account; Max-Age"));
		assertThat(this.storage.getSession(cookie).isNew()).isTrue();
	}

	@Test
	void aLogoutWithOneCookieDeletesOne() throws Exception {
		assertThat(setCookies(cookie("alice") + "; __session=junk", Session::destroy)).hasSize(1);
	}

	@Test
	void aPlantedCookieIsDeletedAndTheRightOneCountsAgain() throws Exception {
		String right = cookie("alice");
		assertThat(setCookies(right + "; " + cookie("mallory"), (session) -> assertThat(session.get("user")).isNull()))
			.hasSize(9)
			.noneMatch((setCookie) -> setCookie.contains("; Path=/; Max-Age"));
		assertThat(setCookies(right, (session) -> assertThat(session.get("user")).isEqualTo("alice"))).isEmpty();
	}

	@Test
	void aCookieTwiceIsNoReasonToDeleteAnything() throws Exception {
		String cookie = cookie("alice");
		assertThat(setCookies(cookie + "; " + cookie, (session) -> assertThat(session.get("user")).isEqualTo("alice")))
			.isEmpty();
	}

}
