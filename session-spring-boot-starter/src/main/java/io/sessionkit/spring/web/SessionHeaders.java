package io.sessionkit.spring.web;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session says in the headers of a response: its cookie, and that no shared cache
 * may hand the response to somebody else.
 */
final class SessionHeaders {

	private static final Logger logger = LoggerFactory.getLogger(SessionFilter.class);

	private final AtomicBoolean warnedOfCaching = new AtomicBoolean();

	private final AtomicBoolean warnedOfHttp = new AtomicBoolean();

	private final AtomicBoolean warnedOfLateness = new AtomicBoolean();

	void add(HttpServletRequest request, HttpServletResponse response, @Nullable String setCookie) {
		if (response.isCommitted()) {
			if (setCookie != null && this.warnedOfLateness.compareAndSet(false, true)) {
				logger.warn("A response went out past SessionKit's response interceptor, so its session cookie could "
						+ "not be sent; is the native response unwrapped somewhere? (Said once.)");
			}
			return;
		}
		if (!isVarying(response)) {
			add(response, "Vary", "Cookie");
		}
		if (setCookie != null && !response.getHeaders("Set-Cookie").contains(setCookie)) {
			forbidStoring(add(response, "Set-Cookie", setCookie));
			warnOfHttp(request, setCookie);
		}
	}

	/**
	 * Adds a header; in an include past the container's wrapper, which drops it.
	 * @return the response that took it
	 */
	private static HttpServletResponse add(HttpServletResponse response, String name, String value) {
		int before = response.getHeaders(name).size();
		response.addHeader(name, value);
		boolean dropped = response.getHeaders(name).size() == before;
		return (dropped && response instanceof HttpServletResponseWrapper wrapper
				&& wrapper.getResponse() instanceof HttpServletResponse wrapped) ? add(wrapped, name, value) : response;
	}

	private static boolean isVarying(HttpServletResponse response) {
		for (String value : response.getHeaders("Vary")) {
			for (String name : value.split(",", -1)) {
				if (name.strip().equals("*") || name.strip().equalsIgnoreCase("Cookie")) {
					return true;
				}
			}
		}
		return false;
	}

	private void forbidStoring(HttpServletResponse response) {
		String present = String.join(", ", response.getHeaders("Cache-Control"));
		for (String directive : present.split(",", -1)) {
			if (directive.strip().equalsIgnoreCase("no-store") || directive.strip().equalsIgnoreCase("private")) {
				return;
			}
		}
		response.setHeader("Cache-Control", "no-store");
		if (!present.isBlank() && this.warnedOfCaching.compareAndSet(false, true)) {
			logger.warn("A response with a session cookie had 'Cache-Control: {}', which would let caches give the "
					+ "cookie to others; it was replaced by 'no-store'. Use 'private' for such responses. (Said once.)",
					present);
		}
	}

	private void warnOfHttp(HttpServletRequest request, String setCookie) {
		if (setCookie.contains("; Secure") && !request.isSecure() && !isLocal(request.getServerName())
				&& this.warnedOfHttp.compareAndSet(false, true)) {
			logger.warn("A Secure session cookie was sent over http, where browsers ignore it. Behind a proxy that "
					+ "ends TLS set server.forward-headers-strategy=framework; for development without TLS set "
					+ "sessionkit.cookie.secure=false. (Said once.)");
		}
	}

	/** Where browsers keep Secure cookies over http too. */
	private static boolean isLocal(String host) {
		return host.equals("localhost") || host.endsWith(".localhost") || host.equals("127.0.0.1")
				|| host.equals("[::1]") || host.equals("0:0:0:0:0:0:0:1");
	}

}
