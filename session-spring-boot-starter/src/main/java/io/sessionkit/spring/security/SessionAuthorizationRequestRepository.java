package io.sessionkit.spring.security;

import io.sessionkit.Session;
import io.sessionkit.LibraryAttributes;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

/**
 * Keeps what an OAuth2 login has to remember until the provider sends the visitor back,
 * as the attribute {@value #NAME} of the session. The last one counts.
 */
public final class SessionAuthorizationRequestRepository
		implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	/** The name of the attribute, see {@link LibraryAttributes}. */
	public static final String NAME = "security.oauth2";

	/** For the URL that is made of all the rest, and long. */
	private static final String OMITTED = "-";

	private final SecurityJson json;

	/**
	 * Creates the repository.
	 * @param json turns requests into JSON and back
	 */
	public SessionAuthorizationRequestRepository(SecurityJson json) {
		this.json = json;
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
		String state = request.getParameter(OAuth2ParameterNames.STATE);
		Session session = (state != null) ? CurrentSession.find(request) : null;
		JsonNode stored = (session != null) ? LibraryAttributes.of(session).get(NAME, JsonNode.class) : null;
		OAuth2AuthorizationRequest found = (stored != null) ? this.json.read(stored, OAuth2AuthorizationRequest.class)
				: null;
		return (found != null && found.getState() != null && found.getState().equals(state)) ? found : null;
	}

	@Override
	public void saveAuthorizationRequest(@Nullable OAuth2AuthorizationRequest authorizationRequest,
			HttpServletRequest request, HttpServletResponse response) {
		LibraryAttributes attributes = LibraryAttributes.of(CurrentSession.of(request));
		if (authorizationRequest == null) {
			attributes.remove(NAME);
			return;
		}
		OAuth2AuthorizationRequest kept = OAuth2AuthorizationRequest.from(authorizationRequest)
			.authorizationRequestUri(OMITTED)
			.build();
		attributes.set(NAME,
				this.json.write(kept, OAuth2AuthorizationRequest.class, "The OAuth2 authorization request"));
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
			HttpServletResponse response) {
		OAuth2AuthorizationRequest found = loadAuthorizationRequest(request);
		if (found != null) {
			LibraryAttributes.of(CurrentSession.of(request)).remove(NAME);
		}
		return found;
	}

}
