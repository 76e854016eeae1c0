package io.sessionkit.spring.security;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.sessionkit.spring.web.AttributeConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.AuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.AuthenticatorAttachment;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;

/**
 * Keeps the options of a passkey ceremony, above all the challenge, until the passkey
 * responds. They are stored in the JSON format of the WebAuthn specification, which
 * Spring Security can write but not read.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON">Web
 * Authentication, options from JSON</a>
 */
public final class PasskeyOptionsConverter implements AttributeConverter {

	private static final String CREATION = "@passkey-creation";

	private static final String REQUEST = "@passkey-request";

	private static final List<PublicKeyCredentialParameters> PARAMETERS = List.of(PublicKeyCredentialParameters.EdDSA,
			PublicKeyCredentialParameters.ES256, PublicKeyCredentialParameters.ES384,
			PublicKeyCredentialParameters.ES512, PublicKeyCredentialParameters.RS256,
			PublicKeyCredentialParameters.RS384, PublicKeyCredentialParameters.RS512,
			PublicKeyCredentialParameters.RS1);

	private final JsonMapper mapper = JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

	/** Creates the converter. */
	public PasskeyOptionsConverter() {
	}

	@Override
	public boolean supports(String name, Object value) {
		return value instanceof PublicKeyCredentialCreationOptions
				|| value instanceof PublicKeyCredentialRequestOptions;
	}

	@Override
	public JsonNode write(String name, Object value) {
		String kind = (value instanceof PublicKeyCredentialCreationOptions) ? CREATION : REQUEST;
		JsonNode json = this.mapper.valueToTree(value);
		JsonNode stored = JsonNodeFactory.instance.objectNode().set(kind, json);
		Object back = read(name, stored);
		if (back == null || !json.equals(this.mapper.valueToTree(back))) {
			throw new IllegalArgumentException("The passkey options of '" + name + "' cannot be stored in the session: "
					+ "they cannot be restored from JSON, for instance because of an extension whose value is not a "
					+ "boolean");
		}
		return stored;
	}

	@Override
	public @Nullable Object read(String name, JsonNode stored) {
		try {
			return stored.has(CREATION) ? creation(stored.path(CREATION))
					: stored.has(REQUEST) ? request(stored.path(REQUEST)) : null;
		}
		catch (RuntimeException ex) {
			return null; // from another version; the passkey is asked again
		}
	}

	private static PublicKeyCredentialCreationOptions creation(JsonNode json) {
		JsonNode user = json.path("user");
		JsonNode selection = json.path("authenticatorSelection");
		return PublicKeyCredentialCreationOptions.builder()
			.rp(PublicKeyCredentialRpEntity.builder()
				.id(text(json.path("rp"), "id"))
				.name(text(json.path("rp"), "name"))
				.build())
			.user(ImmutablePublicKeyCredentialUserEntity.builder()
				.id(bytes(user, "id"))
				.name(text(user, "name"))
				.displayName(text(user, "displayName"))
				.build())
			.challenge(bytes(json, "challenge"))
			.pubKeyCredParams(parameters(json.path("pubKeyCredParams")))
			.timeout(timeout(json))
			.excludeCredentials(credentials(json.path("excludeCredentials")))
			.authenticatorSelection(AuthenticatorSelectionCriteria.builder()
				.authenticatorAttachment(selection.hasNonNull("authenticatorAttachment")
						? AuthenticatorAttachment.valueOf(text(selection, "authenticatorAttachment")) : null)
				.residentKey(selection.hasNonNull("residentKey")
						? ResidentKeyRequirement.valueOf(text(selection, "residentKey")) : null)
				.userVerification(verification(selection))
				.build())
			.attestation(AttestationConveyancePreference.valueOf(text(json, "attestation")))
			.extensions(extensions(json.path("extensions")))
			.build();
	}

	private static PublicKeyCredentialRequestOptions request(JsonNode json) {
		return PublicKeyCredentialRequestOptions.builder()
			.challenge(bytes(json, "challenge"))
			.timeout(timeout(json))
			.rpId(text(json, "rpId"))
			.allowCredentials(credentials(json.path("allowCredentials")))
			.userVerification(verification(json))
			.extensions(extensions(json.path("extensions")))
			.build();
	}

	private static String text(JsonNode json, String name) {
		return json.path(name).stringValue();
	}

	private static Bytes bytes(JsonNode json, String name) {
		return Bytes.fromBase64(text(json, name));
	}

	private static Duration timeout(JsonNode json) {
		return Duration.ofMillis(json.path("timeout").longValue());
	}

	private static List<PublicKeyCredentialParameters> parameters(JsonNode json) {
		List<PublicKeyCredentialParameters> parameters = new ArrayList<>();
		for (JsonNode each : json.values()) {
			parameters.add(PARAMETERS.stream()
				.filter((known) -> known.getAlg().getValue() == each.path("alg").longValue())
				.findFirst()
				.orElseThrow());
		}
		return parameters;
	}

	private static List<PublicKeyCredentialDescriptor> credentials(JsonNode json) {
		List<PublicKeyCredentialDescriptor> credentials = new ArrayList<>();
		for (JsonNode each : json.values()) {
			Set<AuthenticatorTransport> transports = new LinkedHashSet<>();
			each.path("transports")
				.values()
				.forEach((one) -> transports.add(AuthenticatorTransport.valueOf(one.stringValue())));
			credentials.add(PublicKeyCredentialDescriptor.builder()
				.type(PublicKeyCredentialType.valueOf(text(each, "type")))
				.id(bytes(each, "id"))
				.transports(transports)
				.build());
		}
		return credentials;
	}

	private static @Nullable UserVerificationRequirement verification(JsonNode json) {
		String value = json.path("userVerification").stringValue(null);
		return (value == null) ? null
				: Stream
					.of(UserVerificationRequirement.REQUIRED, UserVerificationRequirement.PREFERRED,
							UserVerificationRequirement.DISCOURAGED)
					.filter((known) -> known.getValue().equals(value))
					.findFirst()
					.orElseThrow();
	}

	@SuppressWarnings("rawtypes") // declared like this by its constructor
	private static AuthenticationExtensionsClientInputs extensions(JsonNode json) {
		List<AuthenticationExtensionsClientInput> inputs = new ArrayList<>();
		for (String name : json.propertyNames()) {
			inputs.add(new ImmutableAuthenticationExtensionsClientInput<>(name, json.path(name).booleanValue()));
		}
		return new ImmutableAuthenticationExtensionsClientInputs(inputs);
	}

}
