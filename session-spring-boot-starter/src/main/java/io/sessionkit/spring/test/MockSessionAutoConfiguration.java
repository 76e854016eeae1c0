package io.sessionkit.spring.test;

import java.util.EnumSet;

import io.sessionkit.spring.web.HttpSessions;
import io.sessionkit.spring.web.SessionFilter;
import jakarta.servlet.DispatcherType;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.web.MockHttpServletRequest;

/**
 * Auto-configuration for tests that connects the session of {@code MockMvc} with the
 * session of SessionKit.
 */
@AutoConfiguration(afterName = "io.sessionkit.spring.autoconfigure.SessionWebAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ MockHttpServletRequest.class, MockSessionFilter.class })
@ConditionalOnBean(HttpSessions.class)
public final class MockSessionAutoConfiguration {

	@Bean
	FilterRegistrationBean<MockSessionFilter> mockSessionFilter() {
		FilterRegistrationBean<MockSessionFilter> registration = new FilterRegistrationBean<>(new MockSessionFilter());
		registration.setOrder(SessionFilter.ORDER + 1);
		registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
		return registration;
	}

}
