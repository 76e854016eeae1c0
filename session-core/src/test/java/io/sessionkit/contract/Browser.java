package io.sessionkit.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import org.jspecify.annotations.Nullable;

/**
 * A browser's cookies, and the requests that it makes to a storage. It never forgets a
 * cookie by age, as an attacker would not; only a deletion counts.
 */
public final class Browser {

	private final SessionStorage storage;

	private final Map<String, String> cookies;

	/** A browser without cookies. */
	public Browser(SessionStorage storage) {
		this(storage, new LinkedHashMap<>());
	}

	private Browser(SessionStorage storage, Map<String, String> cookies) {
		this.storage = storage;
		this.cookies = cookies;
	}

	/** The same browser, sent to another node from here on. */
	public Browser on(SessionStorage other) {
		return new Browser(other, this.cookies);
	}

	/** Another browser with a copy of the cookies, as they are now. */
	public Browser copy() {
		return new Browser(this.storage, new LinkedHashMap<>(this.cookies));
	}

	/** Begins a request. */
	public Session open() {
		return this.storage.getSession(header());
	}

	/** Ends a request as a web application does, and keeps the cookie that it sent. */
	public @Nullable SetCookie close(Session session) {
		return receive(this.storage.commitIfNeeded(session));
	}

	/** A whole request; returns the cookie that came back. */
	public @Nullable SetCookie visit(Consumer<Session> handler) {
		Session session = open();
		handler.accept(session);
		return close(session);
	}

	/** A whole request that answers something. */
	public <T extends @Nullable Object> T ask(Function<Session, T> handler) {
		Session session = open();
		T answer = handler.apply(session);
		close(session);
		return answer;
	}

	/** The untyped view of a value, read in a request of its own. */
	public @Nullable Object get(String name) {
		return this.<@Nullable Object>ask((session) -> session.get(name));
	}

	/** Whether there is a live session behind the cookies. */
	public boolean hasSession() {
		return !open().isNew();
	}

	/** Keeps the cookie of a response, if it sent one. */
	public @Nullable SetCookie receive(@Nullable String setCookie) {
		if (setCookie == null) {
			return null;
		}
		SetCookie cookie = SetCookie.of(setCookie);
		if (cookie.isDeletion()) {
			this.cookies.remove(cookie.name());
		}
		else {
			this.cookies.put(cookie.name(), cookie.value());
		}
		return cookie;
	}

	/** The {@code Cookie} header; {@code null} without cookies. */
	public @Nullable String header() {
		return this.cookies.isEmpty() ? null
				: this.cookies.entrySet()
					.stream()
					.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
					.collect(Collectors.joining("; "));
	}

}
