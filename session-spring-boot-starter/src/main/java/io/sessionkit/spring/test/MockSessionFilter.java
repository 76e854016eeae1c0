package io.sessionkit.spring.test;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.util.WebUtils;

/**
 * Makes one of the two sessions that a request of MockMvc has: what {@code sessionAttr}
 * or a {@code MockHttpSession} brings is in ours before the application runs, and what
 * the application leaves there is in the mock session afterwards, for result matchers and
 * the next request. Auto-configured where {@code spring-test} is on the class path; a
 * request of a real server passes.
 */
public final class MockSessionFilter implements Filter {

	private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

	private static final String TEST_CONTEXT = "TestSecurityContextRepository";

	/** Creates the filter, which belongs right inside of the session's. */
	public MockSessionFilter() {
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		MockHttpServletRequest mock = WebUtils.getNativeRequest(request, MockHttpServletRequest.class);
		if (mock == null || mock == request || !(request instanceof HttpServletRequest shown)) {
			chain.doFilter(request, response);
			return;
		}
		HttpSession brought = mock.getSession(false);
		boolean taken = brought != null && take(brought, shown, isWithTestContext(mock));
		chain.doFilter(request, response);
		give(shown.getSession(false), mock, taken);
	}

	/** Spring Security's test support hands the context on by itself. */
	private static boolean isWithTestContext(MockHttpServletRequest mock) {
		return Collections.list(mock.getAttributeNames()).stream().anyMatch((name) -> name.contains(TEST_CONTEXT));
	}

	private static boolean take(HttpSession brought, HttpServletRequest request, boolean withoutContext) {
		Map<String, Object> attributes = attributes(brought);
		if (withoutContext) {
			attributes.remove(CONTEXT);
		}
		attributes.forEach((name, value) -> {
			HttpSession session = request.getSession();
			if (!value.equals(session.getAttribute(name))) {
				session.setAttribute(name, value);
			}
		});
		return !attributes.isEmpty();
	}

	private static void give(@Nullable HttpSession left, MockHttpServletRequest mock, boolean taken) {
		if (left == null) {
			HttpSession brought = mock.getSession(false);
			if (taken && brought != null) {
				brought.invalidate();
			}
			return;
		}
		Map<String, Object> attributes = attributes(left);
		HttpSession session = mock.getSession(taken || !attributes.isEmpty());
		if (session != null) {
			if (taken) {
				attributes(session).keySet()
					.stream()
					.filter((name) -> !attributes.containsKey(name))
					.forEach(session::removeAttribute);
			}
			attributes.forEach(session::setAttribute);
		}
	}

	private static Map<String, Object> attributes(HttpSession session) {
		Map<String, Object> attributes = new LinkedHashMap<>();
		for (String name : List.copyOf(Collections.list(session.getAttributeNames()))) {
			Object value = session.getAttribute(name);
			if (value != null) {
				attributes.put(name, value);
			}
		}
		return attributes;
	}

}
