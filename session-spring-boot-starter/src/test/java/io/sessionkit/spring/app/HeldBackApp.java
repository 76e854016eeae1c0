package io.sessionkit.spring.app;

import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The same with every response held back.
 */
@Configuration(proxyBeanMethods = false)
@Import(ExitApp.class)
public class HeldBackApp {

	/** Is on requests whose responses are held back. */
	public static final String ATTRIBUTE = "heldBack";

	@Bean
	FilterRegistrationBean<Filter> holdBack() {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
			CurrentSession.holdBack((HttpServletRequest) request);
			request.setAttribute(ATTRIBUTE, true);
			chain.doFilter(request, response);
		});
		filter.setOrder(0);
		return filter;
	}

}
