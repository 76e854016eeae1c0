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
 * Creates a session from a {@code Cookie} header, and saves it into a {@code Set-Cookie}
 * header. <pre>{@code
 * Session session = storage.getSession(request.getHeader("Cookie"));
 * session.set("userId", "42");
 * response.addHeader("Set-Cookie", storage.commitSession(session));
 * }</pre>
 *
 * <p>
 * A cookie that is forged, expired, damaged, or written by a future version leads to a
 * new, empty session and never to an exception. Immutable and thread-safe, so one
 * instance can be shared.
 *
 * @see <a href="https://reactrouter.com/api/utils/createSessionStorage">React Router's
 * createSessionStorage</a>
 */
public final class SessionStorage {

	/** The idle timeout if neither the storage nor the cookie sets one: 30 minutes. */
	public static final Duration DEFAULT_IDLE_TIMEOUT = Lifetimes.DEFAULT_IDLE;

	/** The default of the absolute timeout: 30 days. */
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
	 * Creates a storage that keeps the whole session in the cookie, with default options.
	 *
	 * <p>
	 * A visitor can keep an older cookie and send it again. Do not store what limits
	 * something in such a session, for example a number of attempts, a coupon, or a
	 * one-time token. A new id at each step, together with a {@link Revocation},
	 * invalidates the older cookies.
	 * @param cookie an encrypted, or at least signed, cookie
	 * @return the storage
	 * @throws IllegalArgumentException if the cookie is unsigned
	 * @see #builder(SessionCookie)
	 */
	public static SessionStorage inCookie(SessionCookie cookie) {
		return builder(cookie).build();
	}

	/**
	 * Creates a storage that keeps sessions in a strategy and their ids in the cookie,
	 * with default options.
	 * @param cookie the cookie for the id, which should be signed
	 * @param strategy keeps the records
	 * @return the storage
	 * @throws IllegalArgumentException if the strategy and the cookie have different
	 * formats
	 * @see #builder(SessionCookie, SessionIdStorageStrategy)
	 */
	public static SessionStorage of(SessionCookie cookie, SessionIdStorageStrategy strategy) {
		return builder(cookie, strategy).build();
	}

	/**
	 * Starts to build a storage that keeps the whole session in the cookie.
	 * @param cookie an encrypted, or at least signed, cookie
	 * @return a new builder
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
	 * Starts to build a storage that keeps sessions in a strategy and their ids in the
	 * cookie.
	 * @param cookie the cookie for the id, which should be signed
	 * @param strategy keeps the records
	 * @return a new builder
	 */
	public static Builder builder(SessionCookie cookie, SessionIdStorageStrategy strategy) {
		return new Builder(cookie, Objects.requireNonNull(strategy, "strategy"));
	}

	/**
	 * Returns the session of a request. A store is not asked before the session is first
	 * used.
	 * @param cookieHeader the {@code Cookie} header; several headers are joined by
	 * {@code ;}. {@code null} if there is none
	 * @return the session; a new one if the request has no valid cookie
	 */
	public Session getSession(@Nullable String cookieHeader) {
		return this.engine.open(this.cookie.values(cookieHeader));
	}

	/**
	 * {@return the name of the session cookie}
	 */
	public String cookieName() {
		return this.cookie.name();
	}

	/**
	 * Returns whether a request has a cookie with the name of the session cookie, valid
	 * or not.
	 * @param cookieHeader the {@code Cookie} header; {@code null} if there is none
	 * @return whether there is such a cookie
	 */
	public boolean hasCookie(@Nullable String cookieHeader) {
		return !this.cookie.values(cookieHeader).isEmpty();
	}

	/**
	 * Saves the session, even if it was not changed, and returns the cookie to send.
	 * @param session the session
	 * @return the value of a {@code Set-Cookie} header, or {@code null} only if another
	 * request has ended the session
	 * @throws SessionTooLargeException if the session does not fit; nothing is written
	 * then
	 * @throws SessionSerializationException if a value was changed in place and cannot
	 * become JSON any more; nothing is written then
	 * @throws SessionStorageException if the store failed
	 * @throws IllegalStateException if the session was committed before
	 */
	public @Nullable String commitSession(Session session) {
		return commitSession(session, CommitOptions.defaults());
	}

