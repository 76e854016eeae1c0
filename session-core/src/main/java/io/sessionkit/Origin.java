package io.sessionkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.sessionkit.BroughtCookies.Brought;
import io.sessionkit.Found.State;
import org.jspecify.annotations.Nullable;

/**
 * Where a session comes from: the cookies of the request, usually one, and what was found
 * for them, which is read when it is first needed. If they lead to several sessions, the
 * live one is used. If more than one of them is live, none is used, because anybody who
 * can set cookies for this host could have planted one.
 */
final class Origin {

	/** A browser normally sends one, or two after a change of the configuration. */
	private static final int MAX_SESSIONS = 4;

	private final BroughtCookies brought;

	private final Map<CookieId, Found> told;

	private final Reader reader;

	private final Map<CookieId, Found> behind = new HashMap<>(2);

	private @Nullable CookieId cookie;

	private boolean ambiguous;

	private @Nullable Found found;

	private @Nullable SessionStorageException failure;

	private boolean reading;

	Origin(BroughtCookies brought, Reader reader) {
		this(brought, Map.of(), reader);
	}

	/**
	 * Creates an origin for sessions that are in the cookies.
	 * @param told what each cookie says, before a store was asked whether it is still
	 * valid
	 */
	Origin(BroughtCookies brought, Map<CookieId, Found> told, Reader reader) {
		this.brought = brought;
		this.told = told;
		this.reader = reader;
		this.cookie = brought.sessions().isEmpty() ? null : brought.sessions().get(0).id();
	}

	/** Creates an origin for a session without a cookie. */
	static Origin of(Found found) {
		Origin origin = new Origin(BroughtCookies.NONE, (id) -> found);
		origin.found = found;
		return origin;
	}

	/**
	 * Returns what the authentic cookie of the request says. If there are several, this
	 * is the one that is used, once they were read; {@code null} if there is none.
	 */
	@Nullable CookieId cookie() {
		return this.cookie;
	}

	/** Returns what all authentic cookies say. */
	List<CookieId> cookies() {
		return this.brought.ids();
	}

	/** Returns whether the browser has several cookies, even of the same session. */
	boolean hasSeveral() {
		return this.brought.several();
	}

	/** Returns whether no cookie is used because several lead to a live session. */
	boolean isAmbiguous() {
		return this.ambiguous;
	}

	/** Returns what was found for a cookie; {@code null} if it was not read. */
	@Nullable Found behind(CookieId id) {
		return this.behind.get(id);
	}

	/** Returns the cookie of a live session, which always has one. */
	CookieId liveCookie() {
		return Objects.requireNonNull(this.cookie);
	}

	/**
	 * Returns what the cookie says about a cookie-held session, whether it was read or
	 * not.
	 */
	Found told(CookieId id) {
		return Objects.requireNonNull(this.told.get(id));
	}

	boolean isRead() {
		return this.found != null;
	}

	/**
	 * Returns what was found. It is read only once, even if reading fails.
	 * @throws SessionStorageException if the store failed
	 * @throws IllegalStateException if this is called while it is being read
	 */
	Found found() {
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.reading) {
			throw new IllegalStateException(
					"The session is just being read; a listener that is told of this cannot use the session yet");
		}
		if (this.found == null) {
			this.reading = true;
			try {
				this.found = read();
			}
			catch (SessionStorageException ex) {
				this.failure = ex;
				throw ex;
			}
			finally {
				this.reading = false;
			}
		}
		return this.found;
	}

	private Found read() {
		if (this.brought.sessions().size() > MAX_SESSIONS) {
			return ambiguity();
		}
		Found none = null;
		Found alive = null;
		CookieId live = null;
		for (Brought one : this.brought.sessions()) {
			CookieId id = one.id();
			Found each = this.reader.read(id);
			this.behind.put(id, each);
			if (each.state() == State.UNKNOWN) {
				return each;
			}
			if (each.isLive()) {
				if (alive != null) {
					return ambiguity();
				}
				alive = each;
				live = id;
			}
			none = (none == null || each.state() == State.ENDED) ? each : none;
		}
		if (alive != null) {
			this.cookie = live;
			return alive;
		}
		return (none != null) ? none : this.reader.read(null);
	}

	private Found ambiguity() {
		this.ambiguous = true;
		return this.reader.read(null);
	}

	/** Reads what there is for a cookie. */
	@FunctionalInterface
	interface Reader {

		/** Returns what there is; for {@code null}, that there is nothing. */
		Found read(@Nullable CookieId cookie);

	}

}
