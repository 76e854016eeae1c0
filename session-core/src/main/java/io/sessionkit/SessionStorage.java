package io.sessionkit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * From the {@code Cookie} header to a session and back into a {@code Set-Cookie} header.
 * <pre>{@code
 * Session session = storage.getSession(request.getHeader("Cookie"));
 * session.set("userId", "42");
 * response.addHeader("Set-Cookie", storage.commitSession(session));
 * }</pre>
 *
 * <p>
 * A cookie that is hostile, stale, damaged or of a future version is an anonymous
 * session, never an exception. Immutable and thread-safe: make one and share it.
 *
 * @see <a href="https://reactrouter.com/api/utils/createSessionStorage">React Router's
 * createSessionStorage</a>
 */
public final class SessionStorage {

	/**
	 * How long a session lives that is not used, where neither the storage nor the cookie
	 * says anything else: 30 minutes.
	 */
	public static final Duration DEFAULT_IDLE_TIMEOUT = Lifetimes.DEFAULT_IDLE;

	/** How long a session lives at most unless something else is said: 30 days. */
	public static final Duration DEFAULT_ABSOLUTE_TIMEOUT = Lifetimes.DEFAULT_ABSOLUTE;

	private final SessionCookie cookie;

	private final Sessions sessions;

	private final SessionEngine engine;

	private final ContentRules rules;

	private final Duration idleTimeout;

	private final Duration absoluteTimeout;

	private SessionStorage(Builder builder) {
		this.cookie = builder.cookie;
		Duration idle = (builder.idleTimeout != null) ? builder.idleTimeout
				: Objects.requireNonNullElse(builder.cookie.maxAge(), DEFAULT_IDLE_TIMEOUT);
		this.idleTimeout = idle;
		this.absoluteTimeout = builder.absoluteTimeout;
		Lifetimes lifetimes = new Lifetimes(idle, builder.absoluteTimeout, builder.rolling, builder.clock);
		SessionFormat format = SessionFormat.of(this.cookie.format(), builder.strategy, builder.revocation);
		SessionJson json = SessionJson.of(builder.json, format.spelling());
		SessionStorageListener listener = Listeners.of(builder.listeners);
		TypedJson typed = TypedJson.of(json, builder.attributeTypes);
		SubjectKeys keys = new SubjectKeys(this.cookie);
		UnaryOperator<String> handles = (id) -> keys.handle(SessionIds.key(id));
		LifeEvents events = new LifeEvents(listener, keys, format);
		CookiePurpose purpose = (builder.strategy == null) ? CookiePurpose.SESSION : CookiePurpose.SESSION_ID;
		StorageCookie storageCookie = new StorageCookie(this.cookie, purpose, lifetimes, listener);
		if (builder.strategy == null) {
			this.rules = ContentRules.ofCookies(json, typed, format, handles, format.limit(this.cookie), listener,
					builder.clock);
			Revocations revocations = (builder.revocation != null)
					? new Revocations(builder.revocation, lifetimes, keys, listener) : null;
			this.sessions = new CookieSessions(storageCookie, this.rules, lifetimes,
					new Endings(lifetimes, revocations), events);
		}
		else {
			this.rules = ContentRules.ofRecords(json, typed, format, handles, listener, builder.clock);
			this.sessions = new RecordSessions(storageCookie, this.rules, events, lifetimes, keys, builder.strategy);
		}
		this.engine = new SessionEngine(this.sessions, storageCookie, this.rules, events, lifetimes,
				builder.anonymousOnFailure);
	}

	/**
	 * Makes a storage that keeps the whole session in the cookie, with default options.
	 * Its owner may keep an older cookie and send it again, so such a session must not
	 * hold what limits something: attempts, coupons, one-time tokens. A new id at each
	 * step together with a {@link Revocation} ends the older ones.
	 * @see #builder(SessionCookie)
	 */
	public static SessionStorage inCookie(SessionCookie cookie) {
		return builder(cookie).build();
	}

	/**
	 * A storage that keeps records in a strategy and their ids in the cookie, with
	 * default options.
	 * @see #builder(SessionCookie, SessionIdStorageStrategy)
	 */
	public static SessionStorage of(SessionCookie cookie, SessionIdStorageStrategy strategy) {
		return builder(cookie, strategy).build();
	}

	/**
	 * Options for a storage that keeps the whole session in the cookie.
	 * @param cookie an encrypted, or at least signed, cookie
	 * @throws IllegalArgumentException if the cookie is unsigned
	 */
	public static Builder builder(SessionCookie cookie) {
		if (!cookie.isSigned()) {
			throw new IllegalArgumentException("The cookie '" + cookie.name() + "' is unsigned, so anybody could write "
					+ "a session into it; build it with encryptedWith(secrets)");
		}
		return new Builder(cookie, null);
	}

