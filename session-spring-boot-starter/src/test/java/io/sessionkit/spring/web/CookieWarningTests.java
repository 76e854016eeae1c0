package io.sessionkit.spring.web;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps a cookie from coming back: a filter that says so is obeyed, everything else
 * is warned of once.
 */
class CookieWarningTests {

	private static final String SAFARI = "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) "
			+ "Version/26.0 Safari/605.1.15";

	@SuppressWarnings("UnnecessaryLambda") // many requests do it
	private static final Consumer<Session> LOGIN = (session) -> session.set("user", "42");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private static SessionFilter filter(Consumer<SessionCookie.Builder> options) {
		SessionCookie.Builder cookie = SessionCookie.builder("__session")
			.encryptedWith("a secret of at least thirty-two bytes");
		options.accept(cookie);
		return new SessionFilter(SessionStorage.inCookie(cookie.build()));
	}

	private static MockHttpServletRequest request(String scheme, String host, String path) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		request.setScheme(scheme);
		request.setSecure(scheme.equals("https"));
		request.setServerName(host);
		return request;
	}

	private static void visit(SessionFilter filter, HttpServletRequest request, HttpServletResponse response,
			Consumer<Session> handler) throws Exception {
		FilterChain chain = (passed, wrapped) -> handler.accept(CurrentSession.of((HttpServletRequest) passed));
		filter.doFilter(request, response, chain);
	}

	private static List<String> warnings(Work work) throws Exception {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			work.run();
			return log.messages(Level.WARN);
		}
	}

	private interface Work {

		void run() throws Exception;

	}

	@Test
	void aFilterThatDropsTheCookieIsObeyed() throws Exception {
		HttpServletResponse dropping = new HttpServletResponseWrapper(this.response) {

			@Override
			public void addHeader(String name, String value) {
				if (!name.equals("Set-Cookie")) {
					super.addHeader(name, value);
				}
			}

		};
		visit(filter((cookie) -> {
		}), request("https", "example.com", "/"), dropping, LOGIN);
		assertThat(this.response.getHeaders("Set-Cookie")).isEmpty();
		assertThat(this.response.getHeaders("Cache-Control")).isEmpty();
	}

	@Test
	void aFilterThatRewritesTheCookieIsObeyed() throws Exception {
		HttpServletResponse rewriting = new HttpServletResponseWrapper(this.response) {

			@Override
			public void addHeader(String name, String value) {
				super.addHeader(name, value.replace("SameSite=Lax", "SameSite=Strict"));
			}

		};
		visit(filter((cookie) -> {
		}), request("https", "example.com", "/"), rewriting, LOGIN);
		assertThat(this.response.getHeaders("Set-Cookie")).singleElement().asString().contains("SameSite=Strict");
		assertThat(this.response.getHeaders("Cache-Control")).containsExactly("no-store");
	}

	@Test
	void aNumberIsNoWayToLetACacheKeepTheCookieEither() throws Exception {
		filter((cookie) -> {
		}).doFilter(request("https", "example.com", "/"), this.response, (passed, wrapped) -> {
			LOGIN.accept(CurrentSession.of((HttpServletRequest) passed));
			HttpServletResponse out = (HttpServletResponse) wrapped;
			out.getWriter().print("a");
			out.setIntHeader("X-Accel-Expires", 600);
			out.addIntHeader("X-Accel-Expires", 600);
			out.setIntHeader("X-Other", 600);
		});
		assertThat(this.response.getHeaders("Set-Cookie")).hasSize(1);
		assertThat(this.response.getHeaders("X-Accel-Expires")).containsExactly("0");
		assertThat(this.response.getHeaders("X-Other")).containsExactly("600");
	}

	@Test
	void aDomainThatTheHostIsNotBelowOfIsWarnedOfOnce() throws Exception {
		SessionFilter filter = filter((cookie) -> cookie.domain("example.com"));
		assertThat(warnings(() -> {
			visit(filter, request("https", "shop.example.com", "/"), new MockHttpServletResponse(), LOGIN);
			visit(filter, request("https", "EXAMPLE.com", "/"), new MockHttpServletResponse(), LOGIN);
		})).isEmpty();
		assertThat(warnings(() -> {
			visit(filter, request("https", "notexample.com", "/"), new MockHttpServletResponse(), LOGIN);
			visit(filter, request("https", "localhost", "/"), new MockHttpServletResponse(), LOGIN);
		})).singleElement().asString().contains("Domain=example.com", "notexample.com", "sessionkit.cookie.domain");
	}

	@Test
	void aPathThatTheRequestIsNotBelowOfIsWarnedOfOnce() throws Exception {
		SessionFilter filter = filter((cookie) -> cookie.path("/shop"));
		assertThat(warnings(() -> {
			visit(filter, request("https", "example.com", "/shop"), new MockHttpServletResponse(), LOGIN);
			visit(filter, request("https", "example.com", "/shop/cart"), new MockHttpServletResponse(), LOGIN);
		})).isEmpty();
		assertThat(warnings(() -> {
			visit(filter, request("https", "example.com", "/shopping"), new MockHttpServletResponse(), LOGIN);
			visit(filter, request("https", "example.com", "/"), new MockHttpServletResponse(), LOGIN);
		})).singleElement().asString().contains("Path=/shop", "/shopping", "sessionkit.cookie.path");
	}

	@Test
	void aBrowserThatKeepsNoSecureCookieOnLocalhostIsWarnedOfOnce() throws Exception {
		SessionFilter filter = filter((cookie) -> {
		});
		assertThat(warnings(() -> {
			visit(filter, local(SAFARI), this.response, LOGIN);
			MockHttpServletRequest sending = local(SAFARI);
			sending.addHeader("Cookie", "__session=" + this.response.getCookie("__session").getValue());
			visit(filter, sending, new MockHttpServletResponse(), (session) -> session.get("user"));
			visit(filter, local("Mozilla/5.0 another"), new MockHttpServletResponse(),
					(session) -> session.get("user"));
		})).isEmpty();
		assertThat(warnings(() -> {
			for (int i = 0; i < 2; i++) {
				visit(filter, local(SAFARI), new MockHttpServletResponse(), (session) -> session.get("user"));
			}
		})).singleElement().asString().contains("Safari", "sessionkit.cookie.secure=false");
	}

	@Test
	void aBrowserThatWasLoggedOutIsNotWarnedOf() throws Exception {
		SessionFilter filter = filter((cookie) -> {
		});
		assertThat(warnings(() -> {
			visit(filter, local(SAFARI), this.response, LOGIN);
			MockHttpServletRequest sending = local(SAFARI);
			sending.addHeader("Cookie", "__session=" + this.response.getCookie("__session").getValue());
			visit(filter, sending, new MockHttpServletResponse(), Session::destroy);
			visit(filter, local(SAFARI), new MockHttpServletResponse(), (session) -> session.get("user"));
		})).isEmpty();
	}

	private static MockHttpServletRequest local(String agent) {
		MockHttpServletRequest request = request("http", "localhost", "/");
		request.addHeader("User-Agent", agent);
		return request;
	}

	@Test
	void headersThatAProxyMayNotTakeAreWarnedOfOnce() throws Exception {
		SessionFilter filter = filter((cookie) -> {
		});
		assertThat(warnings(() -> visit(filter, request("https", "example.com", "/"), new MockHttpServletResponse(),
				(session) -> session.set("text", "x".repeat(2500)))))
			.isEmpty();
		assertThat(warnings(() -> {
			for (int i = 0; i < 2; i++) {
				visit(filter, request("https", "example.com", "/"), new MockHttpServletResponse(),
						(session) -> session.set("text", "x".repeat(2850)));
			}
		})).singleElement().asString().contains("nginx", "proxy_buffer_size 16k; proxy_buffers 8 16k;", "502");
	}

	/** As Tomcat names them. */
	private static final class Repeating extends MockHttpServletResponse {

		@Override
		public Collection<String> getHeaderNames() {
			return super.getHeaderNames().stream()
				.flatMap((name) -> getHeaders(name).stream().map((value) -> name))
				.toList();
		}

	}

	@Test
	void eachHeaderIsCountedOnceAlsoBesideOtherCookies() throws Exception {
		SessionFilter filter = filter((cookie) -> {
		});
		Repeating answer = new Repeating();
		answer.addHeader("Set-Cookie", "theme=dark");
		assertThat(warnings(() -> visit(filter, request("https", "example.com", "/"), answer,
				(session) -> session.set("text", "x".repeat(1800)))))
			.isEmpty();
		assertThat(answer.getHeaders("Set-Cookie")).hasSize(2);
	}

}
