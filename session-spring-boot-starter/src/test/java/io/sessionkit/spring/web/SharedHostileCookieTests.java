package io.sessionkit.spring.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.ExitApp;
import io.sessionkit.spring.app.Forge;
import io.sessionkit.spring.app.RawClient;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a client sends as the cookie that is shared with a peer, it gets an anonymous
 * session and no error (G6).
 */
class SharedHostileCookieTests {

	@Nested
	class ReactRouter extends Cases {

		ReactRouter() {
			super(CookieFormat.REACT_ROUTER);
		}

	}

	@Nested
	class Remix extends Cases {

		Remix() {
			super(CookieFormat.REMIX);
		}

	}

	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	abstract static class Cases {

		private final CookieFormat format;

		private RunningApp app;

		private CapturedLog log;

		Cases(CookieFormat format) {
			this.format = format;
		}

		@BeforeAll
		void start() {
			this.app = RunningApp.start(ExitApp.class, "sessionkit.format=" + this.format);
			this.log = CapturedLog.ofEverybody();
		}

		@AfterAll
		void stop() {
			this.log.close();
			this.app.close();
		}

		@AfterEach
		void nothingWasLogged() {
			assertThat(this.log.messages(Level.ERROR)).isEmpty();
			assertThat(this.log.messages(Level.WARN)).isEmpty();
		}

		private String own(CookieFormat format, String secret) {
			SessionCookie cookie = SessionCookie.builder("__session").format(format).signedWith(secret).build();
			String header = SessionStorage.inCookie(cookie).commitSession(Session.create(Map.of("mark", "m")));
			return header.substring("__session=".length(), header.indexOf(';'));
		}

		private String answer(String... headers) {
			return RawClient.get(this.app, "/get?name=mark", headers);
		}

		private void assertAnonymous(String value) {
			assertThat(answer("Cookie: __session=" + value)).as(value)
				.startsWith("HTTP/1.1 200")
				.endsWith("\r\n\r\nnull");
		}

		/** Where the container itself may say that this is no request. */
		private void assertHarmless(String value) {
			String answer = answer("Cookie: __session=" + value);
			assertThat(answer.startsWith("HTTP/1.1 400") || answer.endsWith("\r\n\r\nnull")).as(answer).isTrue();
		}

		@Test
		void theCookieOfThePeerIsRead() {
			String own = own(this.format, RunningApp.SECRET);
			assertThat(answer("Cookie: __session=" + own)).endsWith("\r\n\r\nm");
			assertThat(answer("Cookie: __session=x; __session=" + own)).endsWith("\r\n\r\nm");
			assertThat(answer("Cookie: __session=x", "Cookie: __session=\"" + own + "\"")).endsWith("\r\n\r\nm");
		}

		@Test
		void everyFlippedBit() {
			String own = own(this.format, RunningApp.SECRET);
			for (int bit = 0; bit < own.length() * 8; bit++) {
				char[] text = own.toCharArray();
				text[bit / 8] ^= (char) (1 << (bit % 8));
				if (text[bit / 8] != ';') {
					assertHarmless(new String(text));
				}
			}
		}

		@Test
		void rawBytes() {
			for (char raw = 0x80; raw <= 0xFF; raw++) {
				assertAnonymous("e30" + raw + ".");
			}
			for (char raw = 0x00; raw < 0x20; raw++) {
				assertHarmless("e30=." + raw + "AA");
			}
		}

		@Test
		void tooMuch() {
			assertHarmless("A".repeat(16 * 1024));
			assertAnonymous("A".repeat(7000));
			assertAnonymous(".".repeat(7000));
			assertAnonymous("%3D".repeat(2300));
			assertAnonymous("x; __session=".repeat(150));
		}

		@Test
		void junk() {
			for (String junk : List.of("", "x", ".", "%", "%3D", "null", "deleted", "e30=", "e30%3D",
					"${jndi:ldap://x}", "../../etc/passwd", "{\"mark\":\"m\"}", "eyJtYXJrIjoibSJ9.AAAA",
					"eyJtYXJrIjoibSJ9", "eyJtYXJrIjoibSJ9." + "A".repeat(43), "s1.AAAA", "i1.AAAA")) {
				assertAnonymous(junk);
			}
		}

		@Test
		void validElsewhere() {
			assertAnonymous(own(this.format, "another secret of at least 32 bytes, 0123456789"));
			assertAnonymous(Forge.like(RunningApp.withCookies()).cookie("m"));
			assertAnonymous(Forge.like(RunningApp.withStore()).cookie("m"));
			for (CookieFormat other : Arrays.asList(CookieFormat.values())) {
				if (other != this.format) {
					assertAnonymous(own(other, RunningApp.SECRET));
				}
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "x", "e30=.AAAA", "s1.AAAA" })
		void whoSendsJunkCanStillLogInAndOut(String junk) {
			String login = RawClient.get(this.app, "/set?name=mark&value=new", "Cookie: __session=" + junk);
			assertThat(login).startsWith("HTTP/1.1 200").containsOnlyOnce("Set-Cookie: __session=");
			String logout = RawClient.get(this.app, "/destroy", "Cookie: __session=" + junk);
			assertThat(logout).startsWith("HTTP/1.1 200").containsOnlyOnce("Set-Cookie: __session=;");
		}

	}

}
