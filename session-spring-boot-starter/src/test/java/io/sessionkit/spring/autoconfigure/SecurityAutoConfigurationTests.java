package io.sessionkit.spring.autoconfigure;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.security.SecurityAttributeConverter;
import io.sessionkit.spring.security.SessionRequestCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.servlet.DispatcherServlet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Security gets from us, and when.
 */
class SecurityAutoConfigurationTests {

	private static WebApplicationContextRunner contexts() {
		return Contexts.web()
			.withConfiguration(AutoConfigurations.of(SessionSecurityAutoConfiguration.class,
					SessionOAuth2AutoConfiguration.class));
	}

	@Test
	void springSecurityKeepsItsOwnClassesButForWhereAVisitorWantedToGo() {
		contexts().run((context) -> {
			assertThat(context).doesNotHaveBean(SecurityContextRepository.class)
				.doesNotHaveBean(CsrfTokenRepository.class)
				.doesNotHaveBean(AuthorizationRequestRepository.class);
			assertThat(context.getBean(RequestCache.class)).isInstanceOf(SessionRequestCache.class);
		});
	}

	@Test
	void beansOfTheApplicationReplaceOurs() {
		contexts().withBean(RequestCache.class, CookieRequestCache::new)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RequestCache.class)
				.doesNotHaveBean(SessionRequestCache.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.security", "org.springframework.security.config",
			"org.springframework.security.web" })
	void withoutSpringSecurityThereIsNoTraceAndNoWarning(String missing) {
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			contexts().withClassLoader(new FilteredClassLoader(missing)).run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanDefinitionNames())
					.noneMatch((name) -> name.contains("Security") || name.contains("Csrf") || name.contains("OAuth2"));
			});
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

	@Test
	void withoutItsOAuth2ClientTheRestIsThere() {
		contexts().withClassLoader(new FilteredClassLoader("org.springframework.security.oauth2"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SecurityAttributeConverter.class));
	}

	@Test
	void withoutASessionStorageThereIsNothing() {
		new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SessionSecurityAutoConfiguration.class, SessionOAuth2AutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SecurityAttributeConverter.class));
	}

	@Test
	void theServletNamesNoUserForNobodyUnlessToldTo() {
		contexts().withBean(DispatcherServlet.class, DispatcherServlet::new)
			.run((context) -> assertThat(context).hasBean("silentDispatcherServlet"));
		contexts().withPropertyValues("spring.mvc.publish-request-handled-events=true")
			.run((context) -> assertThat(context).doesNotHaveBean("silentDispatcherServlet"));
	}

}
