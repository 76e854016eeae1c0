package io.sessionkit.spring.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;

/**
 * What a browser keeps of a {@code Set-Cookie} header, and sends.
 *
 * @param name the name
 * @param value the value; empty if the cookie was deleted
 */
record SentCookie(String name, String value) {

	static SentCookie of(String setCookie) {
		int end = setCookie.indexOf(';');
		String pair = (end < 0) ? setCookie : setCookie.substring(0, end);
		int equals = pair.indexOf('=');
		return new SentCookie(pair.substring(0, Math.max(equals, 0)), pair.substring(equals + 1));
	}

	/** The cookie of a session, the one behind the header or else a new one. */
	static SentCookie of(SessionStorage storage, @Nullable String cookieHeader, Consumer<SessionContent> content) {
		Session session = storage.getSession(cookieHeader);
		content.accept(new SessionContent(session));
		String setCookie = storage.commitSession(session);
		if (setCookie == null) {
			throw new IllegalStateException("The cookie that the request has already is of a session that was ended; "
					+ "leave it out, so that a new session begins");
		}
		return of(setCookie);
	}

	/** How a storage names its cookie, which every deletion says. */
	static String nameOf(SessionStorage storage) {
		return of(storage.destroySession(storage.getSession(null))).name();
	}

	String header() {
		return this.name + "=" + this.value;
	}

	/** All cookies of a request once this one has replaced the one of its name. */
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
