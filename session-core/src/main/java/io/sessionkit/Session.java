package io.sessionkit;

import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values that belong to one visitor, for the time of one request. A
 * {@link SessionStorage} makes it from a {@code Cookie} header and commits it into a
 * {@code Set-Cookie} header, once; then it can be read but no longer changed.
 *
 * <p>
 * Values are JSON. A value read through a type is an object of the session's own: the
 * same instance for the same key and type, and what is changed in it is saved. What is
 * absent, or no longer fits its type, reads as {@code null}. A flash value is readable
 * until it is read, or the session committed.
 *
 * <p>
 * Every method that changes the session throws an {@link IllegalStateException} once it
 * is committed or destroyed; on a destroyed one {@code unset} does nothing and every read
 * is absent. Those that set a value throw a {@link SessionSerializationException} where
 * it would not come back from its JSON as it is, a {@link SessionTooLargeException} where
 * it can never fit, and change nothing then. The store is asked by the first method that
 * needs it, which may throw a {@link SessionStorageException}. One thread at a time may
 * use a session.
 *
 * <p>
 * Any name will do for a value, but for a few that former versions used themselves: to
 * set one is an {@link IllegalArgumentException}. What libraries keep in a session
 * ({@link LibraryAttributes}) cannot be reached from here.
 *
 * @see <a href="https://reactrouter.com/explanation/sessions-and-cookies">Sessions and
 * cookies of React Router</a>, where this interface comes from
 */
public final class Session {

	private static final Logger logger = LoggerFactory.getLogger(Session.class);

	private final ContentRules rules;

	private final Origin origin;

	private @Nullable SessionValues values;

	private boolean regenerated;

	private boolean oldDeleted = true;

	private boolean destroyed;

	private boolean committed;

	private boolean renewing = true;

	private boolean flashKept;

	private boolean warnedOfFlash;

	private @Nullable Result result;

	private @Nullable SessionChangeListener listener;

	private @Nullable String nextId;

	private @Nullable Handle handle;

	Session(ContentRules rules, Origin origin) {
		this.rules = rules;
		this.origin = origin;
	}

	/** Makes a new, empty session with the standard JSON mapper, to be committed. */
	public static Session create() {
		return create(Map.of());
	}

	/** Makes a new session with initial values by name; {@code null} is left out. */
	public static Session create(Map<String, ? extends @Nullable Object> initial) {
		Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
		Origin origin = Origin
			.of(Found.nothing(Found.State.NEW, SessionAbsence.ABSENT, now, now.plus(Lifetimes.DEFAULT_IDLE)));
		Session session = new Session(
				ContentRules.ofRecords(SessionJson.STANDARD, TypedJson.of(SessionJson.STANDARD, (name) -> false),
						OwnSessionFormat.INSTANCE, SessionIds::key, Listeners.NONE, Clock.systemUTC()),
				origin);
		initial.forEach(session::set);
		return session;
	}

	/** The id, a secret; "" until the first commit and on a destroyed session. */
	public String id() {
		if (this.result != null) {
			return this.result.id();
		}
		return (!this.destroyed && this.origin.found().isLive()) ? this.origin.liveCookie().id() : "";
	}

	/**
	 * What this session may be called in a log or on a page: the same from its begin to
	 * its next id, on all nodes, and it opens nothing. That of
	 * {@link SubjectSession#handle()}. A session that React Router or Remix shares and
	 * keeps in the cookie has one for each request.
	 */
	public String handle() {
		String id = currentId();
		if (this.handle == null || !this.handle.id().equals(id)) {
			this.handle = new Handle(id, this.rules.handles()
				.apply(id.isEmpty() ? SessionIds.text(SessionIds.random(SessionIds.COOKIE_ID)) : id));
		}
		return this.handle.handle();
	}

	@Nullable String broughtHandle() {
		CookieId brought = this.origin.cookie();
		return (brought != null && !brought.id().isEmpty()) ? this.rules.handles().apply(brought.id()) : null;
	}

