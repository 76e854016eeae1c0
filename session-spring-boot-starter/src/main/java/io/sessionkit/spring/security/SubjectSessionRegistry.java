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
 * Provides Spring Security with the sessions of a user, so that they can be listed with
 * {@link #getAllSessions} and ended with {@link SessionInformation#expireNow()}. The
 * latter ends a session at once for all instances. The session ids in the result are
 * handles, which do not give access to a session.
 */
public final class SubjectSessionRegistry implements SessionRegistry {

	private final SubjectSessions sessions;

	/**
	 * Creates the registry.
	 * @param sessions the sessions by principal name
	 */
	public SubjectSessionRegistry(SubjectSessions sessions) {
		this.sessions = sessions;
	}

	/**
	 * Not supported: sessions can be looked up by principal name, but the names cannot be
	 * listed.
	 * @throws UnsupportedOperationException always
	 */
	@Override
	public List<Object> getAllPrincipals() {
		throw new UnsupportedOperationException("Users cannot be listed, only the sessions of a given user");
	}

	/**
	 * Returns the live sessions of a user, the newest first.
	 * @param principal a principal or a principal name
	 * @param includeExpiredSessions has no effect, since expired sessions are not kept
	 * @return all of them, since {@code maximumSessions(n)} may have any number
	 * @throws IllegalStateException if the storage cannot list sessions
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
			// Creation times are in whole seconds. Among sessions of the same second the
			// last one is the oldest.
			Instant begin = session.createdAt().plusMillis(listed.size() - 1L - i);
			all.add(new Ending(principal, name, session.handle(), begin));
		}
		return all;
	}

	/**
	 * The subject may differ from the name at a login, if the application has just set
	 * one.
	 */
	private static String subject(Object principal) {
		Session current = (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? CurrentSession.find(attributes.getRequest()) : null;
		String own = (current != null && current.isSubjectChanged()) ? current.subject() : null;
		return (own != null) ? own : UsernamePasswordAuthenticationToken.unauthenticated(principal, null).getName();
	}

	/** Returns {@code null}, since sessions are not looked up by id. */
	@Override
	public @Nullable SessionInformation getSessionInformation(String sessionId) {
		return null;
	}

	/** Does nothing, since the store records when a session was used. */
	@Override
	public void refreshLastRequest(String sessionId) {
	}

	/** Does nothing, since the store contains the sessions. */
	@Override
	public void registerNewSession(String sessionId, Object principal) {
	}

	/** Does nothing, since the store removes sessions. */
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
