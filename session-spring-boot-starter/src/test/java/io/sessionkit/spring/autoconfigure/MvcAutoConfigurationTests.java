package io.sessionkit.spring.autoconfigure;

import java.util.List;

import io.sessionkit.spring.web.SessionFilter;
import io.sessionkit.spring.web.JsonFlashMapManager;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.support.SessionFlashMapManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring MVC gets from us instead of its own.
 */
class MvcAutoConfigurationTests {

	private static WebApplicationContextRunner contexts() {
		return Contexts.web()
			.withConfiguration(AutoConfigurations.of(SessionMvcAutoConfiguration.class, WebMvcAutoConfiguration.class));
	}

	@Test
	void redirectAttributesAreOurs() {
		contexts().run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME))
				.isInstanceOf(JsonFlashMapManager.class);
		});
	}

	@Test
	void aBeanOfTheApplicationReplacesOurs() {
		FlashMapManager own = new SessionFlashMapManager() {
		};
		contexts().withBean(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME, FlashMapManager.class, () -> own)
			.run((context) -> assertThat(context.getBean(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)).isSameAs(own));
	}

	@Test
	void springsOwnOfEnableWebMvcWhichReadsEverySessionIsReplaced() {
		contexts()
			.withBean(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME, FlashMapManager.class, SessionFlashMapManager::new)
			.run((context) -> assertThat(context.getBean(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME))
				.isInstanceOf(JsonFlashMapManager.class));
	}

	@Test
	void aTestWithMockMvcCanBeginWithFlash() {
		contexts().withBean(Shown.class).run((context) -> {
			MockMvcTester mvc = MockMvcTester.from((WebApplicationContext) context.getSourceApplicationContext(),
					(builder) -> builder.addFilters(new SessionFilter(Contexts.storage(context))).build());
			assertThat(mvc.get().uri("/shown").flashAttr("form", List.of("a"))).hasStatusOk().hasBodyTextEqualTo("[a]");
			assertThat(mvc.get().uri("/shown")).hasStatusOk().hasBodyTextEqualTo("null");
		});
	}

	@Controller
	static final class Shown {

		@GetMapping("/shown")
		@ResponseBody
		String shown(Model model) {
			return String.valueOf(model.getAttribute("form"));
		}

	}

	@Test
	void theMarkHasTheAttributesOfTheSessionsCookie() {
		contexts()
			.withPropertyValues("sessionkit.cookie.name=__Host-sid", "sessionkit.cookie.same-site=strict",
					"sessionkit.cookie.partitioned=true")
			.run((context) -> {
				MockHttpServletRequest request = new MockHttpServletRequest();
				request.setCookies(new Cookie("__Host-sid-flash", "1"));
				MockHttpServletResponse response = new MockHttpServletResponse();
				new SessionFilter(Contexts.storage(context)).doFilter(request, response,
						(filtered, answered) -> context.getBean(JsonFlashMapManager.class)
							.retrieveAndUpdate((HttpServletRequest) filtered, (HttpServletResponse) answered));
				assertThat(response.getHeaders("Set-Cookie")).singleElement()
					.asString()
					.startsWith("__Host-sid-flash=1; ")
					.contains("Path=/", "Max-Age=0", "Secure", "HttpOnly", "SameSite=Strict", "Partitioned")
					.doesNotContain("Domain");
			});
	}

}
