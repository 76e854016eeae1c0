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
 * The values that belong to one visitor, for the duration of one request. A
 * {@link SessionStorage} creates a session from a {@code Cookie} header, and saves it
 * into a {@code Set-Cookie} header by a single commit. After the commit the session can
 * still be read, but not changed.
 *
 * <p>
 * Values are JSON. A value that is read as a type is an object that belongs to the
 * session: each read with the same key and type returns the same instance, and changes in
 * it are saved. A value that is absent, or does not fit the type any more, is
 * {@code null}. A flash attribute can be read once, and not after the commit.
 *
 * <p>
 * Every method that changes the session throws an {@link IllegalStateException} if the
 * session was committed or destroyed. On a destroyed session {@code unset} does nothing,
 * and every read returns nothing. A method that sets a value throws a
 * {@link SessionSerializationException} if the value would not be the same when it is
 * read from its JSON, and a {@link SessionTooLargeException} if it can never fit. The
 * session stays unchanged then. The first method that needs the store may throw a
 * {@link SessionStorageException}. One thread at a time may use a session.
 *
 * <p>
 * A value may have any name except a few that former versions used themselves. Setting
 * one of these throws an {@link IllegalArgumentException}. The methods of this class do
 * not reach what libraries keep in the session, see {@link LibraryAttributes}.
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

	/**
	 * Creates a new, empty session with the standard JSON mapper. It has to be committed
	 * to be saved.
	 * @return the session
	 */
	public static Session create() {
		return create(Map.of());
	}

	/**
	 * Creates a new session with initial values. It has to be committed to be saved.
	 * @param initial the values by name; {@code null} values are left out
	 * @return the session
	 */
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

	/**
	 * Returns the id, which is a secret.
	 * @return the id; empty until the first commit and on a destroyed session
	 */
	public String id() {
		if (this.result != null) {
			return this.result.id();
		}
		return (!this.destroyed && this.origin.found().isLive()) ? this.origin.liveCookie().id() : "";
	}

	/**
	 * Returns the handle, a name for this session that may be logged or shown on a page,
	 * because it gives no access to the session. It is the same on all instances until
	 * the session gets a new id, and equals {@link SubjectSession#handle()}. If the
	 * session is kept in a cookie in the format of React Router, it has another handle in
	 * each request.
	 * @return the handle, which consists of characters of {@code [A-Za-z0-9_-]}
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
	 * Returns the id that the session gets by the commit that creates it or changes its
	 * id.
	 * @param rules the rules of the storage that commits it
	 */
	@SuppressWarnings("ReferenceEquality") // compares the identity of the storage
	String nextId(ContentRules rules) {
		return (rules == this.rules) ? nextId() : rules.newId();
	}

	private String nextId() {
		if (this.nextId == null) {
			this.nextId = this.rules.newId();
		}
		return this.nextId;
	}

	/**
	 * {@return whether the request brought no session; this stays {@code true} after the
	 * first commit}
	 */
	public boolean isNew() {
		return !this.origin.found().isLive();
	}

	/**
	 * Returns why the request brought no session, for example for a login page that says
	 * "your session has expired". A session that was destroyed in this request counts as
	 * brought.
	 * @return the reason, or {@code null} if the request brought a session
	 */
	public @Nullable SessionAbsence absence() {
		return this.origin.found().absence();
	}

	/**
	 * Returns when the session was created, or got its current id by
	 * {@link #regenerateId()}. The absolute timeout starts at this time.
	 * @return the time in whole seconds; the current time for a new or a shared session
	 */
	public Instant createdAt() {
		return (this.result != null) ? this.result.created() : this.origin.found().created();
	}

	/**
	 * {@return when the session expires unless it is renewed, in whole seconds}
	 */
	public Instant expiresAt() {
		return (this.result != null) ? this.result.expires() : this.origin.found().expires();
	}

	/**
	 * Returns the idle timeout that this session has instead of the one of the storage.
	 * @return the timeout, or {@code null} if {@link #maxAge(Duration)} did not set one
	 */
	public @Nullable Duration maxAge() {
		Duration life = this.destroyed ? null : document().life();
		return (life != null && !life.isZero()) ? life : null;
	}

	/**
	 * Returns the principal name, which is called the subject in this API.
	 * @return what {@link #subject(String)} set, or {@code null} if the session belongs
	 * to nobody
	 */
	public @Nullable String subject() {
		return this.destroyed ? null : document().subject();
	}

	/**
	 * {@return the names of the values; the set is unmodifiable}
	 */
	public Set<String> keys() {
		return this.destroyed ? Set.of() : document().names();
	}

	/**
	 * {@return the names of the flash attributes that have not been read; the set is
	 * unmodifiable}
	 */
	public Set<String> flashKeys() {
		return this.destroyed || this.committed ? Set.of() : document().flashNames();
	}

	/**
	 * Returns all values, and all flash attributes that have not been read. If a value
	 * and a flash attribute have the same name, the value is returned. No flash attribute
	 * is consumed.
	 * @return an unmodifiable map of plain JSON
	 */
	public Map<String, Object> data() {
		return this.destroyed ? Map.of() : values().view(!this.committed);
	}

	/**
	 * {@return whether a commit has something to write, including values that were
	 * changed in place}
	 */
	public boolean isDirty() {
		return !this.committed
				&& (this.destroyed || this.regenerated || (this.values != null && this.values.isDirty()));
	}

	/**
	 * {@return whether {@link #destroy()} was called in this request}
	 */
	public boolean isDestroyed() {
		return this.destroyed;
	}

	/**
	 * Returns whether there is a value, or a flash attribute that has not been read. The
	 * flash attribute is not consumed.
	 * @param name the name
	 * @return whether one of them is present
	 */
	public boolean has(String name) {
		return hasValue(name) || hasFlash(name);
	}

	/**
	 * Returns whether there is a value.
	 * @param key the key
	 * @return whether the value is present
	 */
	public boolean has(SessionKey<?> key) {
		return hasValue(key.name());
	}

	/**
	 * Returns whether there is a flash attribute that has not been read. It is not
	 * consumed.
	 * @param key the key
	 * @return whether the flash attribute is present
	 */
	public boolean has(FlashKey<?> key) {
		return hasFlash(key.name());
	}

	/**
	 * Returns a value as plain JSON. If there is none, returns the flash attribute of the
	 * same name, which is consumed.
	 * @param name the name
	 * @return a {@code String}, {@code Boolean}, {@code Long}, {@code BigDecimal}, an
	 * unmodifiable {@code List} or {@code Map} of these, or {@code null} if there is
	 * neither
	 */
	public @Nullable Object get(String name) {
		Object value = this.destroyed ? null : values().view(name);
		return (value != null) ? value : takeFlash(name, null);
	}

	/**
	 * Returns a value as a type. If there is none, returns the flash attribute of the
	 * same name, which is consumed.
	 * @param <T> the type
	 * @param name the name
	 * @param type the class; for lists and maps of objects use a {@link SessionKey}
	 * @return an object that belongs to the session, or {@code null} if there is none
	 * that fits the type
	 */
	public <T> @Nullable T get(String name, Class<T> type) {
		T value = this.destroyed ? null : values().get(name, type);
		return (value != null) ? value : takeFlash(name, type);
	}

	/**
	 * Returns a value.
	 * @param <T> the type
	 * @param key the key
	 * @return an object that belongs to the session, or {@code null} if the value is
	 * absent or does not fit the type
	 */
	public <T> @Nullable T get(SessionKey<T> key) {
		return this.destroyed ? null : values().get(key.name(), key.type());
	}

	/**
	 * Returns a value. If it is absent, sets and returns a new one.
	 * @param <T> the type
	 * @param key the key
	 * @param initial creates the new value; must not return {@code null}
	 * @return an object that belongs to the session
	 */
	public <T> T get(SessionKey<T> key, Supplier<? extends T> initial) {
		T value = get(key);
		if (value == null) {
			value = Objects.requireNonNull(initial.get(), "the supplier returned null");
			set(key, value);
		}
		return value;
	}

	/**
	 * Returns a flash attribute and consumes it.
	 * @param <T> the type
	 * @param key the key
	 * @return the flash attribute, or {@code null} if there is none that fits the type
	 */
	public <T> @Nullable T get(FlashKey<T> key) {
		return takeFlash(key.name(), key.type());
	}

	/**
	 * Sets a value. The session keeps the object itself, so changes that are made in it
	 * until the commit are saved.
	 * @param name the name, at most 256 characters
	 * @param value the value; {@code null} does the same as {@link #unset(String)}
	 */
	public void set(String name, @Nullable Object value) {
		change(ReservedNames.refused(name), (values) -> values.set(name, value, null));
	}

	/**
	 * Sets a value, as {@link #set(String, Object)} does.
	 * @param <T> the type
	 * @param key the key
	 * @param value the value; {@code null} removes it
	 */
	public <T> void set(SessionKey<T> key, @Nullable T value) {
		change(key.name(), (values) -> values.set(key.name(), value, key.type()));
	}

	/**
	 * Removes the value and the flash attribute of this name.
	 * @param name the name
	 */
	public void unset(String name) {
		unset(name, true, true);
	}

	/**
	 * Removes a value.
	 * @param key the key
	 */
	public void unset(SessionKey<?> key) {
		unset(key.name(), true, false);
	}

	/**
	 * Removes a flash attribute without reading it.
	 * @param key the key
	 */
	public void unset(FlashKey<?> key) {
		unset(key.name(), false, true);
	}

	/**
	 * Sets a flash attribute, which is read once. Later changes in the object are not
	 * saved.
	 * @param name the name, at most 256 characters
	 * @param value the flash attribute; {@code null} removes it
	 */
	public void flash(String name, @Nullable Object value) {
		changeable().flash(ReservedNames.refused(name), value, null);
	}

	/**
	 * Sets a flash attribute, as {@link #flash(String, Object)} does.
	 * @param <T> the type
	 * @param key the key
	 * @param value the flash attribute; {@code null} removes it
	 */
	public <T> void flash(FlashKey<T> key, @Nullable T value) {
		changeable().flash(key.name(), value, key.type());
	}

	/**
	 * Reads, changes and sets a value in one step. A concurrent change is not lost: if
	 * another request saved first, the function runs again on its result.
	 *
	 * <p>
	 * The returned value is provisional until the commit, so a decision that depends on
	 * it is not atomic. Many concurrent requests may all see a counter below its limit,
	 * even though no increment is lost. Use a database to count what you have to limit.
	 * @param <T> the type
	 * @param key the key
	 * @param initial passed to the function, as a copy, if the value is absent
	 * @param function returns the new value; it may change and return its argument, must
	 * not return {@code null}, and must not have side effects
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
	 * Removes all values, all flash attributes, the principal name, and what libraries
	 * keep in the session. The user is logged out by this.
	 */
	public void clear() {
		SessionValues changeable = changeable();
		Runnable cleared = (this.listener != null) ? this.listener.clearing() : null;
		changeable.change(new Change.Clear());
		run(cleared);
	}

	/**
	 * Sets the principal name, so that {@link SubjectSessions} can list and end the
	 * session. Use a name that never changes, such as the id of an account. If the
	 * session belonged to nobody or to another user, it also gets a new id, as by
	 * {@link #regenerateId()}, unless it has got one in this request already. Whoever
	 * knew the id before the login therefore cannot use the session of the user.
	 * @param subject 1 to 255 characters; {@code null} removes the name and keeps the id
	 * @throws IllegalArgumentException if the name has another length or an unpaired
	 * surrogate
	 * @throws IllegalStateException also if the sessions are
	 * {@link SessionStorage#isShared() shared}
	 */
	public void subject(@Nullable String subject) {
		subject(subject, true);
	}

	/**
	 * Sets the principal name, and leaves the decision about a new id to the caller.
	 * @param subject 1 to 255 characters; {@code null} removes the name
	 * @param newId whether the session gets a new id if it belonged to nobody or to
	 * another user; {@code false} keeps the id
	 * @throws IllegalArgumentException if the name has another length or an unpaired
	 * surrogate
	 * @throws IllegalStateException also if the sessions are
	 * {@link SessionStorage#isShared() shared}
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

	/**
	 * {@return whether the principal name was set or removed in this request}
	 */
	public boolean isSubjectChanged() {
		return !this.destroyed && changes().stream().anyMatch(Change.Subject.class::isInstance);
	}

	/**
	 * Gives this session and its cookie a timeout of their own, for example for "remember
	 * me". It starts again with each commit and each renewal, and never exceeds the
	 * absolute timeout.
	 * @param maxAge 1 second to 68 years; fractions of a second are dropped
	 * @throws IllegalArgumentException if it is out of range
	 * @throws IllegalStateException also if the sessions are
	 * {@link SessionStorage#isShared() shared}
	 */
	public void maxAge(Duration maxAge) {
		changeableAlone().change(new Change.Life(Lifetimes.wholeSeconds("maxAge", maxAge)));
	}

	/**
	 * Makes the browser forget the cookie when it closes. On the server the idle timeout
	 * of the storage applies again. Does nothing if the sessions are
	 * {@link SessionStorage#isShared() shared}.
	 */
	public void untilBrowserCloses() {
		SessionValues values = changeable();
		if (!isShared()) {
			values.change(new Change.Life(Duration.ZERO));
		}
	}

	/**
	 * Gives the session a new id at the commit and ends the old one. The absolute timeout
	 * starts again. Call this whenever the rights of the user change, above all at a
	 * login, to prevent session fixation.
	 */
	public void regenerateId() {
		regenerateId(true);
	}

	/**
	 * Gives the session a new id at the commit.
	 * @param deleteOld whether the old id ends. {@code false} keeps a second session
	 * under the old id, with all its content
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
	 * Does not extend the session in this request, neither by reading nor by a change.
	 * {@link #expiresAt()} then returns when the session expires. This is meant for a
	 * page that polls, or that counts down to the logout. A {@link #maxAge(Duration)} or
	 * a new id in this request still has its effect. This does not read the session.
	 */
	public void withoutRenewal() {
		requireUncommitted();
		this.renewing = false;
	}

	/**
	 * Keeps flash attributes that are read in this request for the next request. This is
	 * meant for a request whose response nobody sees. This does not read the session.
	 */
	public void keepFlash() {
		this.flashKept = true;
	}

	/**
	 * Ends the session: a logout. This does not read the session, so it works whatever is
	 * stored. A second call does nothing.
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
	 * Discards the changes of this request, for example after a failure. A
	 * {@link #destroy()} and a {@link #regenerateId()} stay in effect.
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

	/** Returns whether a peer reads the session too. */
	boolean isShared() {
		return this.rules.format().isShared();
	}

	SessionValues values() {
		if (this.values == null) {
			this.values = new SessionValues(this.rules, this.origin.found().document(), this::place);
		}
		return this.values;
	}

	/**
	 * Describes where the session is for a log message: the beginning of the record's
	 * key, and nothing of a cookie.
	 */
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

	/** Records changes in place, before the document is examined. */
	void captureChanges() {
		values().captureChanges();
	}

	/**
	 * Returns the operations of this request, including changes in place if they were
	 * captured.
	 */
	List<Change> changes() {
		return values().changes();
	}

	/** Returns the values for a change. */
	SessionValues changeable() {
		requireUncommitted();
		if (this.destroyed) {
			throw new IllegalStateException("The session was destroyed in this request and can't be changed; to keep "
					+ "something for the next one, use clear() and regenerateId() instead of destroy()");
		}
		return values();
	}

	/** Returns the values for a change that a shared session cannot store. */
	private SessionValues changeableAlone() {
		if (this.rules.format() instanceof SharedSessionFormat format) {
			throw format.noRoom();
		}
		return changeable();
	}

	/** Returns the values for a change that only a library may make. */
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

	/** Removes what is present. Does nothing on a destroyed session. */
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

	/**
	 * Returns whether the flash attribute can be read, which it cannot after a commit.
	 */
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

	@SuppressWarnings("TypeParameterUnusedInFormals") // the reflective type determines T
	private <T> @Nullable T takeFlash(String name, @Nullable Type type) {
		return hasFlash(name) ? values().takeFlash(name, type, !this.flashKept) : null;
	}

	/**
	 * Gives the session a new id if others may know the current one, or if the request
	 * read a session that was ended. Does nothing if the session is new, or if its id was
	 * regenerated in this request, even if the old one was kept.
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

	/** Returns whether a write leaves the expiry of the session unchanged. */
	boolean keepsEnd(CommitOptions options) {
		return !this.renewing && options.maxAge() == null && options.expires() == null
				&& changes().stream().noneMatch(Change.Life.class::isInstance);
	}

	/** Prevents further changes. */
	void close() {
		this.committed = true;
	}

	boolean isCommitted() {
		return this.committed;
	}

	/** Records the result of a commit. */
	void committedAs(String id, Instant created, Instant expires) {
		this.result = new Result(id, created, expires);
	}

	/** Returns whether a commit has written the session. */
	boolean isWritten() {
		return this.result != null;
	}

	/** Returns the state, never the id or the content. */
	@Override
	public String toString() {
		return "Session[" + (this.destroyed ? "destroyed" : this.committed ? "committed" : "open") + "]";
	}

	private record Result(String id, Instant created, Instant expires) {
	}

	private record Handle(String id, String handle) {
	}

}
