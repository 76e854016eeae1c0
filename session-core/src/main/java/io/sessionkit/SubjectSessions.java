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
 * The sessions of one subject, on whatever device: to list them, to end one, to log out
 * everywhere, to limit how many there are. <pre>{@code
 * SubjectSessions sessions = new SubjectSessions(storage);
 * List<SubjectSession> devices = sessions.list(session);
 * sessions.endOthers(session); // after a change of the password
 * }</pre>
 *
 * <p>
 * Counted are sessions whose {@link Session#subject()} was set and committed, in a
 * storage that keeps records in a consistent store. What is ended here is ended as by
 * {@link Session#destroy()}: at once on all nodes, and nothing in flight brings it back.
 * Every method throws a {@link SessionStorageException} if the store failed, and an
 * {@link IllegalStateException} where the storage cannot do it, with the remedy.
 *
 * <p>
 * Sessions in cookies cannot be listed, but with a {@link Revocation} {@link #endAll} and
 * {@link #endOthers} work: at once on this node, on the others within the cache time.
 */
public final class SubjectSessions {

	/** How many are listed at most. */
	private static final int LISTED = 100;

	private final Sessions sessions;

	/**
	 * Looks after the sessions of this storage. Thread-safe: make one and share it.
	 * @param storage the storage
	 */
	public SubjectSessions(SessionStorage storage) {
		this.sessions = storage.sessions();
	}

	/**
	 * Whether sessions can be listed, counted and ended one by one here.
	 * @return {@code false} where they are held in cookies or shared, the strategy is not
	 * {@link SessionIdStorageStrategy#isConsistent()}, or the cookie is unsigned
	 */
	public boolean canList() {
		SubjectRecords records = this.sessions.subjects();
		return records != null && records.isIndexed();
	}

	/**
	 * Returns the live sessions of a subject, none of them marked as current.
	 * @param subject whose
	 * @return at most 100, the newest first
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
	 * Returns the live sessions of whom a session belongs to, as they are in the store.
	 * @param current the session of this request, which is marked
	 * @return at most 100, the newest first; empty if the session is nobody's
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
	 * Ends one session of a subject.
	 * @param subject whose; a handle of anybody else's session ends nothing
	 * @param handle from {@link SubjectSession#handle()}
	 * @return {@code false} if there is no such live session any more
	 */
	public boolean end(String subject, String handle) {
		return records().endShown(subject, handle);
	}

	/**
	 * Ends all sessions of a subject, that of the present request too if it is one of
	 * them.
	 * @param subject whose
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
	 * Ends all other sessions of whom a session belongs to: "log out everywhere else". A
	 * stolen id of the present one ends with {@link Session#regenerateId()}; of one that
	 * is held in a cookie no former copy counts.
	 * @param current the session of this request, which goes on
	 * @throws IllegalStateException if it is nobody's, or was committed before where
	 * sessions are held in cookies
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
	 * Ends the oldest sessions, so that with the present one there are no more than a
	 * number: to be called at a login, after {@link Session#subject(String)}. Logins at
	 * the very same moment do not see each other, and the next one makes up for it. Ages
	 * are told in whole seconds: of two sessions of the same second either is the older.
	 * @param current the session of this request, which goes on
	 * @param max how many may remain, it included; at least 1, at most 100
	 * @return how many were ended
	 * @throws IllegalStateException if it is nobody's
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
	 * Counts the live sessions of a subject, to refuse a login that would be one too
	 * many.
	 * @param subject whose
	 * @return 0 to 100
	 */
	public int count(String subject) {
		return records().live(subject, LISTED).size();
	}

	private static String subjectOf(Session session) {
		return Objects.requireNonNullElseGet(session.subject(), () -> {
			throw new IllegalStateException("The session is nobody's; call subject(...) at the login");
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
