package io.sessionkit.spring.app;

import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.spring.autoconfigure.SessionStorageCustomizer;
import io.sessionkit.spring.web.CurrentSession;
import io.sessionkit.spring.web.SessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.error.DefaultErrorAttributes;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.context.request.WebRequest;

/**
 * Every way out. What is asked for under {@code /exit/} has set the value {@code mark} to
 * the parameter of this name before it gets there, and two cookies of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ SpringExits.class, SpringAsyncExits.class, TimeoutExits.class, ProbeController.class, FailingController.class,
		StoreController.class, StoreController.WithHandlers.class, LateController.class, HeaderController.class,
		RequestController.class })
public class ExitApp {

	@Bean
	TestClock testClock() {
		return new TestClock();
	}

	@Bean
	SessionStorageCustomizer clockCustomizer(TestClock clock) {
		return (storage) -> storage.clock(clock);
	}

	@Bean
	FilterRegistrationBean<Filter> visit() {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
			HttpServletResponse httpResponse = (HttpServletResponse) response;
			CurrentSession.of((HttpServletRequest) request).set("mark", request.getParameter("mark"));
			httpResponse.addCookie(new Cookie("theme", "dark"));
			httpResponse.addHeader("Set-Cookie", "language=de; Path=/");
			chain.doFilter(request, response);
		});
		filter.addUrlPatterns("/exit/*");
		filter.setDispatcherTypes(DispatcherType.REQUEST);
		return filter;
	}

	/** Before ours, so what reaches it has left us. */
	@Bean
	FilterRegistrationBean<Filter> catchAll() {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
			try {
				chain.doFilter(request, response);
			}
			catch (ServletException ex) {
				((HttpServletResponse) response).setStatus(500);
				response.getWriter().print("caught");
			}
		});
		filter.addUrlPatterns("/failing/caught-runtime", "/failing/caught-destroy");
		filter.setOrder(SessionFilter.ORDER - 1);
		return filter;
	}

	@Bean
	FilterRegistrationBean<Filter> exitFromFilter() {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(
				(request, response, chain) -> ((HttpServletResponse) response).sendError(401));
		filter.addUrlPatterns("/exit/filter");
		return filter;
	}

	@Bean
	ServletRegistrationBean<Endings> headerEndings() {
		return registered(HeaderEndings.servlet(), "header");
	}

	@Bean
	ServletRegistrationBean<Endings> bodyEndings() {
		return registered(BodyEndings.servlet(), "body");
	}

	@Bean
	ServletRegistrationBean<Endings> dispatchEndings() {
		return registered(DispatchEndings.servlet(), "dispatch");
	}

	@Bean
	ServletRegistrationBean<Endings> timeoutEndings() {
		return registered(TimeoutExits.servlet(), "timeout");
	}

	private static ServletRegistrationBean<Endings> registered(Endings servlet, String name) {
		ServletRegistrationBean<Endings> registration = new ServletRegistrationBean<>(servlet, servlet.mapping());
		registration.setName(name);
		return registration;
	}

	@Bean
	ErrorAttributes errorAttributes() {
		return new SessionErrorAttributes();
	}

	/** The error page shows the session, and whether it can be changed. */
	private static final class SessionErrorAttributes extends DefaultErrorAttributes {

		@Override
		public Map<String, Object> getErrorAttributes(WebRequest request, ErrorAttributeOptions options) {
			Map<String, Object> attributes = super.getErrorAttributes(request, options);
			if (request.getParameter("mark") != null) {
				Session session = new CurrentSession().get();
				attributes.put("mark", String.valueOf(session.get("mark")));
				attributes.put("changeable", isChangeable(session));
			}
			return attributes;
		}

		private static boolean isChangeable(Session session) {
			try {
				session.set("changed", true);
				return true;
			}
			catch (IllegalStateException ex) {
				return false;
			}
		}

	}

}
