package io.sessionkit.spring.web;

import java.util.Locale;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * How sessions are transported between client and server. A session is either in its
 * cookie or, for clients that do not store cookies, in a header with the same encrypted
 * or signed value. Immutable.
 */
public final class SessionTransport {

	/** The default name of the header: {@value}. */
	public static final String DEFAULT_HEADER = "X-Auth-Token";

	private static final String AUTHORIZATION = "Authorization";

	private static final String BEARER = "Bearer ";

	private static final SessionTransport COOKIE = new SessionTransport(true, null);

	private final boolean cookie;

	private final @Nullable String header;

	private SessionTransport(boolean cookie, @Nullable String header) {
		this.cookie = cookie;
		this.header = header;
	}

	/**
	 * Returns the transport that uses only the cookie.
	 * @return the transport
	 */
	public static SessionTransport cookie() {
		return COOKIE;
	}

	/**
	 * Returns the transport that uses only a header. No cookie is read or sent.
	 * @param name the name of the request header and of the response header, such as
	 * {@value #DEFAULT_HEADER}. With {@code Authorization}, the value has the scheme
	 * {@code Bearer} in both
	 * @return the transport
	 * @throws IllegalArgumentException if this is not a valid header name, or is the name
	 * of a header for cookies
	 */
	public static SessionTransport header(String name) {
		return new SessionTransport(false, checked(name));
	}

	/**
	 * Returns the transport that uses the header for requests that have it, and the
	 * cookie for all other requests. A client without a session sends an empty header to
	 * request one there.
	 * @param name the name of the header, as for {@link #header(String)}
	 * @return the transport
	 * @throws IllegalArgumentException as for {@link #header(String)}
	 */
	public static SessionTransport cookieOrHeader(String name) {
		return new SessionTransport(true, checked(name));
	}

	private static String checked(String name) {
		if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
				|| Set.of("cookie", "set-cookie").contains(name.toLowerCase(Locale.ROOT))) {
			throw new IllegalArgumentException("'" + name.replaceAll("\\p{Cntrl}", "?")
					+ "' is not a valid session header; use letters, digits and hyphens, and neither Cookie nor "
					+ "Set-Cookie");
		}
		return name;
	}

	/** Whether this request and its response have their session in a header. */
	boolean isByHeader(HttpServletRequest request) {
		return this.header != null && (!this.cookie || value(request) != null);
	}

	/**
	 * Returns the content of the request header in the form of a Cookie header.
	 * @return the Cookie header; {@code null} if the request has no session
	 */
	@Nullable String asCookie(HttpServletRequest request, String cookieName) {
		String value = value(request);
		if (value == null || value.isEmpty()) {
			return null;
		}
		return cookieName + "=" + (isOneCookie(value) ? value : "-");
	}

	/** A value that would be several cookies is not one of ours. */
	private static boolean isOneCookie(String value) {
		return value.chars().allMatch((each) -> each > ' ' && each < 127 && each != ';' && each != ',' && each != '"');
	}

	/**
	 * Returns the value in the header. It is empty if the client only requests the
	 * header.
	 */
	private @Nullable String value(HttpServletRequest request) {
		String value = (this.header != null) ? request.getHeader(this.header) : null;
		if (value == null || !isAuthorization()) {
			return value;
		}
		String stripped = value.strip();
		boolean bearer = (stripped + " ").regionMatches(true, 0, BEARER, 0, BEARER.length());
		return bearer ? stripped.substring(Math.min(BEARER.length(), stripped.length())).strip() : null;
	}

	/** The name of the header. Only for a transport that uses a header. */
	String name() {
		return (this.header != null) ? this.header : DEFAULT_HEADER;
	}

	/**
	 * Returns the value of the response header that replaces a cookie.
	 * @param setCookie {@code name=value; attributes}
	 * @return the value; empty if the client is to delete the value that it has
	 */
	String asHeader(String setCookie) {
		String value = setCookie.substring(setCookie.indexOf('=') + 1, setCookie.indexOf(';'));
		return (isAuthorization() && !value.isEmpty()) ? BEARER + value : value;
	}

	private boolean isAuthorization() {
		return AUTHORIZATION.equalsIgnoreCase(this.header);
	}

	/** Shows the transport. */
	@Override
	public String toString() {
		return "SessionTransport[" + (this.cookie ? "cookie" : "") + ((this.cookie && this.header != null) ? ", " : "")
				+ ((this.header != null) ? "header " + this.header : "") + "]";
	}

}