	/**
	 * Options for a storage that keeps records in a strategy.
	 * @param cookie the cookie for the id, best signed
	 * @param strategy where the records are kept
	 */
	public static Builder builder(SessionCookie cookie, SessionIdStorageStrategy strategy) {
		return new Builder(cookie, Objects.requireNonNull(strategy, "strategy"));
	}

	/**
	 * The session that a request brings. A store is asked only when the session is first
	 * used.
	 * @param cookieHeader the {@code Cookie} header, several of them joined by {@code ;};
	 * {@code null} if there is none
	 * @return the session, a new one where no cookie counts
	 */
	public Session getSession(@Nullable String cookieHeader) {
		return this.engine.open(this.cookie.values(cookieHeader));
	}

	/** Returns the name of the session's cookie. */
	public String cookieName() {
		return this.cookie.name();
	}

	/** Whether a request brings a cookie of the session's name, whatever is in it. */
	public boolean hasCookie(@Nullable String cookieHeader) {
		return !this.cookie.values(cookieHeader).isEmpty();
	}

	/**
	 * Writes the session, changed or not, and gives the cookie to send.
	 * @return the value of a {@code Set-Cookie} header; {@code null} only where the
	 * session was ended meanwhile, or is anonymous because of that
	 * @throws SessionTooLargeException if it does not fit; nothing is written then
	 * @throws SessionSerializationException if a value that was changed in place is no
	 * JSON any more; nothing is written then
	 * @throws SessionStorageException if the store failed
	 * @throws IllegalStateException if the session was committed before
	 */
	public @Nullable String commitSession(Session session) {
		return commitSession(session, CommitOptions.defaults());
	}

	/** Does what {@link #commitSession(Session)} does, with a life for this commit. */
	public @Nullable String commitSession(Session session, CommitOptions options) {
		if (session.isCommitted()) {
			throw new IllegalStateException("The session was committed before; get it again for the next commit");
		}
		Committed committed = commit(session, options, true);
		session.close();
		return (committed != null) ? committed.header() : null;
	}

	/**
	 * Writes the session where there is something to write: a change, a renewal that is
	 * due, an older secret to leave. A session that nobody used costs nothing. Whatever
	 * comes of it, the session can't be changed afterwards; a second call does nothing.
	 * @return the value of a {@code Set-Cookie} header, or {@code null} if there is no
	 * cookie to send
	 * @throws SessionException as {@link #commitSession(Session)}
	 */
	public @Nullable String commitIfNeeded(Session session) {
		Committed committed = commitOnce(session);
		return (committed != null) ? committed.header() : null;
	}

	/**
	 * Destroys the session and gives the cookie that deletes the browser's.
	 * @return the value of a {@code Set-Cookie} header. A store that fails does not
	 * prevent it: then the record remains until it expires, and a warning says so
	 * @throws IllegalStateException if the session was committed before
	 */
	public String destroySession(Session session) {
		session.destroy();
		return Objects.requireNonNull(commitSession(session), "A destroyed session always has a cookie to send");
	}

	/**
	 * The cookies to delete besides: a browser that kept several of this name, as after a
	 * change of path or domain, or with a planted one among them, keeps them after a
	 * logout, and sends them again where none of them counts. To be called after the
	 * commit.
	 * @param host the host of the request, without a port
	 * @param requestPath the path of the request
	 * @return values of further {@code Set-Cookie} headers, mostly none
	 */
	public List<String> expireVariants(Session session, String host, String requestPath) {
		Origin origin = session.origin();
		boolean needed = origin.hasSeveral() && (session.isDestroyed() || origin.isAmbiguous());
		return needed ? this.cookie.expireVariants(host, requestPath) : List.of();
	}

	/**
	 * The session behind a cookie's value, for transports other than cookies.
	 * @param value what {@link #save(Session)} returned once; {@code null} or empty if
	 * there is none
	 * @return the session, a new one where the value does not count
	 */
	public Session read(@Nullable String value) {
		return this.engine.open((value == null || value.isEmpty()) ? List.of() : List.of(value));
	}

	/**
	 * Writes the session where there is something to write.
	 * @return the value for the client to keep, empty if it is to forget it; {@code null}
	 * if it keeps the one it has
	 * @throws SessionException as {@link #commitSession(Session)}
	 */
	public @Nullable String save(Session session) {
		Committed committed = commitOnce(session);
		return (committed != null) ? committed.value() : null;
	}

	private @Nullable Committed commitOnce(Session session) {
		if (session.isCommitted()) {
			return null;
		}
		session.close(); // before any listener could change it
		return commit(session, CommitOptions.defaults(), false);
	}

	/** Tells the listener of a commit that wrote something. */
	private @Nullable Committed commit(Session session, CommitOptions options, boolean always) {
		long begin = System.nanoTime();
		Committed committed = this.engine.commit(session, options, always);
		if (committed != null || session.isWritten()) {
			int bytes = (committed != null) ? committed.header().length() : 0;
			this.rules.listener().committed(Duration.ofNanos(System.nanoTime() - begin), bytes);
		}
		return committed;
	}

