package io.sessionkit.spring.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@code Set-Cookie} header that a browser stores and sends back.
 *
 * @param name the name of the cookie
 * @param value the value of the cookie; empty if the cookie was deleted
 */
record SentCookie(String name, String value) {

	static SentCookie of(String setCookie) {
		int end = setCookie.indexOf(';');
		String pair = (end < 0) ? setCookie : setCookie.substring(0, end);
		int equals = pair.indexOf('=');
		return new SentCookie(pair.substring(0, Math.max(equals, 0)), pair.substring(equals + 1));
	}

	/** Returns the cookie of the session in the header, or of a new session. */
	static SentCookie of(SessionStorage storage, @Nullable String cookieHeader, Consumer<SessionContent> content) {
		Session session = storage.getSession(cookieHeader);
		content.accept(new SessionContent(session));
		String setCookie = storage.commitSession(session);
		if (setCookie == null) {
			throw new IllegalStateException("The session of the cookie that the request already has was ended; "
					+ "remove that cookie to begin a new session");
		}
		return of(setCookie);
	}

	/**
	 * Returns the name of the storage's cookie, taken from the header that deletes it.
	 */
	static String nameOf(SessionStorage storage) {
		return of(storage.destroySession(storage.getSession(null))).name();
	}

	String header() {
		return this.name + "=" + this.value;
	}

	/**
	 * Returns all cookies of a request, in which this one replaces the one of the same
	 * name.
	 */
	Cookie[] among(Cookie @Nullable [] cookies) {
		List<Cookie> all = new ArrayList<>((cookies != null) ? List.of(cookies) : List.of());
		all.removeIf((cookie) -> cookie.getName().equals(this.name));
		all.add(new Cookie(this.name, this.value));
		return all.toArray(Cookie[]::new);
	}

	@Override
	public String toString() {
		return "SentCookie[" + this.name + "]";
	}

}