	/**
	 * Does the same as {@link #commitSession(Session)}, with a lifetime for this commit.
	 * @param session the session
	 * @param options how long the session and the cookie live
	 * @return the value of a {@code Set-Cookie} header, or {@code null} only if another
	 * request has ended the session
	 * @throws SessionException in the same cases as {@link #commitSession(Session)}
	 * @throws IllegalStateException if the session was committed before
	 */
	public @Nullable String commitSession(Session session, CommitOptions options) {
		if (session.isCommitted()) {
			throw new IllegalStateException("The session was committed before; get it again for the next commit");
		}
		Committed committed = commit(session, options, true);
		session.close();
		return (committed != null) ? committed.header() : null;
	}

	/**
	 * Saves the session if there is something to write: a change, a renewal that is due,
	 * or a cookie that was written with an older secret. A session that was not used
	 * costs nothing. The session cannot be changed afterwards, even if this fails. A
	 * second call does nothing.
	 * @param session the session
	 * @return the value of a {@code Set-Cookie} header, or {@code null} if there is no
	 * cookie to send
	 * @throws SessionException in the same cases as {@link #commitSession(Session)}
	 */
	public @Nullable String commitIfNeeded(Session session) {
		Committed committed = commitOnce(session);
		return (committed != null) ? committed.header() : null;
	}

	/**
	 * Ends the session and returns the cookie that deletes the one of the browser. This
	 * also works if the store fails. The record then remains until it expires, and a
	 * warning is logged.
	 * @param session the session
	 * @return the value of a {@code Set-Cookie} header
	 * @throws IllegalStateException if the session was committed before
	 */
	public String destroySession(Session session) {
		session.destroy();
		return Objects.requireNonNull(commitSession(session), "A destroyed session always has a cookie to send");
	}

	/**
	 * Returns further cookies to delete. A browser may have several cookies of this name,
	 * for example after a change of the path or the domain, or because one was planted.
	 * It would keep them after a logout, and would also go on to send cookies that
	 * invalidate each other. Call this after the commit.
	 * @param session the session
	 * @param host the host of the request, without a port
	 * @param requestPath the path of the request
	 * @return values of further {@code Set-Cookie} headers; usually empty
	 */
	public List<String> expireVariants(Session session, String host, String requestPath) {
		Origin origin = session.origin();
		boolean needed = origin.hasSeveral() && (session.isDestroyed() || origin.isAmbiguous());
		return needed ? this.cookie.expireVariants(host, requestPath) : List.of();
	}

	/**
	 * Returns the session for a value, for transports other than cookies.
	 * @param value a value that {@link #save(Session)} returned; {@code null} or empty if
	 * there is none
	 * @return the session; a new one if the value is not valid
	 */
	public Session read(@Nullable String value) {
		return this.engine.open((value == null || value.isEmpty()) ? List.of() : List.of(value));
	}

	/**
	 * Saves the session if there is something to write, for transports other than
	 * cookies.
	 * @param session the session
	 * @return the value that the client has to keep; empty if the client has to forget
	 * its value; {@code null} if the client keeps the one that it has
	 * @throws SessionException in the same cases as {@link #commitSession(Session)}
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

	/** Reports a commit that wrote something to the listener. */
	private @Nullable Committed commit(Session session, CommitOptions options, boolean always) {
		long begin = System.nanoTime();
		Committed committed = this.engine.commit(session, options, always);
		if (committed != null || session.isWritten()) {
			int bytes = (committed != null) ? committed.header().length() : 0;
			this.rules.listener().committed(Duration.ofNanos(System.nanoTime() - begin), bytes);
		}
		return committed;
	}

	/**
	 * {@return whether the whole session is in the cookie, and not in a store}
	 */
	public boolean isInCookie() {
		return this.sessions instanceof CookieSessions;
	}

	/**
	 * {@return the idle timeout of a session that has none of its own}
	 */
	public Duration idleTimeout() {
		return this.idleTimeout;
	}

	/**
	 * {@return the absolute timeout, which no session exceeds}
	 */
	public Duration absoluteTimeout() {
		return this.absoluteTimeout;
	}

