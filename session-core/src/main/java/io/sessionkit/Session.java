package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

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

	private final SessionState state;

	Session(SessionState state) {
		this.state = state;
	}

	/** Makes a new, empty session with the standard JSON mapper, to be committed. */
	public static Session create() {
		return create(Map.of());
	}

	/** Makes a new session with initial values by name; {@code null} is left out. */
	public static Session create(Map<String, ? extends @Nullable Object> initial) {
		Session session = new Session(SessionState.detached());
		initial.forEach(session::set);
		return session;
	}

	/** The id, a secret; "" until the first commit and on a destroyed session. */
	public String id() {
		return this.state.id();
	}

	/** Whether the request brought no session; still true after the first commit. */
	public boolean isNew() {
		return !this.state.origin().found().isLive();
	}

	/**
	 * Why the request brought no session, as for a login page that says "your session has
	 * expired". What was destroyed in this request was brought.
	 * @return {@code null} if it brought one
	 */
	public @Nullable SessionAbsence absence() {
		return this.state.origin().found().absence();
	}

	/**
	 * When the session was created or got its present id by {@link #regenerateId()}, in
	 * whole seconds: the begin of the absolute timeout. Now for a new or shared session.
	 */
	public Instant createdAt() {
		return this.state.created();
	}

	/** When the session ends if nothing renews it, in whole seconds. */
	public Instant expiresAt() {
		return this.state.expires();
	}

	/** Whose session it is, see {@link #subject(String)}; {@code null}: nobody's. */
	public @Nullable String subject() {
		return isDestroyed() ? null : this.state.document().subject();
	}

	/** Returns the names of the values, unmodifiable. */
	public Set<String> keys() {
		return isDestroyed() ? Set.of() : this.state.document().names();
	}

	/** Returns the names of the flash values that nobody has read, unmodifiable. */
	public Set<String> flashKeys() {
		return isDestroyed() || this.state.isCommitted() ? Set.of() : this.state.document().flashNames();
	}

	/** Returns all values, and flash under other names, unmodifiable; consumes none. */
	public Map<String, Object> data() {
		return isDestroyed() ? Map.of() : this.state.values().view(!this.state.isCommitted());
	}

	/** Whether a commit has something to write, changes in place included. */
	public boolean isDirty() {
		return this.state.isDirty();
	}

	/** Whether {@link #destroy()} was called in this request. */
	public boolean isDestroyed() {
		return this.state.isDestroyed();
	}

	/** Whether there is a value or an unread flash of this name. Consumes no flash. */
	public boolean has(String name) {
		return this.state.hasValue(name) || this.state.hasFlash(name);
	}

	/** Whether there is a value of this key. */
	public boolean has(SessionKey<?> key) {
		return this.state.hasValue(key.name());
	}

	/** Whether there is an unread flash of this key. Does not consume it. */
	public boolean has(FlashKey<?> key) {
		return this.state.hasFlash(key.name());
	}

	/**
	 * Returns the value, or else the flash, which is consumed, as plain JSON.
	 * @return String, Boolean, Long, BigDecimal, an unmodifiable List or Map of them, or
	 * {@code null} if absent
	 */
	public @Nullable Object get(String name) {
		Object value = isDestroyed() ? null : this.state.values().view(name);
		return (value != null) ? value : this.state.takeFlash(name, null);
	}

	/**
	 * Returns the value, or else the flash, which is consumed, as a type.
	 * @param type a class; for lists and maps of objects use a {@link SessionKey}
	 * @return the session's own object, or {@code null} if absent or not of this type
	 */
	public <T> @Nullable T get(String name, Class<T> type) {
		T value = isDestroyed() ? null : this.state.values().get(name, type);
		return (value != null) ? value : this.state.takeFlash(name, type);
	}

	/** Returns the session's own object; {@code null}: absent or not of this type. */
	public <T> @Nullable T get(SessionKey<T> key) {
		return isDestroyed() ? null : this.state.values().get(key.name(), key.type());
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
		return this.state.takeFlash(key.name(), key.type());
	}

	/**
	 * Sets a value. The session keeps this very object: what is changed in it until the
	 * commit is saved. {@code null} unsets.
	 */
	public void set(String name, @Nullable Object value) {
		this.state.changeable().set(ReservedNames.refused(name), value, null);
	}

	/** Sets the value of a key, as {@link #set(String, Object)} does. */
	public <T> void set(SessionKey<T> key, @Nullable T value) {
		this.state.changeable().set(key.name(), value, key.type());
	}

	/** Removes the value and the flash of this name. */
	public void unset(String name) {
		this.state.unset(name, true, true);
	}

	/** Removes the value of a key. */
	public void unset(SessionKey<?> key) {
		this.state.unset(key.name(), true, false);
	}

	/** Removes the flash of a key unread. */
	public void unset(FlashKey<?> key) {
		this.state.unset(key.name(), false, true);
	}

	/** Sets a value, as it is now, that is read once; {@code null} removes the flash. */
	public void flash(String name, @Nullable Object value) {
		this.state.changeable().flash(ReservedNames.refused(name), value, null);
	}

	/** Sets the flash of a key, as {@link #flash(String, Object)} does. */
	public <T> void flash(FlashKey<T> key, @Nullable T value) {
		this.state.changeable().flash(key.name(), value, key.type());
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
		return this.state.changeable().update(key, initial, function);
	}

	/**
	 * Removes all values, all flash, the subject, and what libraries keep here: who was
	 * logged in is so no more.
	 */
	public void clear() {
		this.state.changeable().change(new Change.Clear());
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
		SessionValues values = (subject != null) ? this.state.changeableAlone() : this.state.changeable();
		SubjectKeys.checked(subject);
		if (newId && subject != null && !subject.equals(this.state.document().subject())) {
			this.state.regenerateForSubject();
		}
		values.subject(subject);
	}

	/** Whether this request has made it another subject's, or nobody's. */
	public boolean isSubjectChanged() {
		return !isDestroyed() && this.state.changes().stream().anyMatch(Change.Subject.class::isInstance);
	}

	/**
	 * Gives this session and its cookie a life of their own ("remember me") from each
	 * commit and renewal on, capped by the absolute timeout.
	 * @param maxAge at least one second; fractions of a second are dropped
	 * @throws IllegalStateException also if {@link SessionStorage#isShared() sessions are
	 * shared}
	 */
	public void maxAge(Duration maxAge) {
		this.state.changeableAlone().change(new Change.Life(Lifetimes.wholeSeconds("maxAge", maxAge)));
	}

	/**
	 * Makes the browser forget the cookie when it closes; on the server the storage's own
	 * life counts again. Does nothing where {@link SessionStorage#isShared() sessions are
	 * shared}.
	 */
	public void untilBrowserCloses() {
		SessionValues values = this.state.changeable();
		if (!this.state.isShared()) {
			values.change(new Change.Life(Duration.ZERO));
		}
	}

	/**
	 * Gives the session a new id at commit, ends the old one, and begins a new absolute
	 * period: to be called whenever rights change, above all at a login. What belongs to
	 * the old id, as a CSRF token does, ends with it.
	 */
	public void regenerateId() {
		regenerateId(true);
	}

	/**
	 * Gives the session a new id; {@code false} leaves the old one alive too, with all
	 * that it has. What belongs to it, as a CSRF token does, stays there.
	 */
	public void regenerateId(boolean deleteOld) {
		this.state.regenerate(deleteOld);
	}

	/**
	 * Leaves the end of the session as it is, as for a poll of the page or a count-down
	 * to the logout: neither reading nor a change renews it, and {@link #expiresAt()}
	 * tells the rest of its life. A {@link #maxAge(Duration)} or a new id of this request
	 * counts all the same. Reads nothing.
	 */
	public void withoutRenewal() {
		this.state.withoutRenewal();
	}

	/**
	 * Lets every read of flash in this request leave it for the next one, as for a
	 * request whose answer nobody may see. Reads nothing.
	 */
	public void keepFlash() {
		this.state.keepFlash();
	}

	/**
	 * Ends the session for good: logout. It reads nothing, so that it works whatever is
	 * stored; calling it twice is fine.
	 */
	public void destroy() {
		this.state.destroy();
	}

	/**
	 * Drops the changes of this request, as after a failure; a {@link #destroy()} and a
	 * {@link #regenerateId()} stand.
	 */
	public void discardChanges() {
		this.state.discardChanges();
	}

	SessionState state() {
		return this.state;
	}

	/** Says how far it is, never its id or content. */
	@Override
	public String toString() {
		return "Session[" + (isDestroyed() ? "destroyed" : this.state.isCommitted() ? "committed" : "open") + "]";
	}

}
