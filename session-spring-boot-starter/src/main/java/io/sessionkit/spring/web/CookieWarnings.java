package io.sessionkit.spring.web;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns about causes why browsers do not send a session cookie back, as far as the server
 * can detect them. Each warning is logged once.
 */
final class CookieWarnings {

	/**
	 * The size of the buffer in which nginx stores all headers of a response by default.
	 */
	private static final int PROXY_BUFFER = 4096;

	/** The status line and the headers that the container adds itself. */
	private static final int OTHER_HEADERS = 250;

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.spring.web.SessionFilter");

	private final AtomicBoolean http = new AtomicBoolean();

	private final AtomicBoolean localHttp = new AtomicBoolean();

	private final AtomicBoolean size = new AtomicBoolean();

	private final AtomicBoolean address = new AtomicBoolean();

	/** The browser that last got a Secure cookie over http. */
	private final AtomicReference<@Nullable String> browser = new AtomicReference<>();

	/** Called when a cookie is sent. */
	void sent(HttpServletRequest request, HttpServletResponse response, String setCookie) {
		if (setCookie.startsWith("=;", setCookie.indexOf('='))) {
			this.browser.set(null); // the cookie is deleted
			return;
		}
		warnOfHttp(request, setCookie);
		warnOfAddress(request, setCookie);
		warnOfSize(response, setCookie);
	}

	private void warnOfHttp(HttpServletRequest request, String setCookie) {
		if (!setCookie.contains("; Secure") || request.isSecure()) {
			return;
		}
		if (isLocal(request.getServerName())) {
			String agent = request.getHeader("User-Agent");
			this.browser.set((agent != null && agent.startsWith("Mozilla/")) ? agent : null);
		}
		else if (this.http.compareAndSet(false, true)) {
			logger.warn("A Secure session cookie was sent over http, and browsers ignore it there. Behind a proxy that "
					+ "terminates TLS, set server.forward-headers-strategy=framework; for development without TLS, set "
					+ "sessionkit.cookie.secure=false. (Said once.)");
		}
	}

	/** Whether to look for the cookie in requests. */
	boolean isWatching() {
		return this.browser.get() != null && !this.localHttp.get();
	}

	/** Called when a request uses its session without having a cookie. */
	void missing(HttpServletRequest request) {
		String agent = this.browser.get();
		if (agent != null && !this.localHttp.get() && !request.isSecure() && isLocal(request.getServerName())
				&& agent.equals(request.getHeader("User-Agent")) && this.localHttp.compareAndSet(false, true)) {
			logger.warn("A browser that was sent a Secure session cookie over http on this machine has not sent it "
					+ "back. Safari does not store such cookies. For development, set sessionkit.cookie.secure=false or "
					+ "use another browser. (Said once.)");
		}
	}

	/** Whether most browsers accept Secure cookies of this host over http. */
	private static boolean isLocal(String host) {
		return host.equals("localhost") || host.endsWith(".localhost") || host.equals("127.0.0.1")
				|| host.equals("[::1]") || host.equals("0:0:0:0:0:0:0:1");
	}

	private void warnOfAddress(HttpServletRequest request, String setCookie) {
		String domain = attribute(setCookie, "; Domain=");
		String host = request.getServerName();
		if (domain != null && !host.equalsIgnoreCase(domain)
				&& !host.toLowerCase(Locale.ROOT).endsWith("." + domain.toLowerCase(Locale.ROOT))
				&& this.address.compareAndSet(false, true)) {
			logger.warn("The session cookie has Domain={} and was sent to a request for the host {}, where "
					+ "browsers ignore it. Set sessionkit.cookie.domain to this host or one of its parent domains, or "
					+ "remove it; behind a proxy that hides the host, set server.forward-headers-strategy=framework. "
					+ "(Said once.)", domain, printable(host));
		}
		String path = attribute(setCookie, "; Path=");
		String uri = request.getRequestURI();
		if (path != null && !isBelow(uri, path) && this.address.compareAndSet(false, true)) {
			logger.warn("The session cookie has Path={} and was sent to a request for {}, to which browsers do "
					+ "not send it back. Set sessionkit.cookie.path to a prefix of all paths that need the session; "
					+ "behind a proxy that changes paths, this may be correct. (Said once.)", path, printable(uri));
		}
	}

	private static boolean isBelow(String uri, String path) {
		return uri.startsWith(path)
				&& (path.endsWith("/") || uri.length() == path.length() || uri.charAt(path.length()) == '/');
	}

	private static String printable(String text) {
		String plain = text.replaceAll("[^\\x21-\\x7E]", "?");
		return (plain.length() > 64) ? plain.substring(0, 64) + "..." : plain;
	}

	private static @Nullable String attribute(String setCookie, String begin) {
		int start = setCookie.indexOf(begin);
		if (start < 0) {
			return null;
		}
		int end = setCookie.indexOf(';', start + 1);
		return setCookie.substring(start + begin.length(), (end < 0) ? setCookie.length() : end);
	}

	private void warnOfSize(HttpServletResponse response, String setCookie) {
		if (setCookie.length() < PROXY_BUFFER / 2 || this.size.get()) {
			return;
		}
		int bytes = OTHER_HEADERS;
		for (String name : Set.copyOf(response.getHeaderNames())) { // Tomcat returns
																	// duplicates
			for (String value : response.getHeaders(name)) {
				bytes += name.length() + value.length() + ": \r\n".length();
			}
		}
		if (bytes > PROXY_BUFFER && this.size.compareAndSet(false, true)) {
			logger.warn(
					"With the session cookie of {} bytes, the headers of a response have about {} bytes. By default "
							+ "nginx accepts only 4 KB and otherwise answers 502. Set 'proxy_buffer_size 16k; "
							+ "proxy_buffers 8 16k;' there, or keep less in the session. (Said once.)",
					setCookie.length(), bytes);
		}
	}

}
