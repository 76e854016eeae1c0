package io.sessionkit.spring.security;

import java.util.List;
import java.util.function.BooleanSupplier;

import io.sessionkit.Session;
import io.sessionkit.SubjectSession;
import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.security.web.authentication.session.SessionLimit;

/**
 * What {@code maximumSessions(n)} means for our sessions: a login ends the oldest
 * sessions of the same user, or is refused where there are enough. It extends what it
 * replaces because Spring Security takes no other type.
 */
final class SubjectSessionLimit extends ConcurrentSessionControlAuthenticationStrategy {

	private static final int UNLIMITED = -1;

	private static final int MOST = 100;

	private final SubjectSessions sessions;

	private final BooleanSupplier stateless;

	private final SessionLimit limit;

	private final boolean refuses;

	private SubjectSessionLimit(SubjectSessions sessions, BooleanSupplier stateless, SessionLimit limit,
			boolean refuses) {
		super(new SessionRegistryImpl());
		this.sessions = sessions;
		this.stateless = stateless;
		this.limit = limit;
		this.refuses = refuses;
	}

	/**
	 * Takes over the settings of Spring Security's strategy.
	 * @throws UnsupportedSessionSettingException if the storage cannot tell whose
	 * sessions there are
	 */
	static SubjectSessionLimit like(ConcurrentSessionControlAuthenticationStrategy strategy, BooleanSupplier stateless,
			SubjectSessions sessions) {
		if (!sessions.canList()) {
			throw new UnsupportedSessionSettingException(
					"maximumSessions(n) is set, and this storage cannot tell how many sessions a user has",
					"set sessionkit.storage to one that can, or remove maximumSessions");
		}
		Object limit = PrivateFields.get(strategy, "sessionLimit");
		Object refuses = PrivateFields.get(strategy, "exceptionIfMaximumExceeded");
		if (!(limit instanceof SessionLimit known) || !(refuses instanceof Boolean exception)) {
			throw new UnsupportedSessionSettingException(
					"this version of Spring Security does not tell what was given to maximumSessions(n)",
					"remove it and call SubjectSessions.endOldest at the login");
		}
		return new SubjectSessionLimit(sessions, stateless, known, exception);
	}

	@Override
	public void onAuthentication(Authentication authentication, HttpServletRequest request,
			HttpServletResponse response) {
		int max = this.stateless.getAsBoolean() ? UNLIMITED : this.limit.apply(authentication);
		if (max == UNLIMITED) {
			return;
		}
		if (max > MOST) {
			throw new IllegalStateException("maximumSessions is " + max + ", and at most " + MOST
					+ " sessions of a user can be counted; set it lower, or remove it");
		}
		Session session = CurrentSession.of(request);
		String own = session.isSubjectChanged() ? session.subject() : null;
		String subject = (own != null) ? own : SessionSubject.owner(authentication);
		if (!SessionSubject.fits(subject)) {
			throw new SessionAuthenticationException("The sessions of a user whose name has " + subject.length()
					+ " characters cannot be counted for maximumSessions; call session.subject(...) at the login");
		}
		if (this.refuses) {
			if (others(session, subject) >= max) {
				throw new SessionAuthenticationException("Maximum sessions of " + max + " for this principal exceeded");
			}
			return;
		}
		session.subject(subject, false); // the chain says what becomes of the id
		this.sessions.endOldest(session, max);
	}

	/** Logging in again in the same browser takes nobody's place. */
	private long others(Session session, String subject) {
		List<SubjectSession> all = subject.equals(session.subject()) ? this.sessions.list(session)
				: this.sessions.list(subject);
		return all.stream().filter((each) -> !each.current()).count();
	}

}
