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
 * What a provider's back-channel logout means for our sessions: all sessions end of whom
 * the token names as its {@code sub}. It takes a provider that is the only one and whose
 * {@code sub} is the name of the user; anything else fails, so that no provider is told
 * of a logout that did not happen.
 *
 * @see <a href="https://openid.net/specs/openid-connect-backchannel-1_0.html">OpenID
 * Connect Back-Channel Logout 1.0</a>
 */
public final class SubjectOidcSessionRegistry implements OidcSessionRegistry {

	private static final String SUB = "sub";

	private final SubjectSessions sessions;

	private final ClientRegistrationRepository registrations;

	/**
	 * Makes the registry.
	 * @param sessions the sessions of subjects
	 * @param registrations the providers
	 */
	public SubjectOidcSessionRegistry(SubjectSessions sessions, ClientRegistrationRepository registrations) {
		this.sessions = sessions;
		this.registrations = registrations;
	}

	/** Does nothing: the session says whose it is. */
	@Override
	public void saveSessionInformation(OidcSessionInformation info) {
	}

	/** Knows no session by its id. */
	@Override
	@SuppressWarnings("NullAway") // InMemoryOidcSessionRegistry returns it for an unknown
									// id too
	public @Nullable OidcSessionInformation removeSessionInformation(String clientSessionId) {
		return null;
	}

	/**
	 * Ends all sessions of the subject of the token.
	 * @return nothing, since nothing remains to be logged out
	 * @throws IllegalStateException if the token names a session only, there are several
	 * providers or one whose user name is another claim, or sessions are in cookies
	 * without a revocation
	 */
	@Override
	public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken logoutToken) {
		String subject = logoutToken.getSubject();
		if (subject == null || !isUserName()) {
			throw new IllegalStateException("A back-channel logout could not be carried out: SessionKit ends the "
					+ "sessions of the token's sub, where there is one provider with user-name-attribute: sub; "
					+ "otherwise define an OidcSessionRegistry of your own");
		}
		this.sessions.endAll(subject);
		return List.of();
	}

	/** Where no claim is named, Spring Security takes this one. */
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
