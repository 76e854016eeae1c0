package io.sessionkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.sessionkit.BroughtCookies.Brought;
import io.sessionkit.Found.State;
import org.jspecify.annotations.Nullable;

/**
 * Where a session comes from: the cookies that came with the request, mostly one, and
 * what was found behind them, which is read at the first use. Of several sessions the one
 * that lives counts, and none where more than one does: anybody who can set cookies for
 * this host could have planted the other.
 */
final class Origin {

	/** A browser of good will brings one, or two after settings were changed. */
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
	 * Of sessions that are in the cookies.
	 * @param told what each says, before a store was asked whether that counts
	 */
	Origin(BroughtCookies brought, Map<CookieId, Found> told, Reader reader) {
		this.brought = brought;
		this.told = told;
		this.reader = reader;
		this.cookie = brought.sessions().isEmpty() ? null : brought.sessions().get(0).id();
	}

	/** Of a session that came with no cookie. */
	static Origin of(Found found) {
		Origin origin = new Origin(BroughtCookies.NONE, (id) -> found);
		origin.found = found;
		return origin;
	}

	/**
	 * What the authentic cookie of the request says, of several the one that counts once
	 * they were read; {@code null} if there was none.
	 */
	@Nullable CookieId cookie() {
		return this.cookie;
	}

	/** What all of them say. */
	List<CookieId> cookies() {
		return this.brought.ids();
	}

	/** Whether the browser keeps more than one, be it of the same session. */
	boolean hasSeveral() {
		return this.brought.several();
	}

	/** Whether none counts, since more than one would. */
	boolean isAmbiguous() {
		return this.ambiguous;
	}

	/** What was found behind a cookie; {@code null} if that was not read. */
	@Nullable Found behind(CookieId id) {
		return this.behind.get(id);
	}

	/** The cookie of a live session, which always has one. */
	CookieId liveCookie() {
		return Objects.requireNonNull(this.cookie);
	}

	/** What the cookie of a session says that is in the cookie, read or not. */
	Found told(CookieId id) {
		return Objects.requireNonNull(this.told.get(id));
	}

	boolean isRead() {
		return this.found != null;
	}

	/**
	 * What was found; read once, also where reading fails.
	 * @throws SessionStorageException if the store failed
	 * @throws IllegalStateException if it is asked while it reads
	 */
	Found found() {
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.reading) {
			throw new IllegalStateException(
					"The session is just being read, of which a listener hears; it cannot use the session yet");
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

	/** Looks what is behind a cookie. */
	@FunctionalInterface
	interface Reader {

		/** What is there; where the cookie is {@code null}, that nothing is. */
		Found read(@Nullable CookieId cookie);

	}

}
