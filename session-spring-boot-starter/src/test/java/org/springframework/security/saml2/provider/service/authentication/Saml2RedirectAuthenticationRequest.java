package org.springframework.security.saml2.provider.service.authentication;

/**
 * In the shape of Spring Security's class of this name, whose library is not part of the
 * build: a private constructor, and fields that are only read.
 */
public final class Saml2RedirectAuthenticationRequest {

	private final String samlRequest;

	private final String relayState;

	private final String authenticationRequestUri;

	private final String relyingPartyRegistrationId;

	private final String id;

	private Saml2RedirectAuthenticationRequest(String samlRequest, String relayState, String authenticationRequestUri,
			String relyingPartyRegistrationId, String id) {
		this.samlRequest = samlRequest;
		this.relayState = relayState;
		this.authenticationRequestUri = authenticationRequestUri;
		this.relyingPartyRegistrationId = relyingPartyRegistrationId;
		this.id = id;
	}

	/** Creates a request as a builder would. */
	public static Saml2RedirectAuthenticationRequest of(String samlRequest, String relayState, String uri,
			String registrationId, String id) {
		return new Saml2RedirectAuthenticationRequest(samlRequest, relayState, uri, registrationId, id);
	}

	/** Returns the encoded request. */
	public String getSamlRequest() {
		return this.samlRequest;
	}

	/** Returns what the provider sends back. */
	public String getRelayState() {
		return this.relayState;
	}

	/** Returns where the provider is. */
	public String getAuthenticationRequestUri() {
		return this.authenticationRequestUri;
	}

	/** Returns which registration this is for. */
	public String getRelyingPartyRegistrationId() {
		return this.relyingPartyRegistrationId;
	}

	/** Returns what the answer must refer to. */
	public String getId() {
		return this.id;
	}

}
