package io.sessionkit.spring.security;

import io.sessionkit.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;

/**
 * Determines the subject of a session, which is the principal name of the logged-in user.
 */
final class SessionSubject {

	private static final Logger logger = LoggerFactory.getLogger(SessionSubject.class);

	/**
	 * The maximum length of a subject. Longer names, which a directory may contain,
	 * cannot be subjects.
	 */
	private static final int LONGEST = 255;

	private SessionSubject() {
	}

	/**
	 * Returns the name of the user who logged in, even while that user acts as another
	 * one.
	 */
	static String owner(Authentication authentication) {
		for (GrantedAuthority authority : authentication.getAuthorities()) {
			if (authority instanceof SwitchUserGrantedAuthority acting) {
				return owner(acting.getSource());
			}
		}
		return authentication.getName();
	}

	/**
	 * Whether a login or logout replaces the subject. A subject that the application has
	 * set itself remains if it was set during this login, or if the user stays the same.
	 * @param known whether the session has an authentication, readable or not
	 * @param before that authentication; {@code null} if it cannot be read
	 * @param owner the name of the user who is logged in now; {@code null} for nobody
	 */
	static boolean isReplaced(Session session, boolean known, @Nullable Authentication before, @Nullable String owner) {
		String subject = session.subject();
		String former = (before != null) ? owner(before) : null;
		if (subject == null || subject.equals(former)) {
			return true;
		}
		if (session.isSubjectChanged() || !known) {
			return false;
		}
		return former == null || !former.equals(owner);
	}

	/** Whether a name can be a subject. */
	static boolean fits(String owner) {
		return !owner.isEmpty() && owner.length() <= LONGEST;
	}

	/**
	 * Sets the subject without changing the id, or removes it if the name cannot be a
	 * subject.
	 */
	static void set(Session session, @Nullable String owner) {
		boolean fits = owner != null && fits(owner);
		if (owner != null && !fits) {
			logger.warn(
					"The name of a user has {} characters, but a subject must have 1 to {}. Such sessions cannot be "
							+ "listed or ended by SubjectSessions; call session.subject(...) at the login",
					owner.length(), LONGEST);
		}
		session.subject(fits ? owner : null, false);
	}

}
