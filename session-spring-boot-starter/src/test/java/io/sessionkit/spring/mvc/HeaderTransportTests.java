package io.sessionkit.spring.mvc;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.RunningApp;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring MVC keeps in sessions by itself, for clients that send theirs in a header.
 */
class HeaderTransportTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static RunningApp app;

	private String token = "";

	@BeforeAll
	static void start() {
		app = RunningApp.start(App.class, "sessionkit.transport=header");
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@BeforeEach
	void login() {
		assertThat(get("/login").body()).isEqualTo("logged in");
		app.store().calls();
	}

	@Test
	void aRequestThatNeverAsksForItsSessionCostsNothing() {
		for (String path : List.of("/untouched", "/shown", "/static.txt")) {
			HttpResponse<String> answer = get(path);
			assertThat(answer.statusCode()).as(path).isEqualTo(200);
			assertThat(answer.headers().map()).as(path)
				.doesNotContainKeys("set-cookie", "x-auth-token", "cache-control");
			assertThat(answer.headers().allValues("Vary")).as(path).doesNotContain("X-Auth-Token");
		}
		assertThat(app.store().calls()).isEmpty();
	}

	@Test
	void redirectAttributesReachAPageThatReadsItsSessionAnywayAndSendNoCookie() {
		HttpResponse<String> saved = post("/save");
		assertThat(saved.statusCode()).isEqualTo(302);
		assertThat(saved.headers().map()).doesNotContainKey("set-cookie");
		assertThat(app.store().calls()).containsExactly(Call.READ, Call.UPDATE);
		assertThat(get("/shown").body()).isEqualTo("{}");
		assertThat(app.store().calls()).isEmpty();
		HttpResponse<String> shown = get("/shown?read");
		assertThat(shown.body()).isEqualTo("{count=3, notice=saved, order={name=tea}}");
		assertThat(shown.headers().map()).doesNotContainKey("set-cookie");
		assertThat(app.store().calls()).containsExactly(Call.READ, Call.UPDATE);
		assertThat(get("/shown?read").body()).isEqualTo("{}");
		assertThat(app.store().calls()).containsExactly(Call.READ);
	}

	@Test
	void redirectAttributesThatNobodyTakesDoNotPileUp() {
		post("/save");
		get("/expire");
		post("/save");
		assertThat(get("/count").body()).isEqualTo("1");
	}

	private HttpResponse<String> get(String path) {
		return send(request(path).GET());
	}

	private HttpResponse<String> post(String path) {
		return send(request(path).POST(BodyPublishers.noBody()));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + app.port() + path))
			.header("X-Auth-Token", this.token);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		HttpResponse<String> answer = CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).join();
		this.token = answer.headers().firstValue("X-Auth-Token").orElse(this.token);
		return answer;
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ MvcApp.class, Flash.class })
	static class App {

		@Bean
		Filter reader() {
			return (request, response, chain) -> {
				if (request.getParameter("read") != null) {
					CurrentSession.of((HttpServletRequest) request).get("user");
				}
				chain.doFilter(request, response);
			};
		}

	}

	@RestController
	static class Flash {

		@GetMapping("/expire")
		String expire(Session session) {
			LibraryAttributes attributes = LibraryAttributes.of(session);
			attributes.names()
				.forEach((name) -> attributes.set(name, Map.of("path", "/shown", "expires", 1_000_000_000_000L)));
			return "expired";
		}

		@GetMapping("/count")
		int count(Session session) {
			return LibraryAttributes.of(session).names().size();
		}

	}

}
