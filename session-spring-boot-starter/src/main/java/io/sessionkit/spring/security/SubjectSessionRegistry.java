package io.sessionkit.spring.security;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import io.sessionkit.Session;
import io.sessionkit.SubjectSession;
import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.web.CurrentSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Spring Security's view of the sessions of a user, for whoever lists them or makes one
 * expire: {@link #getAllSessions} and {@link SessionInformation#expireNow()}, which ends
 * the session at once on all nodes. The session ids in it are opaque handles.
 */
public final class SubjectSessionRegistry implements SessionRegistry {

	private final SubjectSessions sessions;

	/**
	 * Makes a view.
	 * @param sessions the sessions of subjects
	 */
	public SubjectSessionRegistry(SubjectSessions sessions) {
		this.sessions = sessions;
	}

	/**
	 * Not to be had: the index can be asked for a name, and does not know the names.
	 * @throws UnsupportedOperationException always
	 */
	@Override
	public List<Object> getAllPrincipals() {
		throw new UnsupportedOperationException("The sessions of a user can be listed, all users cannot");
	}

	/**
	 * Returns the live sessions of a user, the newest first.
	 * @param principal a principal, or a name
	 * @param includeExpiredSessions makes no difference, since none are kept
	 * @return all of them, for {@code maximumSessions(n)} may have any number
	 * @throws IllegalStateException if the storage cannot list
	 */
	@Override
	public List<SessionInformation> getAllSessions(Object principal, boolean includeExpiredSessions) {
		String name = subject(principal);
		if (!SessionSubject.fits(name)) {
			throw new SessionAuthenticationException("The sessions of a user whose name has " + name.length()
					+ " characters cannot be counted for maximumSessions; call session.subject(...) at the login");
		}
		List<SessionInformation> all = new ArrayList<>(); // the caller may sort it
		List<SubjectSession> listed = this.sessions.list(name, Integer.MAX_VALUE);
		for (int i = 0; i < listed.size(); i++) {
			SubjectSession session = listed.get(i);
			// Ages are in whole seconds, and of the same second the last is the oldest.
			Instant begin = session.createdAt().plusMillis(listed.size() - 1L - i);
			all.add(new Ending(principal, name, session.handle(), begin));
		}
		return all;
	}

	/** At a login it may be another than the name, which the application has just set. */
	private static String subject(Object principal) {
		Session current = (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? CurrentSession.find(attributes.getRequest()) : null;
		String own = (current != null && current.isSubjectChanged()) ? current.subject() : null;
		return (own != null) ? own : UsernamePasswordAuthenticationToken.unauthenticated(principal, null).getName();
	}

	/** Does not know sessions by their ids. */
	@Override
	public @Nullable SessionInformation getSessionInformation(String sessionId) {
		return null;
	}

	/** Does nothing: the store knows when a session was used. */
	@Override
	public void refreshLastRequest(String sessionId) {
	}

	/** Does nothing: the store knows the sessions. */
	@Override
	public void registerNewSession(String sessionId, Object principal) {
	}

	/** Does nothing: the store forgets sessions. */
	@Override
	public void removeSessionInformation(String sessionId) {
	}

	private final class Ending extends SessionInformation {

		private final String name;

		private Ending(Object principal, String name, String handle, Instant begin) {
			super(principal, handle, Date.from(begin));
			this.name = name;
		}

		@Override
		public void expireNow() {
			super.expireNow();
			SubjectSessionRegistry.this.sessions.end(this.name, getSessionId());
		}

	}

}