	private String currentId() {
		if (this.result != null) {
			return this.result.id();
		}
		CookieId brought = this.origin.cookie();
		if (this.destroyed) {
			return (brought != null) ? brought.id() : nextId();
		}
		return (!this.regenerated && this.origin.found().isLive()) ? this.origin.liveCookie().id() : nextId();
	}

	/**
	 * The id that it gets by the commit that creates it or gives it another one.
	 * @param rules those of the storage that commits it
	 */
	@SuppressWarnings("ReferenceEquality") // whether it is the storage that made it
	String nextId(ContentRules rules) {
		return (rules == this.rules) ? nextId() : rules.newId();
	}

	private String nextId() {
		if (this.nextId == null) {
			this.nextId = this.rules.newId();
		}
		return this.nextId;
	}

	/** Whether the request brought no session; still true after the first commit. */
	public boolean isNew() {
		return !this.origin.found().isLive();
	}

	/**
	 * Why the request brought no session, as for a login page that says "your session has
	 * expired". What was destroyed in this request was brought.
	 * @return {@code null} if it brought one
	 */
	public @Nullable SessionAbsence absence() {
		return this.origin.found().absence();
	}

	/**
	 * When the session was created or got its present id by {@link #regenerateId()}, in
	 * whole seconds: the begin of the absolute timeout. Now for a new or shared session.
	 */
	public Instant createdAt() {
		return (this.result != null) ? this.result.created() : this.origin.found().created();
	}

	/** When the session ends if nothing renews it, in whole seconds. */
	public Instant expiresAt() {
		return (this.result != null) ? this.result.expires() : this.origin.found().expires();
	}

	/**
	 * How long it lives that is not used, where that is not the storage's but its own.
	 * @return {@code null} if {@link #maxAge(Duration)} was not called
	 */
	public @Nullable Duration maxAge() {
		Duration life = this.destroyed ? null : document().life();
		return (life != null && !life.isZero()) ? life : null;
	}

	/** Whose session it is, see {@link #subject(String)}; {@code null}: nobody's. */
	public @Nullable String subject() {
		return this.destroyed ? null : document().subject();
	}

	/** Returns the names of the values, unmodifiable. */
	public Set<String> keys() {
		return this.destroyed ? Set.of() : document().names();
	}

	/** Returns the names of the flash values that nobody has read, unmodifiable. */
	public Set<String> flashKeys() {
		return this.destroyed || this.committed ? Set.of() : document().flashNames();
	}

	/** Returns all values, and flash under other names, unmodifiable; consumes none. */
	public Map<String, Object> data() {
		return this.destroyed ? Map.of() : values().view(!this.committed);
	}

	/** Whether a commit has something to write, changes in place included. */
	public boolean isDirty() {
		return !this.committed
				&& (this.destroyed || this.regenerated || (this.values != null && this.values.isDirty()));
	}

	/** Whether {@link #destroy()} was called in this request. */
	public boolean isDestroyed() {
		return this.destroyed;
	}

	/** Whether there is a value or an unread flash of this name. Consumes no flash. */
	public boolean has(String name) {
		return hasValue(name) || hasFlash(name);
	}

	/** Whether there is a value of this key. */
	public boolean has(SessionKey<?> key) {
		return hasValue(key.name());
	}

	/** Whether there is an unread flash of this key. Does not consume it. */
	public boolean has(FlashKey<?> key) {
		return hasFlash(key.name());
	}

	/**
	 * Returns the value, or else the flash, which is consumed, as plain JSON.
	 * @return String, Boolean, Long, BigDecimal, an unmodifiable List or Map of them, or
	 * {@code null} if absent
	 */
	public @Nullable Object get(String name) {
		Object value = this.destroyed ? null : values().view(name);
		return (value != null) ? value : takeFlash(name, null);
	}

	/**
	 * Returns the value, or else the flash, which is consumed, as a type.
	 * @param type a class; for lists and maps of objects use a {@link SessionKey}
	 * @return the session's own object, or {@code null} if absent or not of this type
	 */
	public <T> @Nullable T get(String name, Class<T> type) {
		T value = this.destroyed ? null : values().get(name, type);
		return (value != null) ? value : takeFlash(name, type);
	}