	/** Whether the cookie holds all of a session, and no record does. */
	public boolean isInCookie() {
		return this.sessions instanceof CookieSessions;
	}

	/** Returns how long a session lives that is not used and has no life of its own. */
	public Duration idleTimeout() {
		return this.idleTimeout;
	}

	/** Returns how long a session lives at most. */
	public Duration absoluteTimeout() {
		return this.absoluteTimeout;
	}

	/**
	 * Whether a program in JavaScript reads and writes the sessions too, by the
	 * {@link SessionCookie#format() format} of the cookie. Then they have values and
	 * flash alone: no subject, no {@code maxAge} of their own, no age, and nothing that a
	 * library keeps ({@link LibraryAttributes}).
	 */
	public boolean isShared() {
		return this.rules.format().isShared();
	}

	Sessions sessions() {
		return this.sessions;
	}

	/** Returns how many stored values read as absent, not fitting the type asked for. */
	public long unreadableValues() {
		return this.rules.unreadable().sum();
	}

	/** The options of a storage. */
	public static final class Builder {

		private final SessionCookie cookie;

		private final @Nullable SessionIdStorageStrategy strategy;

		private @Nullable Duration idleTimeout;

		private Duration absoluteTimeout = DEFAULT_ABSOLUTE_TIMEOUT;

		private boolean rolling = true;

		private boolean anonymousOnFailure;

		private InstantSource clock = InstantSource.system();

		private @Nullable Consumer<JsonMapper.Builder> json;

		private Predicate<String> attributeTypes = (name) -> false;

		private @Nullable Revocation revocation;

		private final List<SessionStorageListener> listeners = new ArrayList<>();

		private Builder(SessionCookie cookie, @Nullable SessionIdStorageStrategy strategy) {
			this.cookie = cookie;
			this.strategy = strategy;
		}

		/**
		 * How long a session lives that is not used and has no life of its own.
		 * @param timeout at least one second; default: the cookie's {@code maxAge}, or
		 * else {@link SessionStorage#DEFAULT_IDLE_TIMEOUT}
		 */
		public Builder idleTimeout(Duration timeout) {
			this.idleTimeout = Lifetimes.wholeSeconds("idleTimeout", timeout);
			return this;
		}

		/**
		 * How long a session lives at most, counted from its creation or the last
		 * {@code regenerateId}; of a shared session, whose age nobody knows, from each
		 * write.
		 * @param timeout at least one second; default:
		 * {@link SessionStorage#DEFAULT_ABSOLUTE_TIMEOUT}
		 */
		public Builder absoluteTimeout(Duration timeout) {
			this.absoluteTimeout = Lifetimes.wholeSeconds("absoluteTimeout", timeout);
			return this;
		}

		/**
		 * Whether reading renews a session too, at most once per tenth of its life.
		 * @param rolling default: true; otherwise only writes renew
		 */
		public Builder rolling(boolean rolling) {
			this.rolling = rolling;
			return this;
		}

		/**
		 * Whether requests go on without a session while the store is down: they read an
		 * anonymous one, their changes are lost and no cookie is sent.
		 * @param anonymous default: false, they fail with a
		 * {@link SessionStorageException}
		 */
		public Builder anonymousOnFailure(boolean anonymous) {
			this.anonymousOnFailure = anonymous;
			return this;
		}

		/** The clock for expiry; default: the system's. */
		public Builder clock(InstantSource clock) {
			this.clock = Objects.requireNonNull(clock, "clock");
			return this;
		}

		/**
		 * Adds modules and serializers to the mapper of the values. Limits, duplicate
		 * detection and the ban of class names stay.
		 * @param customizer changes the mapper's builder
		 */
		public Builder json(Consumer<JsonMapper.Builder> customizer) {
			this.json = Objects.requireNonNull(customizer, "customizer");
			return this;
		}

		/**
		 * Says of which classes the attributes may be that come back as what they were,
		 * see {@link SessionAttributes}. The JDK's own value types and collections always
		 * may.
		 * @param allowed is asked with the binary name of a class, before it is loaded;
		 * default: none
		 */
		public Builder attributeTypes(Predicate<String> allowed) {
			this.attributeTypes = Objects.requireNonNull(allowed, "allowed");
			return this;
		}

		/**
		 * Makes the end of a cookie-held session known to all nodes; default: it is known
		 * to the node that ended it.
		 * @param revocation where it is noted, and what that may cost; refused by
		 * {@link #build()} for sessions in records, which have no need
		 */
		public Builder revocation(Revocation revocation) {
			this.revocation = revocation;
			return this;
		}

		/** Adds a listener; several hear of everything in the order they were added. */
		public Builder listener(SessionStorageListener listener) {
			this.listeners.add(Objects.requireNonNull(listener, "listener"));
			return this;
		}

		/**
		 * Builds the storage.
		 * @throws IllegalArgumentException if cookie, strategy and revocation do not go
		 * together
		 */
		public SessionStorage build() {
			return new SessionStorage(this);
		}

	}

}
