package io.sessionkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.sessionkit.SubjectSessions;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a user on all devices. It lists them, ends one or all of them, and
 * limits their number. Users are identified by their principal name, which is called the
 * subject in this API. <pre>{@code
 * SubjectSessions sessions = new SubjectSessions(storage);
 * List<SubjectSession> devices = sessions.list(session);
 * sessions.endOthers(session); // after a change of the password
 * }</pre>
 *
 * <p>
 * This covers sessions whose {@link Session#subject()} was set and saved, in a consistent
 * server-side store. A session is ended in the same way as by {@link Session#destroy()}:
 * at once on all instances, and no concurrent request can bring it back. Every method
 * throws a {@link SessionStorageException} if the store failed. If the storage does not
 * support a method, an {@link IllegalStateException} says what to do.
 *
 * <p>
 * Sessions in cookies cannot be listed. With a {@link Revocation}, {@link #endAll} and
 * {@link #endOthers} work for them too: at once on this instance, and on the others
 * within the cache time.
 */
public final class SubjectSessions {

	/** How many sessions are listed at most. */
	private static final int LISTED = 100;

	private final Sessions sessions;

	/**
	 * Creates an object for the sessions of a storage. It is thread-safe and can be
	 * shared.
	 * @param storage the storage
	 */
	public SubjectSessions(SessionStorage storage) {
		this.sessions = storage.sessions();
	}

	/**
	 * Returns whether sessions can be listed, counted, and ended one by one.
	 * @return {@code false} if the sessions are in cookies or shared, if the strategy is
	 * not {@link SessionIdStorageStrategy#isConsistent()}, or if the cookie is unsigned
	 */
	public boolean canList() {
		SubjectRecords records = this.sessions.subjects();
		return records != null && records.isIndexed();
	}

	/**
	 * Returns the live sessions of a user. None of them is marked as current.
	 * @param subject the principal name
	 * @return at most 100 sessions, the newest first
	 */
	public List<SubjectSession> list(String subject) {
		return list(subject, LISTED);
	}

	/**
	 * Returns the live sessions of a subject, none of them marked as current.
	 * @param subject whose
	 * @param max how many of the newest, at least 1; a hundred more cost one store call
	 * more
	 * @return the newest first
	 */
	public List<SubjectSession> list(String subject, int max) {
		if (max < 1) {
			throw new IllegalArgumentException("max is " + max + ", it must be at least 1");
		}
		return list(subject, null, max);
	}

	/**
	 * Returns the live sessions of the user of a session, as they are in the store.
	 * @param current the session of the current request, which is marked as current
	 * @return at most 100 sessions, the newest first; empty if the session belongs to
	 * nobody
	 */
	public List<SubjectSession> list(Session current) {
		String subject = current.subject();
		return (subject != null) ? list(subject, keyOf(current), LISTED) : List.of();
	}

	private List<SubjectSession> list(String subject, @Nullable String current, int max) {
		SubjectRecords records = records();
		List<SubjectSession> list = new ArrayList<>();
		records.live(subject, max)
			.forEach((key, found) -> list.add(new SubjectSession(records.keys().handle(key), found.created(),
					found.expires(), key.equals(current))));
		Collections.reverse(list);
		return list;
	}

	/**
	 * Ends one session of a user.
	 * @param subject the principal name; the handle of a session of another user ends
	 * nothing
	 * @param handle a handle from {@link SubjectSession#handle()}
	 * @return {@code false} if there is no such live session any more
	 */
	public boolean end(String subject, String handle) {
		return records().endShown(subject, handle);
	}

	/**
	 * Ends all sessions of a user, including the session of the current request if it is
	 * one of them.
	 * @param subject the principal name
	 */
	public void endAll(String subject) {
		Revocations revocations = revocations();
		if (revocations != null) {
			revocations.endAll(subject);
		}
		else {
			records().endAll(subject, null);
		}
	}

	/**
	 * Ends all other sessions of the user of a session: "log out everywhere else". Call
	 * {@link Session#regenerateId()} too if the id of the current session may have been
	 * stolen. If the sessions are in cookies, this is not necessary, because all earlier
	 * copies of the current cookie are invalidated too.
	 * @param current the session of the current request, which goes on
	 * @throws IllegalStateException also if the session belongs to nobody, or if sessions
	 * are in cookies and this one was committed before
	 */
	public void endOthers(Session current) {
		Revocations revocations = revocations();
		if (revocations != null) {
			SessionValues values = current.changeable();
			Instant until = revocations.endOthers(subjectOf(current), current.id());
			values.change(new Change.Since(until.plusSeconds(1)));
		}
		else {
			records().endAll(subjectOf(current), keyOf(current));
		}
	}

	/**
	 * Ends the oldest sessions of the user of a session until a number of them remain.
	 * Call this at a login, after {@link Session#subject(String)}. Logins at the same
	 * moment do not see each other. The next login corrects this. Ages are in whole
	 * seconds, so of two sessions of the same second either may count as the older one.
	 * @param current the session of the current request, which goes on
	 * @param max how many sessions may remain, including the current one; 1 to 100
	 * @return how many sessions were ended
	 * @throws IllegalArgumentException if {@code max} is out of range
	 * @throws IllegalStateException also if the session belongs to nobody
	 */
	public int endOldest(Session current, int max) {
		if (max < 1 || max > LISTED) {
			throw new IllegalArgumentException("max is " + max + ", it must be at least 1 and at most " + LISTED);
		}
		Map<String, Found> others = records().live(subjectOf(current), Integer.MAX_VALUE);
		others.remove(String.valueOf(keyOf(current)));
		int ended = 0;
		for (Map.Entry<String, Found> oldest : others.entrySet()
			.stream()
			.limit(Math.max(0, others.size() - (max - 1)))
			.toList()) {
			ended += records().end(oldest.getKey(), oldest.getValue()) ? 1 : 0;
		}
		return ended;
	}

	/**
	 * Counts the live sessions of a user, for example to refuse another login.
	 * @param subject the principal name
	 * @return 0 to 100
	 */
	public int count(String subject) {
		return records().live(subject, LISTED).size();
	}

	private static String subjectOf(Session session) {
		return Objects.requireNonNullElseGet(session.subject(), () -> {
			throw new IllegalStateException("The session belongs to nobody; call subject(...) at the login");
		});
	}

	private static @Nullable String keyOf(Session session) {
		String id = session.id();
		return id.isEmpty() ? null : SessionIds.key(id);
	}

	private @Nullable Revocations revocations() {
		return this.sessions.revocations();
	}

	private SubjectRecords records() {
		return Objects.requireNonNullElseGet(this.sessions.subjects(), () -> {
			throw new IllegalStateException(
					"Sessions that are held in cookies can't be listed, since nothing on the server "
							+ "knows them; keep them in a store");
		});
	}

}