	/** Returns the session's own object; {@code null}: absent or not of this type. */
	public <T> @Nullable T get(SessionKey<T> key) {
		return this.destroyed ? null : values().get(key.name(), key.type());
	}

	/** Returns the value of a key; where it is absent, sets what the supplier makes. */
	public <T> T get(SessionKey<T> key, Supplier<? extends T> initial) {
		T value = get(key);
		if (value == null) {
			value = Objects.requireNonNull(initial.get(), "the supplier made null");
			set(key, value);
		}
		return value;
	}

	/** Returns the flash of a key, gone with that; {@code null}: none of this type. */
	public <T> @Nullable T get(FlashKey<T> key) {
		return takeFlash(key.name(), key.type());
	}

	/**
	 * Sets a value. The session keeps this very object: what is changed in it until the
	 * commit is saved. {@code null} unsets.
	 */
	public void set(String name, @Nullable Object value) {
		change(ReservedNames.refused(name), (values) -> values.set(name, value, null));
	}

	/** Sets the value of a key, as {@link #set(String, Object)} does. */
	public <T> void set(SessionKey<T> key, @Nullable T value) {
		change(key.name(), (values) -> values.set(key.name(), value, key.type()));
	}

	/** Removes the value and the flash of this name. */
	public void unset(String name) {
		unset(name, true, true);
	}

	/** Removes the value of a key. */
	public void unset(SessionKey<?> key) {
		unset(key.name(), true, false);
	}

	/** Removes the flash of a key unread. */
	public void unset(FlashKey<?> key) {
		unset(key.name(), false, true);
	}

	/** Sets a value, as it is now, that is read once; {@code null} removes the flash. */
	public void flash(String name, @Nullable Object value) {
		changeable().flash(ReservedNames.refused(name), value, null);
	}

	/** Sets the flash of a key, as {@link #flash(String, Object)} does. */
	public <T> void flash(FlashKey<T> key, @Nullable T value) {
		changeable().flash(key.name(), value, key.type());
	}

	/**
	 * Reads, modifies and sets in one step that loses no concurrent one: where another
	 * request committed first, the function runs again on its result.
	 *
	 * <p>
	 * The value that is returned is provisional until the commit, so a decision on it is
	 * not atomic: many requests at once may all see a counter below its limit, though no
	 * increment is lost. Count what limits something in a database.
	 * @param initial what the function gets where the value is absent, as a copy
	 * @param function makes the new value from the present one; may change and return it;
	 * must not return {@code null} nor have side effects
	 * @return the new value
	 */
	public <T> T update(SessionKey<T> key, T initial, UnaryOperator<T> function) {
		SessionValues changeable = changeable();
		Runnable changed = changing(key.name());
		T updated = changeable.update(key, initial, function);
		run(changed);
		return updated;
	}

	/**
	 * Removes all values, all flash, the subject, and what libraries keep here: who was
	 * logged in is so no more.
	 */
	public void clear() {
		SessionValues changeable = changeable();
		Runnable cleared = (this.listener != null) ? this.listener.clearing() : null;
		changeable.change(new Change.Clear());
		run(cleared);
	}

	/**
	 * Says whose session it is, so that {@link SubjectSessions} can list and end it: the
	 * id of an account, for good. Where the session was nobody's, or another's, it gets a
	 * new id, as by {@link #regenerateId()}, unless it has one in this request anyway:
	 * who knew the id before the login must not share it.
	 * @param subject 1 to 255 characters; {@code null} for nobody, which keeps the id
	 * @throws IllegalStateException also if {@link SessionStorage#isShared() sessions are
	 * shared}
	 */
	public void subject(@Nullable String subject) {
		subject(subject, true);
	}

	/**
	 * Says whose session it is.
	 * @param subject 1 to 255 characters; {@code null} for nobody
	 * @param newId {@code false} keeps the id also where the session becomes another's:
	 * for a caller that decides about the id itself
	 * @throws IllegalStateException also if {@link SessionStorage#isShared() sessions are
	 * shared}
	 * @see #subject(String)
	 */
	public void subject(@Nullable String subject, boolean newId) {
		SessionValues values = (subject != null) ? changeableAlone() : changeable();
		SubjectKeys.checked(subject);
		if (newId && subject != null && !subject.equals(document().subject())) {
			regenerateIdOnce();
		}
		values.subject(subject);
	}

