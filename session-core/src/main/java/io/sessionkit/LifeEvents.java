package io.sessionkit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener when sessions are created, get another id, and end, with their handle
 * and principal name. Nothing is hashed if there is no listener.
 */
record LifeEvents(SessionStorageListener listener, SubjectKeys keys, SessionFormat format) {

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.SessionStorage");

	boolean isHeard() {
		return this.listener != Listeners.NONE;
	}

	void created(String id, @Nullable String subject) {
		if (isHeard()) {
			this.listener.created(new SessionIdentity(handle(id), subject));
		}
	}

	void idRegenerated(String formerId, String id, @Nullable String subject) {
		if (isHeard()) {
			this.listener.idRegenerated(new SessionIdentity(handle(id), subject), handle(formerId));
		}
	}

	void destroyed(String id, @Nullable String subject) {
		if (isHeard()) {
			this.listener.destroyed(new SessionIdentity(handle(id), subject));
		}
	}

	void recordDestroyed(String key, @Nullable String subject) {
		if (isHeard()) {
			this.listener.destroyed(ofRecord(key, subject));
		}
	}

	/**
	 * Reports an expired record if it is a session, and not a tombstone, a list of
	 * sessions, or a note of a {@link Revocation}.
	 */
	void expired(String key, SessionRecord record) {
		try {
			SessionDocument document = this.format.parse(record.body(), 0, record.body().length);
			if (document != null && (document.created() != null || this.format.isShared())) {
				this.listener.expired(ofRecord(key, document.subject()));
			}
		}
		catch (RuntimeException | Error ex) { // or the cleanup thread would end
			logger.warn("A listener failed when it was told of an expired session, which has no other effect", ex);
		}
	}

	private SessionIdentity ofRecord(String key, @Nullable String subject) {
		return new SessionIdentity(this.keys.handle(this.format.shown(key)), subject);
	}

	private String handle(String id) {
		return id.isEmpty() ? "" : this.keys.handle(SessionIds.key(id));
	}

}
