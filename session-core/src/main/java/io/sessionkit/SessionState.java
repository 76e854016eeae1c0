package io.sessionkit;

import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a session during one request: from where it came, what was done to it,
 * and whether it can still be changed.
 */
final class SessionState {

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.Session");

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

	SessionState(ContentRules rules, Origin origin) {
		this.rules = rules;
		this.origin = origin;
	}

	/** Of a session that no storage has seen yet. */
	static SessionState detached() {
		Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
		return new SessionState(
				ContentRules.ofRecords(SessionJson.STANDARD, SealedWire.INSTANCE, Listeners.NONE, Clock.systemUTC()),
				Origin.of(Found.nothing(Found.State.NEW, SessionAbsence.ABSENT, now,
						now.plus(SessionStorage.DEFAULT_IDLE_TIMEOUT))));
	}

	Origin origin() {
		return this.origin;
	}

	boolean isRead() {
		return this.origin.isRead();
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

	boolean isDirty() {
		return !this.committed
				&& (this.destroyed || this.regenerated || (this.values != null && this.values.isDirty()));
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
	SessionValues changeableAlone() {
		if (this.rules.wire() instanceof SharedWire wire) {
			throw wire.noRoom();
		}
		return changeable();
	}

	/** The values, to get what nobody but a library may write. */
	SessionValues changeableAttributes(String name) {
		if (this.rules.wire() instanceof SharedWire wire) {
			throw wire.noAttributes(name);
		}
		return changeable();
	}

	boolean isShared() {
		return this.rules.wire().isShared();
	}

	private void requireUncommitted() {
		if (this.committed) {
			throw new IllegalStateException("The session was committed already, in a web application with the first "
					+ "byte of the response; change it before");
		}
	}

	boolean hasValue(String name) {
		return !this.destroyed && values().has(name);
	}

	/** Removes what is there; nothing on a destroyed session. */
	void unset(String name, boolean value, boolean flash) {
		if (!this.destroyed) {
			changeable().unset(name, value, flash);
		}
	}

	/** Whether the flash of this name is there to be read, which a commit ends. */
	boolean hasFlash(String name) {
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
	<T> @Nullable T takeFlash(String name, @Nullable Type type) {
		return hasFlash(name) ? values().takeFlash(name, type, !this.flashKept) : null;
	}

	void regenerate(boolean deleteOld) {
		changeable().change(new Change.NewId());
		this.oldDeleted = deleteOld || (this.regenerated && this.oldDeleted);
		this.regenerated = true;
	}

	/**
	 * Gives the session a new id where others may know the present one, or an end is in
	 * flight; an id that is new in this request, or that a caller wants to keep so, is
	 * enough.
	 */
	void regenerateForSubject() {
		if (!this.regenerated && this.origin.found().state() != Found.State.NEW) {
			regenerate(true);
		}
	}

	boolean isRegenerated() {
		return this.regenerated;
	}

	boolean isOldDeleted() {
		return this.oldDeleted;
	}

	void withoutRenewal() {
		requireUncommitted();
		this.renewing = false;
	}

	boolean isRenewing() {
		return this.renewing;
	}

	/** Whether a write leaves the end of the session as it is. */
	boolean keepsEnd(CommitOptions options) {
		return !this.renewing && options.maxAge() == null && options.expires() == null
				&& changes().stream().noneMatch(Change.Life.class::isInstance);
	}

	void keepFlash() {
		this.flashKept = true;
	}

	void destroy() {
		if (!this.destroyed) {
			requireUncommitted();
			this.destroyed = true;
		}
	}

	boolean isDestroyed() {
		return this.destroyed;
	}

	void discardChanges() {
		if (this.values != null && !this.committed) {
			this.values.discardChanges();
			if (this.regenerated) {
				this.values.change(new Change.NewId());
			}
		}
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

	String id() {
		if (this.result != null) {
			return this.result.id();
		}
		return (!this.destroyed && this.origin.found().isLive()) ? this.origin.liveCookie().id() : "";
	}

	Instant created() {
		return (this.result != null) ? this.result.created() : this.origin.found().created();
	}

	Instant expires() {
		return (this.result != null) ? this.result.expires() : this.origin.found().expires();
	}

	private record Result(String id, Instant created, Instant expires) {
	}

}
