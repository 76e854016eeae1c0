package io.sessionkit.spring.test;

import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.client.ExchangeResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Provides sessions for tests, to be statically imported together with
 * {@link SessionAssertions}. With MockMvc and {@code MockMvcTester}: <pre>{@code
 * MvcTestResult result = mvc.post().uri("/cart").with(session((s) -> s.set("userId", "42"))).exchange();
 * assertThat(session(result)).hasValue("userId", "42").hasFlash("notice", "Added");
 * }</pre> With {@code RestTestClient}, also against a running server: <pre>{@code
 * ExchangeResult result = client.post().uri("/cart")
 *     .cookies(session(storage, (s) -> s.set("userId", "42")))
 *     .exchange().returnResult();
 * assertThat(session(storage, result)).hasValue("userId", "42");
 * }</pre>
 *
 * <p>
 * These sessions are real. They are saved with the application's own
 * {@link SessionStorage}, and the request sends the cookie that a browser would send.
 */
public final class TestSessions {

	private TestSessions() {
	}

	/**
	 * Gives a MockMvc request a session, or changes the session of the cookie that the
	 * request already has. The {@link SessionStorage} comes from the application context
	 * of MockMvc.
	 * @param content sets the content of the session
	 * @return a post-processor for {@code with(...)}; it throws an
	 * {@link IllegalStateException} if MockMvc has no application context, or if the
	 * context has no {@link SessionStorage}
	 */
	public static RequestPostProcessor session(Consumer<SessionContent> content) {
		return (request) -> {
			SentCookie cookie = SentCookie.of(storage(request), cookieHeader(request), content);
			request.setCookies(cookie.among(request.getCookies()));
			return request;
		};
	}

	/**
	 * Gives a request of {@code RestTestClient}, or of any other client, a session.
	 * @param storage the application's storage
	 * @param content sets the content of the session
	 * @return a consumer for {@code cookies(...)}
	 */
	public static Consumer<MultiValueMap<String, String>> session(SessionStorage storage,
			Consumer<SessionContent> content) {
		return (cookies) -> {
			SentCookie cookie = SentCookie.of(storage, null, content);
			cookies.set(cookie.name(), cookie.value());
		};
	}

	/**
	 * Returns the session that the browser has after a MockMvc exchange. It belongs to
	 * the cookie that the response set or, if there is none, to the cookie that the
	 * request sent. Reading its flash attributes does not consume them for the browser.
	 * @param result the result of the exchange
	 * @return the session. It is new if the browser has no valid cookie, and destroyed if
	 * the response deleted the cookie and the session has ended. If the response deleted
	 * only the cookie, it is the session that a copy of the cookie still opens
	 * @throws IllegalStateException if MockMvc has no application context, or the context
	 * has no {@link SessionStorage}
	 */
	public static Session session(MvcResult result) {
		return after(storage(result.getRequest()), cookieHeader(result.getRequest()),
				result.getResponse().getHeaders(HttpHeaders.SET_COOKIE));
	}

	/**
	 * Returns the session that the browser has after an exchange of
	 * {@code RestTestClient}, like {@link #session(MvcResult)}.
	 * @param storage the application's storage
	 * @param result the result of the exchange
	 * @return the session
	 */
	public static Session session(SessionStorage storage, ExchangeResult result) {
		List<String> sent = result.getRequestHeaders().getOrEmpty(HttpHeaders.COOKIE);
		return after(storage, String.join(";", sent), result.getResponseHeaders().getOrEmpty(HttpHeaders.SET_COOKIE));
	}

	private static Session after(SessionStorage storage, @Nullable String sent, List<String> setCookies) {
		String name = SentCookie.nameOf(storage);
		SentCookie last = null;
		for (String setCookie : setCookies) {
			SentCookie cookie = SentCookie.of(setCookie);
			last = cookie.name().equals(name) ? cookie : last;
		}
		Session session = storage.getSession((last != null) ? last.header() : sent);
		if (last == null || !last.value().isEmpty()) {
			return session;
		}
		Session former = storage.getSession(sent);
		if (!storage.isShared() && !former.isNew()) {
			return former; // only the browser's copy is gone
		}
		session.destroy();
		return session;
	}

	private static String cookieHeader(HttpServletRequest request) {
		return String.join(";", Collections.list(request.getHeaders(HttpHeaders.COOKIE)));
	}

	private static SessionStorage storage(HttpServletRequest request) {
		WebApplicationContext context = WebApplicationContextUtils
			.getWebApplicationContext(request.getServletContext());
		SessionStorage storage = (context != null) ? context.getBeanProvider(SessionStorage.class).getIfAvailable()
				: null;
		if (storage == null) {
			throw new IllegalStateException(
					"MockMvc has no application context with a SessionStorage; build it with @AutoConfigureMockMvc, "
							+ "@WebMvcTest or MockMvcBuilders.webAppContextSetup(context), and add SessionFilter "
							+ "where Spring Boot does not");
		}
		return storage;
	}

}
