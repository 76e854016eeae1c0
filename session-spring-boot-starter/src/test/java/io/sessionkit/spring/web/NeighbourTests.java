package io.sessionkit.spring.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.ExitApp;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two applications on one host, with the same secret and every default.
 */
class NeighbourTests {

	private static RunningApp shop;

	private static RunningApp blog;

	private final HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	@BeforeAll
	static void start() {
		shop = start("server.servlet.context-path=/shop", "logging.level.org.apache.tomcat=info");
		blog = start("server.servlet.context-path=/blog");
	}

	/** The JDK's cookie jar sends secure cookies over https only. */
	private static RunningApp start(String... properties) {
		String[] all = List.of(List.of(properties), List.of("sessionkit.cookie.secure=false"))
			.stream()
			.flatMap(List::stream)
			.toArray(String[]::new);
		return RunningApp.start(ExitApp.class, all);
	}

	@AfterAll
	static void stop() {
		shop.close();
		blog.close();
	}

	@Test
	void neitherTakesNorEndsTheOthersSession() throws IOException, InterruptedException {
		assertThat(setCookie(get(shop, "/shop/set?name=mark&value=cart"))).contains("; Path=/shop;");
		assertThat(get(blog, "/blog/mark").body()).isEqualTo("none");
		assertThat(setCookie(get(blog, "/blog/set?name=mark&value=draft"))).contains("; Path=/blog;");
		assertThat(get(shop, "/shop/mark").body()).isEqualTo("cart");
		assertThat(setCookie(get(blog, "/blog/destroy"))).contains("; Path=/blog;");
		assertThat(get(shop, "/shop/mark").body()).isEqualTo("cart");
		assertThat(get(blog, "/blog/mark").body()).isEqualTo("none");
	}

	@Test
	void whoSharesThePathUnderTheDefaultNameIsWarned() {
		String warning = "sessionkit.cookie.name";
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			start("server.servlet.context-path=/shop", "sessionkit.cookie.path=/").close();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("sessionkit.cookie.path is /", "/shop", warning);
		}
	}

	@Test
	void aLiveCookieThatTomcatCannotReadIsNotLogged() {
		String parser = "org.apache.tomcat.util.http.parser.Cookie";
		assertThat(LoggerFactory.getLogger("org.apache.tomcat.util").isInfoEnabled()).isTrue();
		assertThat(LoggerFactory.getLogger(parser).isInfoEnabled()).isFalse();
		assertThat(LoggerFactory.getLogger(parser).isWarnEnabled()).isTrue();
	}

	private HttpResponse<String> get(RunningApp app, String path) throws IOException, InterruptedException {
		return this.browser.send(HttpRequest.newBuilder(URI.create("http://localhost:" + app.port() + path)).build(),
				BodyHandlers.ofString());
	}

	private static String setCookie(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.headers().firstValue("Set-Cookie").orElse("none");
	}

}
