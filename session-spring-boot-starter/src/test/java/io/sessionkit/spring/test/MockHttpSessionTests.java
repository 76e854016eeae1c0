package io.sessionkit.spring.test;

import java.util.ArrayList;
import java.util.List;

import io.sessionkit.SessionStorage;
import io.sessionkit.spring.event.SessionEvent;
import io.sessionkit.spring.web.SessionFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;

import static io.sessionkit.spring.test.SessionAssertions.assertThat;
import static io.sessionkit.spring.test.SessionAssertions.session;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tests of {@code HttpSession} say, of the one session.
 */
@SpringBootTest(classes = MockHttpSessionTests.MockedApp.class)
@AutoConfigureMockMvc
@RecordApplicationEvents
class MockHttpSessionTests {

	@Autowired
	MockMvcTester mvc;

	@Autowired
	SessionStorage storage;

	@Autowired
	WebApplicationContext context;

	@Autowired
	ApplicationEvents events;

	@Test
	void anAttributeOfTheTestIsInTheSessionAndWhatTheApplicationLeavesIsInTheMock() {
		MvcTestResult result = this.mvc.get().uri("/mocked/add?name=tea").sessionAttr("names", names("cup")).exchange();
		assertThat(result).hasStatusOk().hasBodyTextEqualTo("[cup, tea]");
		assertThat(result.getRequest().getSession().getAttribute("names")).isEqualTo(names("cup", "tea"));
		assertThat(session(result)).hasValue("names");
	}

	@Test
	void aMockSessionGoesFromRequestToRequestAndEnds() {
		MockHttpSession session = new MockHttpSession();
		assertThat(this.mvc.get().uri("/mocked/add?name=a").session(session)).hasBodyTextEqualTo("[a]");
		assertThat(this.mvc.get().uri("/mocked/add?name=b").session(session)).hasBodyTextEqualTo("[a, b]");
		assertThat(this.mvc.get().uri("/mocked/end").session(session)).hasStatusOk();
		assertThat(session.isInvalid()).isTrue();
	}

	@Test
	void aRequestThatNeverAsksForItsSessionStaysSo() {
		String name = SentCookie.nameOf(this.storage);
		MockMvcTester silent = MockMvcTester.from(this.context,
				(builder) -> builder.addFilters(new SessionFilter(this.storage), new MockSessionFilter())
					.addDispatcherServletCustomizer((servlet) -> servlet.setPublishEvents(false))
					.build());
		assertThat(silent.get().uri("/mocked/open").cookie(new Cookie(name, "damaged"))).hasBodyTextEqualTo("open")
			.doesNotContainHeader("Set-Cookie");
		assertThat(this.events.stream(SessionEvent.class)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "end", "renew" })
	void aMockSessionEndsWithOurs(String end) {
		MockHttpSession session = new MockHttpSession();
		session.setAttribute("names", names("old"));
		MvcTestResult result = this.mvc.get().uri("/mocked/" + end).session(session).exchange();
		assertThat(session.isInvalid()).isTrue();
		HttpSession next = result.getRequest().getSession();
		assertThat(next.getAttribute("names")).isEqualTo(end.equals("renew") ? names("new") : null);
	}

	@Test
	void alsoWhereItWasEmptyOrTheRequestFailedAfterwards() {
		MockHttpSession empty = new MockHttpSession();
		assertThat(this.mvc.get().uri("/mocked/end").session(empty)).hasStatusOk();
		assertThat(empty.isInvalid()).isTrue();
		MockHttpSession session = new MockHttpSession();
		session.setAttribute("names", names("old"));
		assertThat(this.mvc.get().uri("/mocked/end-and-fail").session(session)).hasFailed();
		assertThat(session.isInvalid()).isTrue();
	}

	@Test
	void aNewIdIsSeen() {
		MockHttpSession session = new MockHttpSession();
		session.setAttribute("names", names("a"));
		String before = session.getId();
		assertThat(this.mvc.get().uri("/mocked/new-id").session(session)).hasStatusOk();
		assertThat(session.getId()).isNotEqualTo(before);
		assertThat(session.getAttribute("names")).isEqualTo(names("a"));
	}

	@Test
	void whatCannotBeStoredFailsWithTheLineToAdd() {
		assertThat(this.mvc.get().uri("/mocked/open").sessionAttr("names", new Thread())).failure()
			.hasMessageContaining("sessionkit.http-session.allowed-types=java.lang.Thread");
	}

	private static List<String> names(String... names) {
		return new ArrayList<>(List.of(names));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Mocked.class)
	static class MockedApp {

	}

	@RestController
	static class Mocked {

		@GetMapping("/mocked/add")
		@SuppressWarnings("unchecked")
		String add(@RequestParam String name, HttpSession session) {
			List<String> names = (List<String>) session.getAttribute("names");
			names = (names != null) ? names : new ArrayList<>();
			names.add(name);
			session.setAttribute("names", names);
			return names.toString();
		}

		@GetMapping("/mocked/open")
		String open() {
			return "open";
		}

		@GetMapping("/mocked/renew")
		void renew(HttpServletRequest request) {
			request.getSession().invalidate();
			request.getSession().setAttribute("names", names("new"));
		}

		@GetMapping("/mocked/new-id")
		void newId(HttpServletRequest request) {
			request.changeSessionId();
		}

		@GetMapping("/mocked/end-and-fail")
		void endAndFail(HttpSession session) {
			session.invalidate();
			throw new IllegalStateException("expected by the test");
		}

		@GetMapping("/mocked/end")
		void end(HttpSession session) {
			session.invalidate();
		}

	}

}
