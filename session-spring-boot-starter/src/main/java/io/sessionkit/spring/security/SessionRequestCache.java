package io.sessionkit.spring.security;

import java.util.Locale;

import io.sessionkit.Session;
import io.sessionkit.LibraryAttributes;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.MediaType;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.security.web.util.UrlUtils;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Remembers where a visitor wanted to go before the login: the path and the query of a
 * GET request, as the attribute {@value #NAME} of the session, nothing else of it. Back
 * it goes to the host that the request then comes to, never to another one. Where the
 * session does not fit into its cookie this is what gives way. Before the session's
 * filter has run nothing is remembered.
 *
 * <p>
 * As with Spring Security's own, what scripts, event streams and icons ask for is not
 * remembered, nor is an error page, the URL to go back to has the parameter
 * {@code continue}, and what is remembered is forgotten when a request with that
 * parameter arrives there.
 */
public final class SessionRequestCache implements RequestCache {

	/** The name of the attribute, see {@link LibraryAttributes}. */
	public static final String NAME = "security.request";

	/** How long a path with its query may be to be remembered, in characters. */
	public static final int MAX_LENGTH = 1024;

	private static final String CONTINUE = "continue";

	private static final Logger logger = LoggerFactory.getLogger(SessionRequestCache.class);

	private final RequestMatcher pages;

	/** Creates a cache that remembers pages. */
	public SessionRequestCache() {
		this(SessionRequestCache::isPage);
	}

	/**
	 * Creates a cache.
	 * @param requests which requests are remembered; of these only GET
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
		String target = request.getRequestURI() + "?" + withContinue(request.getQueryString());
		if (target.length() > MAX_LENGTH) {
			logger.debug("A request of {} characters is not remembered over the login, the limit is {}",
					target.length(), MAX_LENGTH);
			return;
		}
		Session session = CurrentSession.find(request);
		if (session != null) {
			LibraryAttributes.of(session).setWhileThereIsRoom(NAME, target);
		}
	}

	private static String withContinue(@Nullable String query) {
		if (query == null || query.isEmpty()) {
			return CONTINUE;
		}
		return hasContinue(query) ? query : query + "&" + CONTINUE;
	}

	private static boolean hasContinue(@Nullable String query) {
		return query != null
				&& UriComponentsBuilder.newInstance().query(query).build().getQueryParams().containsKey(CONTINUE);
	}

	@Override
	public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
		Session session = CurrentSession.find(request);
		String target = (session != null) ? remembered(session) : null;
		return (target != null) ? new SimpleSavedRequest(url(request, target)) : null;
	}

	private static @Nullable String remembered(Session session) {
		return LibraryAttributes.of(session).get(NAME, String.class);
	}

	private static String url(HttpServletRequest request, String target) {
		int query = target.indexOf('?');
		return UrlUtils.buildFullRequestUrl(request.getScheme(), request.getServerName(), request.getServerPort(),
				target.substring(0, query), target.substring(query + 1));
	}

	@Override
	public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
		if (!hasContinue(request.getQueryString())) {
			return null;
		}
		Session session = CurrentSession.find(request);
		String target = (session != null) ? remembered(session) : null;
		if (session == null || target == null
				|| !target.equals(request.getRequestURI() + "?" + request.getQueryString())) {
			return null;
		}
		LibraryAttributes.of(session).remove(NAME);
		return request;
	}

	@Override
	public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
		Session session = CurrentSession.find(request);
		if (session != null) {
			LibraryAttributes.of(session).remove(NAME);
		}
	}

}
