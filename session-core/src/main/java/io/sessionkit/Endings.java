package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.sessionkit.EndedSessions.Successor;
import org.jspecify.annotations.Nullable;

/**
 * The ends of cookie-held sessions, whose cookies stay authentic until they expire. This
 * process knows those that it has ended itself. With a {@link Revocation} all instances
 * know all of them.
 */
final class Endings {

	private final EndedSessions here = new EndedSessions();

	private final @Nullable Revocations elsewhere;

	private final Lifetimes lifetimes;

	Endings(Lifetimes lifetimes, @Nullable Revocations elsewhere) {
		this.lifetimes = lifetimes;
		this.elsewhere = elsewhere;
	}

	/**
	 * Returns the shared ends; {@code null} if other instances are not told of an end.
	 */
	@Nullable Revocations revocations() {
		return this.elsewhere;
	}

	/** Returns when this process ended a session; {@code null} if it has not. */
	@Nullable Instant endHere(CookieId id) {
		return this.here.endOf(id.id());
	}

	/**
	 * Returns when a session was ended on any instance. If the principal name was changed
	 * in this request, the one that the cookie has is not checked.
	 * @return {@code null} if it was not ended
	 */
	@Nullable Instant endElsewhere(CookieId id, Found found, SessionDocument document) {
		if (this.elsewhere == null) {
			return null;
		}
		String subject = found.document().subject();
		return this.elsewhere.endOf(id.id(), Objects.equals(subject, document.subject()) ? subject : null,
				Revocations.since(document, found));
	}

	/** Returns whether the session was ended, according to the store at this moment. */
	boolean hasEndedByNow(CookieId id) {
		return this.elsewhere != null && this.elsewhere.hasEnded(id.id());
	}

	/**
	 * Returns the document with the time that decides later whether its user was logged
	 * out everywhere.
	 */
	SessionDocument dated(SessionDocument document, Found found) {
		if (this.elsewhere == null || document.subject() == null) {
			return document;
		}
		SessionDocument dated = document.copy();
		dated.since(this.elsewhere.since(document, document.subject(), found));
		return dated;
	}

	/**
	 * Replaces an id by a new one.
	 * @param told what the cookie says about the session
	 * @param sid the new id
	 * @param successor the session under its new id
	 * @return {@code false} if the session had been ended before
	 */
	boolean leave(CookieId id, Found told, String sid, Found successor) {
		Duration life = (this.elsewhere != null) ? this.elsewhere.lifeOf(successor) : Duration.ZERO;
		return leave(id, told, new Successor(sid, successor.document().subject() != null, life));
	}

	/**
	 * Ends the session of a cookie, and the session that it has become under another id,
	 * whatever the store says.
	 * @param found what was found for the cookie; {@code null} if nothing was read
	 * @return the id of the session that was ended, empty if only another instance knows
	 * it; {@code null} if it had been ended before
	 */
	@Nullable String logOut(CookieId id, Found told, @Nullable Found found) {
		boolean mayLive = found == null || found.isLive() || found.state() == Found.State.UNKNOWN;
		try {
			if (mayLive && leave(id, told, null)) {
				return id.id();
			}
			boolean ended = found != null && found.state() == Found.State.ENDED;
			return (mayLive || ended) ? endSuccessor(id.id()) : null;
		}
		catch (SessionStorageException ex) {
			Warnings.storeFailed("A session was ended in the browser and on this instance, but copies of its "
					+ "cookie stay valid on other instances until they expire", ex);
			return remember(id, told, null) ? id.id() : null;
		}
	}

	/**
	 * Ends the session that a session has become under another id, on this or another
	 * instance.
	 * @return its id, empty if only another instance knows it; {@code null} if there is
	 * no live session
	 */
	private @Nullable String endSuccessor(String left) {
		Instant now = this.lifetimes.now();
		Instant until = now.plus(this.lifetimes.absolute());
		String sid = left;
		Successor successor = this.here.successorOf(sid, now);
		while (successor != null) {
			sid = successor.id();
			boolean first = this.here.add(sid, successor.hasSubject(), now, until, null);
			if (first && (this.elsewhere == null || this.elsewhere.end(sid, successor.life(), null))) {
				return sid;
			}
			successor = this.here.successorOf(sid, now);
		}
		return (this.elsewhere != null && this.elsewhere.endSuccessor(sid)) ? "" : null;
	}

	/** Ends a session, on all instances if there is a revocation. */
	private boolean leave(CookieId id, Found told, @Nullable Successor successor) {
		if (this.elsewhere == null || endHere(id) != null) {
			return remember(id, told, successor);
		}
		try {
			boolean first = this.elsewhere.end(id.id(), this.elsewhere.lifeOf(told), successor);
			remember(id, told, first ? successor : null);
			return first;
		}
		catch (SessionStorageException ex) {
			if (!this.elsewhere.isOpen()) {
				throw ex;
			}
			Warnings.storeFailed("A session was ended on this instance only", ex);
			return remember(id, told, successor);
		}
	}

	/**
	 * Records a session as ended for as long as any copy of its cookie can be valid,
	 * including a copy to which another request gave a longer timeout.
	 */
	private boolean remember(CookieId id, Found told, @Nullable Successor successor) {
		if (id.id().isEmpty()) {
			return true; // a copy cannot be distinguished from other sessions
		}
		return this.here.add(id.id(), told.document().subject() != null, this.lifetimes.now(),
				told.created().plus(this.lifetimes.absolute()), successor);
	}

}
