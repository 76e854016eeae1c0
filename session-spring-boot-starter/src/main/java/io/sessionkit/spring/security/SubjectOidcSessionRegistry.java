package io.sessionkit.spring.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.sessionkit.SubjectSessions;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

/**
 * Handles the back-channel logout of an OpenID Connect provider by ending all sessions of
 * the user in the {@code sub} claim of the logout token. This requires a single provider
 * whose {@code sub} claim is the user name. Any other back-channel logout fails, so that
 * no provider is told that a logout succeeded that did not happen.
 *
 * @see <a href="https://openid.net/specs/openid-connect-backchannel-1_0.html">OpenID
 * Connect Back-Channel Logout 1.0</a>
 */
public final class SubjectOidcSessionRegistry implements OidcSessionRegistry {

	private static final String SUB = "sub";

	private final SubjectSessions sessions;

	private final ClientRegistrationRepository registrations;

	/**
	 * Creates the registry.
	 * @param sessions the sessions by principal name
	 * @param registrations the providers
	 */
	public SubjectOidcSessionRegistry(SubjectSessions sessions, ClientRegistrationRepository registrations) {
		this.sessions = sessions;
		this.registrations = registrations;
	}

	/** Does nothing, since a session already has the name of its user. */
	@Override
	public void saveSessionInformation(OidcSessionInformation info) {
	}

	/** Returns {@code null}, since sessions are not looked up by id. */
	@Override
	@SuppressWarnings("NullAway") // as for an unknown id
	public @Nullable OidcSessionInformation removeSessionInformation(String clientSessionId) {
		return null;
	}

	/**
	 * Ends all sessions of the user in the token.
	 * @return always empty, since no session remains to be logged out
	 * @throws IllegalStateException if the token names only a session, if there are
	 * several providers or the user name is another claim, or if sessions are kept in
	 * cookies without revocation
	 */
	@Override
	public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken logoutToken) {
		String subject = logoutToken.getSubject();
		if (subject == null || !isUserName()) {
			throw new IllegalStateException("A back-channel logout could not be carried out. SessionKit ends the "
					+ "sessions of the user in the token's sub claim, which requires a single provider with "
					+ "user-name-attribute: sub; otherwise define your own OidcSessionRegistry");
		}
		this.sessions.endAll(subject);
		return List.of();
	}

	/** Spring Security uses this claim by default. */
	private boolean isUserName() {
		List<String> claims = new ArrayList<>();
		if (this.registrations instanceof Iterable<?> all) {
			all.forEach((each) -> claims.add(Objects.requireNonNullElse(
					((ClientRegistration) each).getProviderDetails().getUserInfoEndpoint().getUserNameAttributeName(),
					SUB)));
		}
		return claims.equals(List.of(SUB));
	}

}
