package io.sessionkit.spring.autoconfigure;

import ch.qos.logback.classic.Level;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.web.CurrentSession;
import io.sessionkit.spring.web.SessionFilter;
import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The filter and what else the web part adds.
 */
class WebAutoConfigurationTests {

	/** Of Spring Security's filter, by default. */
	private static final int SECURITY = -100;

	/** Of Spring Boot's filter behind RequestContextHolder. */
	private static final int REQUEST_CONTEXT = -105;

	@Test
	void theFilterIsAfterForwardedHeadersAndBeforeAllThatMayUseASession() {
		Contexts.web().run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration.getFilter()).isInstanceOf(SessionFilter.class);
			assertThat(registration.getOrder()).isEqualTo(SessionFilter.ORDER)
				.isGreaterThan(Ordered.HIGHEST_PRECEDENCE)
				.isLessThan(SECURITY)
				.isLessThan(REQUEST_CONTEXT);
		});
	}

	@Test
	void theFilterSeesEveryDispatchThatCanEndAResponse() {
		Contexts.web().run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration.determineDispatcherTypes()).containsExactlyInAnyOrder(DispatcherType.REQUEST,
					DispatcherType.FORWARD, DispatcherType.ASYNC, DispatcherType.ERROR);
			assertThat(registration.isAsyncSupported()).isTrue();
			assertThat(registration.getUrlPatterns()).isEmpty();
		});
	}

	@Test
	void aFilterRegistrationOfTheApplicationReplacesOurs() {
		Contexts.web().withUserConfiguration(OwnFilter.class).run((context) -> {
			assertThat(context).hasSingleBean(FilterRegistrationBean.class);
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration.getUrlPatterns()).containsExactly("/own/*");
		});
	}

	@Test
	void anotherFilterRegistrationLeavesOurs() {
		Contexts.web()
			.withBean("other", FilterRegistrationBean.class,
					() -> new FilterRegistrationBean<>((request, response, chain) -> chain.doFilter(request, response)))
			.run((context) -> assertThat(context).hasBean("sessionFilter").hasBean("other"));
	}

	@Test
	void aCurrentSessionOfTheApplicationReplacesOurs() {
		CurrentSession own = new CurrentSession();
		Contexts.web()
			.withBean("own", CurrentSession.class, () -> own)
			.run((context) -> assertThat(context.getBean(CurrentSession.class)).isSameAs(own));
	}

	@ParameterizedTest
	@ValueSource(strings = { "timeout=1h", "cookie.name=SID", "cookie.same-site=strict" })
	void propertiesOfTheContainersSessionAreWarnedOf(String property) {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Contexts.web()
				.withPropertyValues("server.servlet.session." + property)
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("server.servlet.session.", "no effect", "sessionkit.cookie.*");
		}
	}

	@Test
	void withoutThemNothingIsWarnedOf() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.INFO)) {
			Contexts.web().withPropertyValues("server.servlet.context-path=/shop").run((context) -> {
			});
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

	static final class OwnFilter {

		@Bean
		FilterRegistrationBean<SessionFilter> ownFilter(SessionStorage storage) {
			FilterRegistrationBean<SessionFilter> registration = new FilterRegistrationBean<>(
					new SessionFilter(storage));
			registration.addUrlPatterns("/own/*");
			return registration;
		}

	}

}
