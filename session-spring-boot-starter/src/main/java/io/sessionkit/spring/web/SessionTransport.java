package io.sessionkit.spring.web;

import java.util.Locale;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * How the session travels between client and server: in its cookie, or, for clients that
 * keep no cookies, in a header with the same encrypted or signed value. Immutable.
 */
public final class SessionTransport {

	/** The usual name of the header. */
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

	/** Returns the transport by cookie alone. */
	public static SessionTransport cookie() {
		return COOKIE;
	}

	/**
	 * Returns the transport by header alone. No cookie is read or sent.
	 * @param name the name of the request header and of the response header, such as
	 * {@value #DEFAULT_HEADER}; the value of {@code Authorization} has the scheme
	 * {@code Bearer} in both
	 * @throws IllegalArgumentException if this is no name of a header, or one that
	 * carries cookies
	 */
	public static SessionTransport header(String name) {
		return new SessionTransport(false, checked(name));
	}

	/**
	 * Returns the transport by header for requests that have the header, by cookie for
	 * all others. A client that has no session yet asks for the header by an empty one.
	 * @param name the name of the header, as for {@link #header(String)}
	 * @throws IllegalArgumentException as {@link #header(String)}
	 */
	public static SessionTransport cookieOrHeader(String name) {
		return new SessionTransport(true, checked(name));
	}

	private static String checked(String name) {
		if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
				|| Set.of("cookie", "set-cookie").contains(name.toLowerCase(Locale.ROOT))) {
			throw new IllegalArgumentException("'" + name.replaceAll("\\p{Cntrl}", "?")
					+ "' cannot be the header of a session: use letters, digits and hyphens, and neither Cookie nor "
					+ "Set-Cookie");
		}
		return name;
	}

	/** Whether this request, and the response to it, have their session in a header. */
	boolean isByHeader(HttpServletRequest request) {
		return this.header != null && (!this.cookie || value(request) != null);
	}

	/**
	 * What the header of a request says, as the browser would send it in a cookie.
	 * @return {@code null} if it says nothing
	 */
	@Nullable String asCookie(HttpServletRequest request, String cookieName) {
		String value = value(request);
		if (value == null || value.isEmpty()) {
			return null;
		}
		return cookieName + "=" + (isOneCookie(value) ? value : "-");
	}

	/** What would be several cookies is none that we have made. */
	private static boolean isOneCookie(String value) {
		return value.chars().allMatch((each) -> each > ' ' && each < 127 && each != ';' && each != ',' && each != '"');
	}

	/** The value in the header, empty where none is there but the client asks for one. */
	private @Nullable String value(HttpServletRequest request) {
		String value = (this.header != null) ? request.getHeader(this.header) : null;
		if (value == null || !isAuthorization()) {
			return value;
		}
		String stripped = value.strip();
		boolean bearer = (stripped + " ").regionMatches(true, 0, BEARER, 0, BEARER.length());
		return bearer ? stripped.substring(Math.min(BEARER.length(), stripped.length())).strip() : null;
	}

	/** The name of the header. Only where this is one. */
	String name() {
		return (this.header != null) ? this.header : DEFAULT_HEADER;
	}

	/**
	 * What the header of the response says instead of a cookie.
	 * @param setCookie {@code name=value; attributes}
	 * @return empty if the client is to forget the value that it has
	 */
	String asHeader(String setCookie) {
		String value = setCookie.substring(setCookie.indexOf('=') + 1, setCookie.indexOf(';'));
		return (isAuthorization() && !value.isEmpty()) ? BEARER + value : value;
	}

	private boolean isAuthorization() {
		return AUTHORIZATION.equalsIgnoreCase(this.header);
	}

	/** Says which. */
	@Override
	public String toString() {
		return "SessionTransport[" + (this.cookie ? "cookie" : "") + ((this.cookie && this.header != null) ? ", " : "")
				+ ((this.header != null) ? "header " + this.header : "") + "]";
	}

}
