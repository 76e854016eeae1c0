package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.sessionkit.EndedSessions.Successor;
import org.jspecify.annotations.Nullable;

/**
 * The ends of cookie-held sessions, whose cookies stay authentic until they expire: what
 * this process has ended, and what all nodes know where there is a {@link Revocation}.
 */
final class Endings {

	private final EndedSessions here = new EndedSessions();

	private final @Nullable Revocations elsewhere;

	private final Lifetimes lifetimes;

	Endings(Lifetimes lifetimes, @Nullable Revocations elsewhere) {
		this.lifetimes = lifetimes;
		this.elsewhere = elsewhere;
	}

	/** {@code null} where no other node hears of an end. */
	@Nullable Revocations revocations() {
		return this.elsewhere;
	}

	/** When this process ended a session; {@code null} if it has not. */
	@Nullable Instant endHere(CookieId id) {
		return this.here.endOf(id.id());
	}

	/**
	 * When a session was ended on any node. Of a subject that is another one now, nothing
	 * is asked.
	 * @return {@code null} if it was not
	 */
	@Nullable Instant endElsewhere(CookieId id, Found found, SessionDocument document) {
		if (this.elsewhere == null) {
			return null;
		}
		String subject = found.document().subject();
		return this.elsewhere.endOf(id.id(), Objects.equals(subject, document.subject()) ? subject : null,
				Revocations.since(document, found));
	}

	/** Whether it was ended by what the store knows at this moment. */
	boolean hasEndedByNow(CookieId id) {
		return this.elsewhere != null && this.elsewhere.hasEnded(id.id());
	}

	/** The document with what tells later that its subject was logged out everywhere. */
	SessionDocument dated(SessionDocument document, Found found) {
		if (this.elsewhere == null || document.subject() == null) {
			return document;
		}
		SessionDocument dated = document.copy();
		dated.since(this.elsewhere.since(document, document.subject(), found));
		return dated;
	}

	/**
	 * Leaves an id for another one.
	 * @param told what the cookie says of the session
	 * @param sid the new id
	 * @param successor the session as it goes on
	 * @return {@code false} if the session had been ended already
	 */
	boolean leave(CookieId id, Found told, String sid, Found successor) {
		Duration life = (this.elsewhere != null) ? this.elsewhere.lifeOf(successor) : Duration.ZERO;
		return leave(id, told, new Successor(sid, successor.document().subject() != null, life));
	}

	/**
	 * Ends the session of a cookie, and what it has become, whatever the store says.
	 * @param found what is behind it; {@code null} if nobody has looked
	 * @return the id of what was ended, empty if only another node knows it; {@code null}
	 * if it had been ended already
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
			Warnings.storeFailed("A session was ended in the browser and on this node, but copies of its cookie "
					+ "live on other nodes until they expire", ex);
			return remember(id, told, null) ? id.id() : null;
		}
	}

	/**
	 * Ends what a session has become that was left for another id, here or elsewhere.
	 * @return its id, empty if only another node knows it; {@code null} if there is
	 * nothing that lives
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

	/** Ends a session on all nodes where that is asked for. */
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
			Warnings.storeFailed("A session was ended on this node alone", ex);
			return remember(id, told, successor);
		}
	}

	/**
	 * Remembers a session as ended for as long as any copy of it can be valid, also one
	 * that another request gave a longer life.
	 */
	private boolean remember(CookieId id, Found told, @Nullable Successor successor) {
		if (id.id().isEmpty()) {
			return true; // a copy looks like anybody else's session
		}
		return this.here.add(id.id(), told.document().subject() != null, this.lifetimes.now(),
				told.created().plus(this.lifetimes.absolute()), successor);
	}

}