	/** Whether this request has made it another subject's, or nobody's. */
	public boolean isSubjectChanged() {
		return !this.destroyed && changes().stream().anyMatch(Change.Subject.class::isInstance);
	}

	/**
	 * Gives this session and its cookie a life of their own ("remember me") from each
	 * commit and renewal on, capped by the absolute timeout.
	 * @param maxAge at least one second; fractions of a second are dropped
	 * @throws IllegalStateException also if {@link SessionStorage#isShared() sessions are
	 * shared}
	 */
	public void maxAge(Duration maxAge) {
		changeableAlone().change(new Change.Life(Lifetimes.wholeSeconds("maxAge", maxAge)));
	}

	/**
	 * Makes the browser forget the cookie when it closes; on the server the storage's own
	 * life counts again. Does nothing where {@link SessionStorage#isShared() sessions are
	 * shared}.
	 */
	public void untilBrowserCloses() {
		SessionValues values = changeable();
		if (!isShared()) {
			values.change(new Change.Life(Duration.ZERO));
		}
	}

	/**
	 * Gives the session a new id at commit, ends the old one, and begins a new absolute
	 * period: to be called whenever rights change, above all at a login.
	 */
	public void regenerateId() {
		regenerateId(true);
	}

	/**
	 * Gives the session a new id; {@code false} leaves the old one alive too, with all
	 * that it has.
	 */
	public void regenerateId(boolean deleteOld) {
		changeable();
		Runnable changed = (this.listener != null) ? this.listener.changingId() : null;
		this.nextId = null;
		this.oldDeleted = deleteOld || (this.regenerated && this.oldDeleted);
		this.regenerated = true;
		run(changed);
	}

	/**
	 * Leaves the end of the session as it is, as for a poll of the page or a count-down
	 * to the logout: neither reading nor a change renews it, and {@link #expiresAt()}
	 * tells the rest of its life. A {@link #maxAge(Duration)} or a new id of this request
	 * counts all the same. Reads nothing.
	 */
	public void withoutRenewal() {
		requireUncommitted();
		this.renewing = false;
	}

	/**
	 * Lets every read of flash in this request leave it for the next one, as for a
	 * request whose answer nobody may see. Reads nothing.
	 */
	public void keepFlash() {
		this.flashKept = true;
	}

	/**
	 * Ends the session for good: logout. It reads nothing, so that it works whatever is
	 * stored; calling it twice is fine.
	 */
	public void destroy() {
		if (!this.destroyed) {
			requireUncommitted();
			SessionChangeListener present = this.listener;
			this.listener = null;
			if (present != null) {
				present.destroying();
			}
			this.destroyed = true;
		}
	}

	void listener(SessionChangeListener listener) {
		this.listener = listener;
	}

	/** Changes a value, of which the listener hears. */
	void change(String name, Consumer<SessionValues> change) {
		SessionValues changeable = changeable();
		Runnable changed = changing(name);
		change.accept(changeable);
		run(changed);
	}

	private @Nullable Runnable changing(String name) {
		return (this.listener != null) ? this.listener.changing(name, values().isTyped(name)) : null;
	}

	private static void run(@Nullable Runnable told) {
		if (told != null) {
			told.run();
		}
	}

	/**
	 * Drops the changes of this request, as after a failure; a {@link #destroy()} and a
	 * {@link #regenerateId()} stand.
	 */
	public void discardChanges() {
		if (this.values != null && !this.committed) {
			this.values.discardChanges();
		}
	}

	Origin origin() {
		return this.origin;
	}

	boolean isRead() {
		return this.origin.isRead();
	}

	/** Whether a program in JavaScript reads it too. */
	boolean isShared() {
		return this.rules.format().isShared();
	}

	SessionValues values() {
		if (this.values == null) {
			this.values = new SessionValues(this.rules, this.origin.found().document(), this::place);
		}
		return this.values;
	}

