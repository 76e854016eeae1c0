package io.sessionkit.spring.test;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessionkit.spring.web.CurrentSession;
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
 * Merges the two sessions that a MockMvc request would otherwise have. Attributes that
 * {@code sessionAttr} or a {@code MockHttpSession} provides are copied to the session of
 * SessionKit before the application handles the request. Attributes that the application
 * leaves there are copied to the mock session afterwards, for result matchers and for the
 * next request.
 *
 * <p>
 * The filter is auto-configured if {@code spring-test} is on the class path. A MockMvc
 * without auto-configuration needs it directly after the {@code SessionFilter}. Requests
 * of a real server pass unchanged, and a request that does not use its session is not
 * made to use it. Attributes that an asynchronous handler sets are not copied to the mock
 * session.
 */
public final class MockSessionFilter implements Filter {

	private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

	private static final String TEST_CONTEXT = "TestSecurityContextRepository";

	/**
	 * Creates the filter, which has to be registered directly after the
	 * {@code SessionFilter}.
	 */
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
		Map<String, Object> taken = attributes(mock);
		HttpSession ours = take(taken, shown);
		String id = (ours != null) ? ours.getId() : null;
		try {
			chain.doFilter(request, response);
		}
		finally {
			if (CurrentSession.isUsed(shown)) {
				end(ours, id, shown, mock);
				give(taken.keySet(), shown.getSession(false), mock);
			}
		}
	}

	/**
	 * Leaves out the security context if the test support of Spring Security already
	 * passes it on.
	 */
	private static Map<String, Object> attributes(MockHttpServletRequest mock) {
		HttpSession brought = mock.getSession(false);
		Map<String, Object> attributes = (brought != null) ? attributes(brought) : Map.of();
		if (!attributes.isEmpty() && Collections.list(mock.getAttributeNames())
			.stream()
			.anyMatch((name) -> name.contains(TEST_CONTEXT))) {
			attributes.remove(CONTEXT);
		}
		return attributes;
	}

	private static @Nullable HttpSession take(Map<String, Object> attributes, HttpServletRequest request) {
		if (attributes.isEmpty()) {
			return null;
		}
		HttpSession session = request.getSession();
		attributes.forEach((name, value) -> {
			if (!value.equals(session.getAttribute(name))) {
				session.setAttribute(name, value);
			}
		});
		return session;
	}

	/** Invalidates the mock session if the session has ended, or changes its id. */
	private static void end(@Nullable HttpSession ours, @Nullable String id, HttpServletRequest request,
			MockHttpServletRequest mock) {
		HttpSession brought = mock.getSession(false);
		if (brought == null) {
			return;
		}
		if (CurrentSession.of(request).isDestroyed() || (ours != null && ours != request.getSession(false))) {
			brought.invalidate();
		}
		else if (ours != null && !ours.getId().equals(id)) {
			mock.changeSessionId();
		}
	}

	private static void give(Set<String> taken, @Nullable HttpSession left, MockHttpServletRequest mock) {
		Map<String, Object> attributes = (left != null) ? attributes(left) : Map.of();
		HttpSession session = mock.getSession(!attributes.isEmpty());
		if (session != null) {
			taken.stream().filter((name) -> !attributes.containsKey(name)).forEach(session::removeAttribute);
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
