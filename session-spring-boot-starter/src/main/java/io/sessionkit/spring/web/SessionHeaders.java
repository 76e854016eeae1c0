package io.sessionkit.spring.web;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the headers for a session to a response: its cookie, and headers that forbid
 * shared caches to store the response.
 */
final class SessionHeaders {

	private static final String SET_COOKIE = "Set-Cookie";

	private static final String CACHE_CONTROL = "Cache-Control";

	/** A header of nginx, in seconds. */
	private static final String ACCEL_EXPIRES = "X-Accel-Expires";

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.spring.web.SessionFilter");

	private final CookieWarnings warnings = new CookieWarnings();

	private final AtomicBoolean warnedOfCaching = new AtomicBoolean();

	private final AtomicBoolean warnedOfLateness = new AtomicBoolean();

	/**
	 * Adds the headers to a response.
	 * @return whether the response now has a cookie of ours
	 */
	boolean add(HttpServletRequest request, HttpServletResponse response, List<String> setCookies) {
		if (!isOpen(response, !setCookies.isEmpty(), "Cookie")) {
			return false;
		}
		boolean added = false;
		for (String setCookie : setCookies) {
			if (response.getHeaders(SET_COOKIE).contains(setCookie)) {
				added = true;
				continue;
			}
			HttpServletResponse taker = add(response, SET_COOKIE, setCookie);
			if (taker != null) {
				added = true;
				forbidStoring(taker);
				this.warnings.sent(request, taker, setCookie);
			}
		}
		return added;
	}

	/**
	 * Adds the session to a response in a header of its own.
	 * @param value the value of the header; {@code null} if the client keeps the value
	 * that it has
	 * @return whether the response now has this header
	 */
	boolean addValue(HttpServletResponse response, String name, @Nullable String value) {
		if (!isOpen(response, value != null, name) || value == null) {
			return false;
		}
		if (value.equals(response.getHeader(name))) {
			return true;
		}
		HttpServletResponse taker = add(response, name, value);
		if (taker != null) {
			forbidStoring(taker);
		}
		return taker != null;
	}

	/**
	 * Whether headers can still be added. If so, this adds the Vary header for a request
	 * header.
	 */
	private boolean isOpen(HttpServletResponse response, boolean needed, String requestHeader) {
		if (response.isCommitted()) {
			if (needed && this.warnedOfLateness.compareAndSet(false, true)) {
				logger.warn("A response bypassed SessionKit's response wrapper, so its session could "
						+ "not be sent; check for code that unwraps the native response. (Said once.)");
			}
			return false;
		}
		if (!isVarying(response, requestHeader)) {
			add(response, "Vary", requestHeader);
		}
		return true;
	}

	/** Whether to look for the cookie in requests. */
	boolean isWatching() {
		return this.warnings.isWatching();
	}

	/** Called when a request uses its session without having a cookie. */
	void missing(HttpServletRequest request) {
		this.warnings.missing(request);
	}

	/**
	 * Adds a header. If a wrapper of the application drops it, it stays dropped. The
	 * container's wrapper for includes, which drops all headers, is bypassed.
	 * @return the response that has the header; {@code null} if it was dropped
	 */
	private static @Nullable HttpServletResponse add(HttpServletResponse response, String name, String value) {
		int before = response.getHeaders(name).size();
		response.addHeader(name, value);
		if (response.getHeaders(name).size() > before) {
			return response;
		}
		HttpServletResponse behind = behindInclude(response);
		return (behind != null) ? add(behind, name, value) : null;
	}

	private static @Nullable HttpServletResponse behindInclude(HttpServletResponse response) {
		HttpServletResponse each = response;
		while (each instanceof HttpServletResponseWrapper wrapper
				&& wrapper.getResponse() instanceof HttpServletResponse wrapped) {
			if (each.getClass().getName().startsWith("org.apache.catalina.core.")) {
				return wrapped;
			}
			each = wrapped;
		}
		return null;
	}

	private static boolean isVarying(HttpServletResponse response, String requestHeader) {
		for (String value : response.getHeaders("Vary")) {
			for (String name : value.split(",", -1)) {
				if (name.strip().equals("*") || name.strip().equalsIgnoreCase(requestHeader)) {
					return true;
				}
			}
		}
		return false;
	}

	private void forbidStoring(HttpServletResponse response) {
		String present = String.join(", ", response.getHeaders(CACHE_CONTROL));
		if (!keepsOut(present)) {
			response.setHeader(CACHE_CONTROL, "no-store");
			warnOfCaching(CACHE_CONTROL, present);
		}
		for (String name : List.copyOf(response.getHeaderNames())) {
			if (isOfCaches(name) && !name.equalsIgnoreCase(CACHE_CONTROL)) {
				String value = String.join(", ", response.getHeaders(name));
				if (!isAllowed(name, value)) {
					response.setHeader(name, name.equalsIgnoreCase(ACCEL_EXPIRES) ? "0" : "no-store");
				}
			}
		}
	}

	/**
	 * Whether a header may be set on a response with a cookie of ours. It may not if it
	 * allows shared caches to store the response. A warning about this is logged once.
	 */
	boolean isAllowed(String name, @Nullable String value) {
		if (!isOfCaches(name) || (value != null && keepsOut(value))
				|| (name.equalsIgnoreCase(ACCEL_EXPIRES) && "0".equals(value))) {
			return true;
		}
		warnOfCaching(name, (value != null) ? value : "");
		return false;
	}

	/** Headers for CDNs and proxies take precedence over Cache-Control (RFC 9213). */
	private static boolean isOfCaches(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return lower.endsWith("cache-control") || lower.equals("surrogate-control") || lower.equals("edge-control")
				|| lower.equals("x-accel-expires");
	}

	private static boolean keepsOut(String value) {
		for (String directive : value.split(",", -1)) {
			if (directive.strip().equalsIgnoreCase("no-store") || directive.strip().equalsIgnoreCase("private")) {
				return true;
			}
		}
		return false;
	}

	private void warnOfCaching(String name, String value) {
		if (!value.isBlank() && this.warnedOfCaching.compareAndSet(false, true)) {
			logger.warn("A response with a session cookie had '{}: {}', which would let caches send the "
					+ "cookie to other users; it was replaced by 'no-store'. Use 'private' for such responses. "
					+ "(Said once.)", name, value);
		}
	}

}
