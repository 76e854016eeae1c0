package io.sessionkit.spring.security;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.MediaType;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Remembers the page that a visitor requested before the login. It stores the request
 * like {@link HttpSessionRequestCache} and in the same place, but only its address: no
 * headers, cookies or form parameters. After the login, the headers of the new request
 * apply. If the session does not fit into its cookie, the saved request is dropped first.
 */
public final class SessionRequestCache implements RequestCache {

	/**
	 * The maximum length of a path with its query, in characters. Longer requests are not
	 * remembered.
	 */
	public static final int MAX_LENGTH = 1024;

	private static final Logger logger = LoggerFactory.getLogger(SessionRequestCache.class);

	private final RequestCache requests = new HttpSessionRequestCache();

	private final RequestMatcher pages;

	/** Creates a cache that remembers requests for pages. */
	public SessionRequestCache() {
		this(SessionRequestCache::isPage);
	}

	/**
	 * Creates a cache.
	 * @param requests matches the requests to remember; only GET requests are considered
	 */
	public SessionRequestCache(RequestMatcher requests) {
		this.pages = requests;
	}

	private static boolean isPage(HttpServletRequest request) {
		String accept = String.valueOf(request.getHeader("Accept")).toLowerCase(Locale.ROOT);
		return !"XMLHttpRequest".equals(request.getHeader("X-Requested-With"))
				&& !"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
				&& !request.getRequestURI().substring(request.getContextPath().length()).startsWith("/favicon.")
				&& !accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE)
				&& (!accept.contains(MediaType.APPLICATION_JSON_VALUE) || accept.contains(MediaType.TEXT_HTML_VALUE));
	}

	@Override
	public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
		if (request.getDispatcherType() != DispatcherType.REQUEST || !request.getMethod().equals("GET")
				|| !this.pages.matches(request)) {
			return;
		}
		int length = request.getRequestURI().length()
				+ ((request.getQueryString() != null) ? request.getQueryString().length() : 0);
		if (length > MAX_LENGTH) {
			logger.debug("A request of {} characters is not remembered for after the login; the limit is {}", length,
					MAX_LENGTH);
			return;
		}
		this.requests.saveRequest(new Address(request), response);
	}

	@Override
	public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
		return this.requests.getRequest(request, response);
	}

	@Override
	public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
		return (this.requests.getMatchingRequest(request, response) != null) ? request : null;
	}

	@Override
	public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
		this.requests.removeRequest(request, response);
	}

	/** A request that contains nothing but the address. */
	private static final class Address extends HttpServletRequestWrapper {

		Address(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Enumeration<String> getHeaderNames() {
			return Collections.emptyEnumeration();
		}

		@Override
		public Cookie @Nullable [] getCookies() {
			return null;
		}

		@Override
		public Enumeration<Locale> getLocales() {
			return Collections.emptyEnumeration();
		}

		/** The parameters are in the query. */
		@Override
		public Map<String, String[]> getParameterMap() {
			return Map.of();
		}

	}

}