	/** For a log: of a key the beginning, of a cookie nothing. */
	private String place() {
		CookieId cookie = this.origin.cookie();
		if (!this.rules.inRecords()) {
			return "a cookie";
		}
		return (cookie != null) ? "the record " + SessionIds.key(cookie.id()).substring(0, 8) + "..." : "a record";
	}

	SessionDocument document() {
		return values().document();
	}

	/** Takes down changes in place, before anybody looks at the document. */
	void captureChanges() {
		values().captureChanges();
	}

	/** The operations of this request, changes in place included once captured. */
	List<Change> changes() {
		return values().changes();
	}

	/** The values, to be changed. */
	SessionValues changeable() {
		requireUncommitted();
		if (this.destroyed) {
			throw new IllegalStateException("The session was destroyed in this request and can't be changed; to keep "
					+ "something for the next one, use clear() and regenerateId() instead of destroy()");
		}
		return values();
	}

	/** The values, to get what only a session that is not shared has room for. */
	private SessionValues changeableAlone() {
		if (this.rules.format() instanceof SharedSessionFormat format) {
			throw format.noRoom();
		}
		return changeable();
	}

	/** The values, to get what nobody but a library may write. */
	SessionValues changeableAttributes(String name) {
		if (this.rules.format() instanceof SharedSessionFormat format) {
			throw format.noAttributes(name);
		}
		return changeable();
	}

	private void requireUncommitted() {
		if (this.committed) {
			throw new IllegalStateException("The session was committed already, in a web application with the first "
					+ "byte of the response; change it before");
		}
	}

	private boolean hasValue(String name) {
		return !this.destroyed && values().has(name);
	}

	/** Removes what is there; nothing on a destroyed session. */
	private void unset(String name, boolean value, boolean flash) {
		if (!this.destroyed) {
			if (value) {
				change(name, (values) -> values.unset(name, true, flash));
			}
			else {
				changeable().unset(name, false, flash);
			}
		}
	}

	/** Whether the flash of this name is there to be read, which a commit ends. */
	private boolean hasFlash(String name) {
		if (this.destroyed || !values().hasFlash(name)) {
			return false;
		}
		if (this.committed && !this.warnedOfFlash) {
			this.warnedOfFlash = true;
			logger.warn("The flash '{}' was asked for after the session was committed and stays for the next "
					+ "request; read it in the controller, before the response begins", Names.shown(name));
		}
		return !this.committed;
	}

	@SuppressWarnings("TypeParameterUnusedInFormals") // what T is says the type
	private <T> @Nullable T takeFlash(String name, @Nullable Type type) {
		return hasFlash(name) ? values().takeFlash(name, type, !this.flashKept) : null;
	}

	/**
	 * Gives the session a new id where others may know the present one, or an end is in
	 * flight; an id that is new in this request, or that a caller wants to keep so, is
	 * enough.
	 */
	boolean regenerateIdOnce() {
		boolean necessary = !this.regenerated && this.origin.found().state() != Found.State.NEW;
		if (necessary) {
			regenerateId();
		}
		return necessary;
	}

	boolean isRegenerated() {
		return this.regenerated;
	}

	boolean isOldDeleted() {
		return this.oldDeleted;
	}

	boolean isRenewing() {
		return this.renewing;
	}

	/** Whether a write leaves the end of the session as it is. */
	boolean keepsEnd(CommitOptions options) {
		return !this.renewing && options.maxAge() == null && options.expires() == null
				&& changes().stream().noneMatch(Change.Life.class::isInstance);
	}

	/** Ends the time in which the session can be changed. */
	void close() {
		this.committed = true;
	}

	boolean isCommitted() {
		return this.committed;
	}

	/** Takes over what a commit has made of the session. */
	void committedAs(String id, Instant created, Instant expires) {
		this.result = new Result(id, created, expires);
	}

	/** Whether a commit has written the session. */
	boolean isWritten() {
		return this.result != null;
	}

	/** Says how far it is, never its id or content. */
	@Override
	public String toString() {
		return "Session[" + (this.destroyed ? "destroyed" : this.committed ? "committed" : "open") + "]";
	}

	private record Result(String id, Instant created, Instant expires) {
	}

	private record Handle(String id, String handle) {
	}

}
