package io.sessionkit.spring.web;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.Forge;
import io.sessionkit.spring.app.RawClient;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a client sends as our cookie, it gets an anonymous session and no error (G6).
 */
class HostileCookieTests {

	private static final String OTHER_SECRET = "another secret of at least 32 bytes, 0123456789";

	private static final SessionCookie UNSIGNED = SessionCookie.builder("__Host-session").build();

	private final CapturedLog log = CapturedLog.ofEverybody();

	static Stream<RunningApp> apps() {
		return Stream.of(RunningApp.withCookies(), RunningApp.withStore());
	}

	@AfterEach
	void nothingWasLogged() {
		this.log.close();
		assertThat(this.log.messages(Level.ERROR)).isEmpty();
		assertThat(this.log.messages(Level.WARN)).isEmpty();
	}

	private static void assertAnonymous(RunningApp app, String... headers) {
		String answer = RawClient.get(app, "/get?name=mark", headers);
		assertThat(answer).as(String.join("|", headers)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nnull");
	}

	private static void assertRead(RunningApp app, String mark, String... headers) {
		String answer = RawClient.get(app, "/get?name=mark", headers);
		assertThat(answer).as(String.join("|", headers)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n" + mark);
	}

	/** Where the container itself may say that this is no request. */
	private static void assertHarmless(RunningApp app, String... headers) {
		String answer = RawClient.get(app, "/get?name=mark", headers);
		assertThat(answer.startsWith("HTTP/1.1 400") || answer.endsWith("\r\n\r\nnull")).as(answer).isTrue();
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void noCookieAndEmptyOnes(RunningApp app) {
		assertAnonymous(app);
		for (String header : List.of("", ";", "=", "__Host-session", "__Host-session=", "__Host-session=\"\"",
				"__Host-session=\"", "__Host-session;__Host-session=;", "; ;=;__Host-session==", "other=1",
				"__HOST-SESSION=" + Forge.like(app).cookie("m"), "x__Host-session=" + Forge.like(app).cookie("m"),
				"__Host-session" + Forge.like(app).cookie("m"))) {
			assertAnonymous(app, "Cookie: " + header);
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void rawBytes(RunningApp app) {
		StringBuilder all = new StringBuilder();
		for (char raw = 0x80; raw <= 0xFF; raw++) {
			assertAnonymous(app, "Cookie: __Host-session=" + raw);
			all.append(raw);
		}
		assertAnonymous(app, "Cookie: __Host-session=" + all);
		assertAnonymous(app,
				"Cookie: " + all + "=" + all + "; __Host-session=s1." + all + "; __Host-session=i1." + all);
		for (char raw = 0x01; raw < 0x20; raw++) {
			assertHarmless(app, "Cookie: __Host-session=s1.AA" + raw + "AA");
		}
		assertHarmless(app, "Cookie: __Host-session=s1.AA\0AA");
		assertHarmless(app, "Cookie: __Host-session=s1.AA\u007fAA");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void tooMuch(RunningApp app) {
		assertHarmless(app, "Cookie: __Host-session=" + "A".repeat(16 * 1024));
		assertHarmless(app, "Cookie: __Host-session=s1." + "A".repeat(16 * 1024));
		assertAnonymous(app, "Cookie: __Host-session=s1." + "A".repeat(7000));
		assertAnonymous(app, "Cookie: __Host-session=i1." + "A".repeat(7000));
		assertAnonymous(app, "Cookie: " + "__Host-session=x; ".repeat(200));
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void junk(RunningApp app) {
		String json = "[{\"mark\":\"m\"},{}]";
		for (String junk : List.of("x", ".", "s1.", "i1.", "s1", "u1.", "s1.!!!!", "i1.====", "null", "deleted", "%00",
				"../../etc/passwd", "${jndi:ldap://x}", "\"", json, base64(json), base64("{\"mark\":\"m\"}"),
				"s1." + base64(json), "i1." + base64(json), base64("junk"), "s1." + base64("junk".repeat(40)),
				"i1." + base64("junk".repeat(40)), base64(json) + "." + base64("signature"), "eyJtYXJrIjoibSJ9.AAAA")) {
			assertAnonymous(app, "Cookie: __Host-session=" + junk);
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void validElsewhere(RunningApp app) {
		RunningApp other = app.hasStore() ? RunningApp.withCookies() : RunningApp.withStore();
		String foreign = Forge.like(other).cookie("m");
		String own = Forge.like(app).cookie("m");
		assertRead(app, "m", "Cookie: __Host-session=" + own);
		assertAnonymous(app, "Cookie: __Host-session=" + foreign);
		assertAnonymous(app, "Cookie: __Host-session=" + own.substring(0, 3) + foreign.substring(3));
		assertAnonymous(app, "Cookie: __Host-session=" + foreign.substring(0, 3) + own.substring(3));
		assertAnonymous(app, "Cookie: __Host-session=" + Forge.like(app).name("__session").cookie("m"));
		assertAnonymous(app, "Cookie: __Host-session=" + Forge.like(app).secret(OTHER_SECRET).cookie("m"));
		for (SessionCookie cookie : List.of(UNSIGNED,
				SessionCookie.builder("__Host-session").signedWith(RunningApp.SECRET).build(),
				SessionCookie.builder("__Host-session").encryptedWith(RunningApp.SECRET).build())) {
			String header = cookie.serialize("[{\"mark\":\"m\"},{}]");
			assertAnonymous(app, "Cookie: " + header.substring(0, header.indexOf(';')));
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void unknownVersions(RunningApp app) {
		String own = Forge.like(app).cookie("m");
		assertAnonymous(app, "Cookie: __Host-session=" + own.charAt(0) + "2" + own.substring(2));
		assertAnonymous(app, "Cookie: __Host-session=" + own.charAt(0) + "0" + own.substring(2));
		byte[] bytes = Base64.getUrlDecoder().decode(own.substring(3));
		for (int version : List.of(0, 2, 127, 255)) {
			bytes[0] = (byte) version;
			assertAnonymous(app,
					"Cookie: __Host-session=" + own.substring(0, 3) + base64(new String(bytes, ISO_8859_1)));
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void severalCookies(RunningApp app) {
		Forge forge = Forge.like(app);
		String right = forge.cookie("right");
		String planted = forge.cookie("planted");
		assertAnonymous(app, "Cookie: __Host-session=" + right + "; __Host-session=" + planted);
		assertAnonymous(app, "Cookie: __Host-session=" + planted, "Cookie: __Host-session=" + right);
		assertRead(app, "right", "Cookie: __Host-session=" + right + "; __Host-session=" + right);
		assertRead(app, "right", "Cookie: a=b", "Cookie: __Host-session=" + right, "Cookie: c=d");
		assertRead(app, "right", "Cookie: " + "__Host-session=x; ".repeat(199) + "__Host-session=" + right);
		assertAnonymous(app, "Cookie: __Host-session=x", "Cookie: __Host-session=y");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void oldSyntax(RunningApp app) {
		String own = Forge.like(app).cookie("m");
		assertAnonymous(app, "Cookie: $Version=1; __Host-session=\"x\"");
		assertRead(app, "m", "Cookie: $Version=1; __Host-session=\"" + own + "\"; $Path=/");
		assertRead(app, "m", "Cookie:__Host-session = " + own + " ;");
		assertAnonymous(app, "Cookie: __Host-session=" + own + ",__Host-session=" + own);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void whoSendsJunkCanStillLogInAndOut(RunningApp app) {
		for (String junk : List.of("x", "i1.AAAA", "s1.AAAA")) {
			String login = RawClient.get(app, "/set?name=mark&value=new", "Cookie: __Host-session=" + junk);
			assertThat(login).startsWith("HTTP/1.1 200").containsOnlyOnce("Set-Cookie: __Host-session=");
			String logout = RawClient.get(app, "/destroy", "Cookie: __Host-session=" + junk);
			assertThat(logout).startsWith("HTTP/1.1 200").containsOnlyOnce("Set-Cookie: __Host-session=;");
		}
	}

	private static String base64(String text) {
		byte[] bytes = text.getBytes(ISO_8859_1);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
