package io.sessionkit.spring.web;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.Forge;
import io.sessionkit.spring.app.RawClient;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A valid cookie with anything wrong is worth nothing.
 */
class DamagedCookieTests {

	private static final int AT_ONCE = 32;

	private final CapturedLog log = CapturedLog.ofEverybody();

	static Stream<RunningApp> apps() {
		return Stream.of(RunningApp.withCookies(), RunningApp.withStore());
	}

	@AfterEach
	void nothingWasLogged() {
		this.log.close();
		assertThat(this.log.messages(Level.ERROR)).isEmpty();
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void everyBitOfItsBytesCounts(RunningApp app) {
		String cookie = Forge.like(app).cookie("m");
		byte[] bytes = Base64.getUrlDecoder().decode(cookie.substring(3));
		List<String> damaged = new ArrayList<>();
		for (int bit = 0; bit < bytes.length * 8; bit++) {
			bytes[bit / 8] ^= (byte) (1 << (bit % 8));
			damaged.add(cookie.substring(0, 3) + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
			bytes[bit / 8] ^= (byte) (1 << (bit % 8));
		}
		assertWorthless(app, damaged);
		assertThat(app.browser().cookie(cookie).get("/mark").body()).isEqualTo("m");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void everyBitOfItsTextCounts(RunningApp app) {
		String cookie = Forge.like(app).cookie("m");
		for (int bit = 0; bit < cookie.length() * 8; bit++) {
			char[] text = cookie.toCharArray();
			text[bit / 8] ^= (char) (1 << (bit % 8));
			String answer = RawClient.get(app, "/get?name=mark", "Cookie: __Host-session=" + new String(text));
			assertThat(answer).as("bit %d", bit)
				.satisfiesAnyOf((it) -> assertThat(it).endsWith("\r\n\r\nnull"),
						(it) -> assertThat(it).startsWith("HTTP/1.1 400"));
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void everyCharacterCounts(RunningApp app) {
		String cookie = Forge.like(app).cookie("m");
		List<String> damaged = new ArrayList<>();
		for (int length = 1; length < cookie.length(); length++) {
			damaged.add(cookie.substring(0, length));
			damaged.add(cookie.substring(length));
		}
		for (String tail : List.of("A", "AAAA", "=", "==", ".AAAA")) {
			damaged.add(cookie + tail);
		}
		assertWorthless(app, damaged);
	}

	/** By a well-behaved client, which keeps its connections. */
	private static void assertWorthless(RunningApp app, List<String> cookies) {
		for (int i = 0; i < cookies.size(); i += AT_ONCE) {
			List<CompletableFuture<Answer>> answers = cookies.subList(i, Math.min(i + AT_ONCE, cookies.size()))
				.stream()
				.map((cookie) -> app.browser().cookie(cookie).sendAsync("GET", "/mark"))
				.toList();
			for (CompletableFuture<Answer> answer : answers) {
				assertThat(answer.join().status()).isEqualTo(200);
				assertThat(answer.join().body()).isEqualTo("none");
				assertThat(answer.join().sessionCookies()).isEmpty();
			}
		}
	}

}