	/**
	 * Returns whether an application in JavaScript reads and writes the sessions too.
	 * This depends on the {@link SessionCookie#format() format} of the cookie. Shared
	 * sessions have only values and flash attributes. They have no principal name, no
	 * {@code maxAge} of their own, no age, and no {@link LibraryAttributes}.
	 * @return whether sessions are shared
	 */
	public boolean isShared() {
		return this.rules.format().isShared();
	}

	Sessions sessions() {
		return this.sessions;
	}

	/**
	 * Returns how many stored values were treated as absent, because they did not fit the
	 * type that they were read as.
	 * @return the number since this storage was built
	 */
	public long unreadableValues() {
		return this.rules.unreadable().sum();
	}

	/** Builds a {@link SessionStorage}. */
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
		 * Sets after what time an unused session expires, unless it has a timeout of its
		 * own.
		 * @param timeout 1 second to 68 years; defaults to the {@code maxAge} of the
		 * cookie, or else to {@link SessionStorage#DEFAULT_IDLE_TIMEOUT}
		 * @return this builder
		 * @throws IllegalArgumentException if it is out of range
		 */
		public Builder idleTimeout(Duration timeout) {
			this.idleTimeout = Lifetimes.wholeSeconds("idleTimeout", timeout);
			return this;
		}

		/**
		 * Sets after what time a session expires even if it is used. The time starts when
		 * the session is created, and again when {@code regenerateId} is called. The age
		 * of a shared session is not known, so there it starts with each write.
		 * @param timeout 1 second to 68 years; defaults to
		 * {@link SessionStorage#DEFAULT_ABSOLUTE_TIMEOUT}
		 * @return this builder
		 * @throws IllegalArgumentException if it is out of range
		 */
		public Builder absoluteTimeout(Duration timeout) {
			this.absoluteTimeout = Lifetimes.wholeSeconds("absoluteTimeout", timeout);
			return this;
		}

		/**
		 * Sets whether reading renews a session too. It does so at most once per tenth of
		 * the idle timeout.
		 * @param rolling {@code false} if only writing renews a session; defaults to
		 * {@code true}
		 * @return this builder
		 */
		public Builder rolling(boolean rolling) {
			this.rolling = rolling;
			return this;
		}

		/**
		 * Sets whether requests go on without a session while the store is down. They
		 * then have an empty session, their changes are lost, and no cookie is sent.
		 * @param anonymous {@code false} if they fail with a
		 * {@link SessionStorageException}; defaults to {@code false}
		 * @return this builder
		 */
		public Builder anonymousOnFailure(boolean anonymous) {
			this.anonymousOnFailure = anonymous;
			return this;
		}

		/**
		 * Sets the clock for expiry.
		 * @param clock the clock; defaults to the system clock
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = Objects.requireNonNull(clock, "clock");
			return this;
		}

		/**
		 * Adds modules and serializers to the JSON mapper for values. The limits, the
		 * detection of duplicate keys, and the ban of class names cannot be changed.
		 * @param customizer changes the builder of the mapper
		 * @return this builder
		 */
		public Builder json(Consumer<JsonMapper.Builder> customizer) {
			this.json = Objects.requireNonNull(customizer, "customizer");
			return this;
		}

		/**
		 * Sets which classes {@link SessionAttributes} may store, in addition to the
		 * value types and collections of the JDK.
		 * @param allowed tests the binary name of a class, before that class is loaded;
		 * by default no class is allowed
		 * @return this builder
		 */
		public Builder attributeTypes(Predicate<String> allowed) {
			this.attributeTypes = Objects.requireNonNull(allowed, "allowed");
			return this;
		}

		/**
		 * Makes the end of a cookie-held session known to all instances. By default it is
		 * known only to the instance that ended it.
		 * @param revocation where the end is noted; {@link #build()} refuses it for
		 * sessions in a server-side store, which do not need it
		 * @return this builder
		 */
		public Builder revocation(Revocation revocation) {
			this.revocation = revocation;
			return this;
		}

		/**
		 * Adds a listener. Several listeners are called in the order in which they were
		 * added.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder listener(SessionStorageListener listener) {
			this.listeners.add(Objects.requireNonNull(listener, "listener"));
			return this;
		}

		/**
		 * Builds the storage.
		 * @return the storage
		 * @throws IllegalArgumentException if cookie, strategy and revocation do not fit
		 * together
		 */
		public SessionStorage build() {
			return new SessionStorage(this);
		}

	}

}
