package io.sessionkit.spring.security;

import io.sessionkit.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;

/**
 * Whose session it is, by who is logged in.
 */
final class SessionSubject {

	private static final Logger logger = LoggerFactory.getLogger(SessionSubject.class);

	/** Longer names, as a directory may have, would be refused as subjects. */
	private static final int LONGEST = 255;

	private SessionSubject() {
	}

	/** Returns the name of who logged in, also where they act as another user now. */
	static String owner(Authentication authentication) {
		for (GrantedAuthority authority : authentication.getAuthorities()) {
			if (authority instanceof SwitchUserGrantedAuthority acting) {
				return owner(acting.getSource());
			}
		}
		return authentication.getName();
	}

	/**
	 * Whether a login or logout changes the subject. One that the application has set
	 * itself stays, at this login, or with the same user.
	 * @param known whether the session has an authentication, readable or not
	 * @param before that authentication; {@code null} if it cannot be read
	 * @param owner who is logged in now; {@code null}: nobody
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

	/** Sets the subject, and keeps the id; none where the name cannot be one. */
	static void set(Session session, @Nullable String owner) {
		boolean fits = owner != null && fits(owner);
		if (owner != null && !fits) {
			logger.warn(
					"The name of a user has {} characters, and a subject 1 to {}: such sessions cannot be listed "
							+ "or ended by SubjectSessions; call session.subject(...) at the login",
					owner.length(), LONGEST);
		}
		session.subject(fits ? owner : null, false);
	}

}
