package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.sessionkit.BroughtCookies.Brought;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.CookieRejection;
import io.sessionkit.cookie.OpenedCookie;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cookie of a storage: which of several cookies is used, and how long the browser
 * keeps the next one.
 */
final class StorageCookie {

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.SessionStorage");

	private final SessionCookie cookie;

	private final CookiePurpose purpose;

	private final Lifetimes lifetimes;

	private final SessionStorageListener listener;

	private final Consumer<CookieRejection> rejections;

	StorageCookie(SessionCookie cookie, CookiePurpose purpose, Lifetimes lifetimes, SessionStorageListener listener) {
		this.cookie = cookie;
		this.purpose = purpose;
		this.lifetimes = lifetimes;
		this.listener = listener;
		this.rejections = listener::rejected;
		listener.keysConfigured(cookie.keyIds(purpose));
	}

	/**
	 * Returns, of the authentic cookies, the one issued last for each session.
	 * @param minimum the shortest payload
	 * @param reader interprets a payload of at least that length; {@code null} if it is
	 * not valid
	 */
	BroughtCookies latest(List<String> values, int minimum, Function<OpenedCookie, @Nullable CookieId> reader) {
		Map<String, Brought> latest = new LinkedHashMap<>();
		int authentic = 0;
		for (String value : values) {
			OpenedCookie opened = this.cookie.open(this.purpose, value, this.rejections);
			if (opened == null) {
				continue;
			}
			CookieId id = (opened.payload().length < minimum) ? null : reader.apply(opened);
			if (id == null) {
				rejected(CookieRejection.UNREADABLE, "is too short or too long");
				continue;
			}
			if (id.issued().isAfter(this.lifetimes.now().plus(Lifetimes.CLOCK_SKEW))) {
				rejected(CookieRejection.FROM_THE_FUTURE,
						"was issued more than " + Lifetimes.CLOCK_SKEW.toMinutes() + " minutes in the future");
				continue;
			}
			authentic++;
			told(opened);
			latest.merge(id.id(), new Brought(id, opened.payload()),
					(one, other) -> other.id().issued().isAfter(one.id().issued()) ? other : one);
		}
		List<Brought> sessions = new ArrayList<>(latest.values());
		sessions.sort(Comparator.comparing((Brought brought) -> brought.id().issued()).reversed());
		return new BroughtCookies(sessions, !values.isEmpty(), authentic > 1);
	}

	/**
	 * Returns the first authentic cookie, if cookies do not say when they were issued. A
	 * peer uses the first one as well.
	 * @param reader interprets a payload; {@code null} if it is not valid
	 */
	BroughtCookies first(List<String> values, Function<OpenedCookie, @Nullable CookieId> reader) {
		List<OpenedCookie> authentic = new ArrayList<>(1);
		for (String value : values) {
			OpenedCookie opened = this.cookie.open(this.purpose, value, this.rejections);
			if (opened != null) {
				authentic.add(opened);
			}
		}
		if (authentic.isEmpty()) {
			return new BroughtCookies(List.of(), !values.isEmpty(), false);
		}
		OpenedCookie first = authentic.get(0);
		told(first);
		CookieId id = reader.apply(first);
		if (id == null) {
			rejected(CookieRejection.UNREADABLE, "contains no id of this store");
		}
		return new BroughtCookies((id != null) ? List.of(new Brought(id, first.payload())) : List.of(), true,
				authentic.size() > 1);
	}

	private void told(OpenedCookie opened) {
		this.listener.cookieOpened(opened.keyId(), opened.secret());
	}

	/** Returns why a request without a usable cookie has no session. */
	SessionAbsence whyNone(BroughtCookies brought) {
		if (!brought.sessions().isEmpty()) {
			rejected(CookieRejection.AMBIGUOUS, "comes with one of another session");
		}
		return brought.any() ? SessionAbsence.REJECTED : SessionAbsence.ABSENT;
	}

	void rejected(CookieRejection reason, String text) {
		logger.debug("Rejected a session cookie: it {}", text);
		this.listener.rejected(reason);
	}

	/**
	 * Protects a payload in a cookie. The browser keeps it as long as the session, the
	 * commit or the configuration says.
	 */
	Committed seal(byte[] payload, SessionDocument document, Instant created, Instant expires, CommitOptions options) {
		String value = this.cookie.seal(this.purpose, payload);
		return new Committed(value, aged(document, created, expires, options).header(value), document.subject());
	}

	private SessionCookie aged(SessionDocument document, Instant created, Instant expires, CommitOptions options) {
		if (options.expires() != null) {
			return this.cookie.withExpires(expires);
		}
		if (options.maxAge() != null) {
			return withMaxAge(Duration.between(this.lifetimes.now(), expires));
		}
		Duration age = options.isBrowserSession() ? Duration.ZERO : document.life();
		if (age == null) {
			Duration configured = this.cookie.maxAge();
			return (configured != null) ? withMaxAge(capped(configured, created)) : this.cookie;
		}
		return age.isZero() ? this.cookie.untilBrowserCloses() : withMaxAge(capped(age, created));
	}

	private Duration capped(Duration age, Instant created) {
		Duration rest = Duration.between(this.lifetimes.now(), created.plus(this.lifetimes.absolute()));
		return (age.compareTo(rest) < 0) ? age : rest;
	}

	private SessionCookie withMaxAge(Duration age) {
		return this.cookie.withMaxAge((age.toSeconds() < 1) ? Duration.ofSeconds(1) : age);
	}

	/** Returns whether a tenth of the time that the browser keeps its cookie is over. */
	boolean isRenewalDue(SessionDocument document, Instant issued) {
		Duration age = (document.life() != null) ? document.life() : this.cookie.maxAge();
		return age != null && !age.isZero() && Lifetimes.isTenth(Duration.between(issued, this.lifetimes.now()), age);
	}

	Committed deletion() {
		return new Committed("", this.cookie.expire(), null);
	}

}
