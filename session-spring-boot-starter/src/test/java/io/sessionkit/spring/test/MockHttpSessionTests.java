package io.sessionkit.spring.test;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import static io.sessionkit.spring.test.SessionAssertions.assertThat;
import static io.sessionkit.spring.test.SessionAssertions.session;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tests of {@code HttpSession} say, of the one session.
 */
@SpringBootTest(classes = MockHttpSessionTests.MockedApp.class)
@AutoConfigureMockMvc
class MockHttpSessionTests {

	@Autowired
	MockMvcTester mvc;

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

		@GetMapping("/mocked/end")
		void end(HttpSession session) {
			session.invalidate();
		}

	}

}
