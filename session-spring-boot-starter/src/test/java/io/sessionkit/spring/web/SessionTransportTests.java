package io.sessionkit.spring.web;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Clients without cookies keep their session in a header.
 */
class SessionTransportTests {

	private static final SessionCookie COOKIE = SessionCookie.builder("__session")
		.encryptedWith("a secret of at least thirty-two bytes")
		.build();

	static Stream<SessionStorage> storages() {
		return Stream.of(SessionStorage.inCookie(COOKIE),
				SessionStorage.of(
						SessionCookie.builder("__session").signedWith("a secret of at least thirty-two bytes").build(),
						new MemoryStorageStrategy()));
	}

	private static MockHttpServletResponse send(SessionStorage storage, SessionTransport transport,
			MockHttpServletRequest request, Consumer<Session> handler) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		try {
			new SessionFilter(storage, HttpSessions.enabled(), transport, List.of()).doFilter(request, response,
					(passed, answered) -> handler.accept(RequestSession.of(passed).get()));
		}
		catch (IOException | ServletException ex) {
			throw new IllegalStateException(ex);
		}
		return response;
	}

	private static MockHttpServletRequest request(String header, @Nullable String value) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		if (value != null) {
			request.addHeader(header, value);
		}
		return request;
	}

	private static String sent(MockHttpServletResponse response, String header) {
		return Objects.requireNonNull(response.getHeader(header));
	}

	@ParameterizedTest
	@MethodSource("storages")
	void theSessionComesAndGoesInTheHeaderAlone(SessionStorage storage) {
		SessionTransport transport = SessionTransport.header("X-Auth-Token");
		MockHttpServletResponse login = send(storage, transport, request("X-Auth-Token", null),
				(session) -> session.set("userId", "42"));
		assertThat(login.getHeaderNames()).doesNotContain("Set-Cookie");
		assertThat(login.getHeaders("Vary")).containsExactly("X-Auth-Token");
		assertThat(login.getHeader("Cache-Control")).isEqualTo("no-store");
		String token = sent(login, "X-Auth-Token");
		MockHttpServletResponse page = send(storage, transport, request("X-Auth-Token", token),
				(session) -> assertThat(session.get("userId")).isEqualTo("42"));
		assertThat(page.getHeader("X-Auth-Token")).isNull();
		MockHttpServletResponse logout = send(storage, transport, request("X-Auth-Token", token), Session::destroy);
		assertThat(sent(logout, "X-Auth-Token")).isEmpty();
		send(storage, transport, request("X-Auth-Token", token),
				(session) -> assertThat(session.get("userId")).isNull());
	}

	@ParameterizedTest
	@MethodSource("storages")
	void aCookieIsNotReadWhereTheHeaderIsTheOnlyWay(SessionStorage storage) {
		String cookie = cookie(storage);
		send(storage, SessionTransport.header("X-Auth-Token"), request("Cookie", cookie),
				(session) -> assertThat(session.get("userId")).isNull());
	}

	@ParameterizedTest
	@MethodSource("storages")
	void aBrowserGetsACookieAndAClientThatAsksForItTheHeader(SessionStorage storage) {
		SessionTransport both = SessionTransport.cookieOrHeader("X-Auth-Token");
		MockHttpServletResponse browser = send(storage, both, new MockHttpServletRequest(),
				(session) -> session.set("userId", "42"));
		assertThat(browser.getHeader("X-Auth-Token")).isNull();
		assertThat(browser.getHeader("Set-Cookie")).startsWith("__session=");
		MockHttpServletResponse client = send(storage, both, request("X-Auth-Token", ""),
				(session) -> session.set("userId", "43"));
		assertThat(client.getHeader("Set-Cookie")).isNull();
		MockHttpServletRequest twice = request("X-Auth-Token", sent(client, "X-Auth-Token"));
		twice.addHeader("Cookie", cookie(storage));
		send(storage, both, twice, (session) -> assertThat(session.get("userId")).isEqualTo("43"));
	}

	private static String cookie(SessionStorage storage) {
		Session session = storage.getSession(null);
		session.set("userId", "42");
		String header = Objects.requireNonNull(storage.commitSession(session));
		return header.substring(0, header.indexOf(';'));
	}

	@ParameterizedTest
	@MethodSource("storages")
	void authorizationHasTheSchemeBearerBothWays(SessionStorage storage) {
		SessionTransport both = SessionTransport.cookieOrHeader("Authorization");
		MockHttpServletResponse login = send(storage, both, request("Authorization", "Bearer"),
				(session) -> session.set("userId", "42"));
		assertThat(sent(login, "Authorization")).startsWith("Bearer ");
		send(storage, both, request("Authorization", sent(login, "Authorization").replace("Bearer", "bearer")),
				(session) -> assertThat(session.get("userId")).isEqualTo("42"));
		MockHttpServletRequest basic = request("Authorization", "Basic dTpw");
		basic.addHeader("Cookie", cookie(storage));
		send(storage, both, basic, (session) -> assertThat(session.get("userId")).isEqualTo("42"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "a; __session=b", "\"", "s1.AAAA", "\u00e9", "=", "a b" })
	void anyOtherValueIsNoSession(String value) {
		storages().forEach((storage) -> {
			MockHttpServletResponse answer = send(storage, SessionTransport.header("X-Auth-Token"),
					request("X-Auth-Token", value), (session) -> assertThat(session.isNew()).isTrue());
			assertThat(answer.getHeader("Set-Cookie")).isNull();
		});
	}

	@Test
	void aCookieOfAnotherBrowserCannotBeSmuggledIntoTheHeader() {
		SessionStorage storage = SessionStorage.inCookie(COOKIE);
		send(storage, SessionTransport.header("X-Auth-Token"), request("X-Auth-Token", "x; " + cookie(storage)),
				(session) -> assertThat(session.get("userId")).isNull());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Cookie", "set-cookie", "a b", "a:b", "\n" })
	void aNameThatIsNoneIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> SessionTransport.header(name))
			.withMessageContaining("is not a valid session header");
	}

}
