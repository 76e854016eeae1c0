package io.sessionkit.spring.security;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.saml2.provider.service.authentication.Saml2RedirectAuthenticationRequest;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInput;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What Spring Security keeps in {@code HttpSession}, there and back.
 */
class SecurityAttributeConverterTests {

	private static final String SAML_REQUEST = "org.springframework.security.saml2.provider.service.web."
			+ "HttpSessionSaml2AuthenticationRequestRepository.SAML2_AUTHENTICATION_REQUEST";

	private final SecurityAttributeConverter converter = new SecurityAttributeConverter(
			new SecurityJson(SecurityJson.class.getClassLoader(), List.of()));

	private Object back(Object value) {
		assertThat(this.converter.supports("any", value)).isTrue();
		return this.converter.read("any", this.converter.write("any", value));
	}

	@Test
	void aContextAndAnAuthenticationStayWhatTheyAre() {
		TestingAuthenticationToken ada = new TestingAuthenticationToken("ada", null, "ROLE_USER");
		assertThat(back(new SecurityContextImpl(ada))).isEqualTo(new SecurityContextImpl(ada));
		assertThat(back(ada)).isEqualTo(ada);
		assertThat(back(new SecurityContextImpl())).isEqualTo(new SecurityContextImpl());
	}

	@Test
	void aTokenWithUsualAndWithOtherNamesComesBack() {
		for (String name : List.of("_csrf", "token")) {
			DefaultCsrfToken back = (DefaultCsrfToken) back(new DefaultCsrfToken("X-CSRF-TOKEN", name, "s3cret"));
			assertThat(back.getParameterName()).isEqualTo(name);
			assertThat(back.getToken()).isEqualTo("s3cret");
		}
	}

	@Test
	void anExceptionIsItsClassAndItsMessage() {
		assertThat(back(new BadCredentialsException("Bad credentials"))).isInstanceOf(BadCredentialsException.class);
		assertThat((Exception) back(new DisabledException("off"))).isInstanceOf(DisabledException.class)
			.hasMessage("off");
		assertThat((Exception) back(new DisabledException("own") {
		})).as("of a class that nobody may make").isExactlyInstanceOf(DisabledException.class).hasMessage("own");
	}

	@Test
	void aRequestOfOAuth2ComesBack() {
		OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://provider.example/authorize")
			.clientId("client")
			.redirectUri("https://shop.example/login/oauth2/code/it")
			.scopes(new LinkedHashSet<>(List.of("openid", "email")))
			.state("state")
			.additionalParameters(Map.of("nonce", "n"))
			.attributes(Map.of("registration_id", "it"))
			.build();
		OAuth2AuthorizationRequest back = (OAuth2AuthorizationRequest) back(request);
		assertThat(back.getAuthorizationRequestUri()).isEqualTo(request.getAuthorizationRequestUri());
		assertThat(back.getScopes()).isEqualTo(request.getScopes());
		assertThat(back.getAttributes()).isEqualTo(request.getAttributes());
	}

	@Test
	void aSavedRequestHasNoHeadersAndNoCookies() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/page");
		request.setQueryString("a=1");
		request.addHeader("Authorization", "s3cret");
		request.setCookies(new Cookie("__session", "s3cret"));
		DefaultSavedRequest saved = new DefaultSavedRequest(request, "continue");
		assertThat(this.converter.write("any", saved).toString()).doesNotContain("s3cret");
		assertThat(((DefaultSavedRequest) back(saved)).getRedirectUrl()).isEqualTo(saved.getRedirectUrl());
	}

	/**
	 * Its libraries are not part of the build: the shape of theirs, with a mixin as they
	 * have one.
	 */
	@Test
	void aRequestOfSamlComesBackWhereItsModuleIsThereAndIsRefusedWhereNot() {
		Saml2RedirectAuthenticationRequest request = Saml2RedirectAuthenticationRequest.of("fZJ+", "state/+=",
				"https://idp.example/sso?a=b", "one", "ARQ1");
		assertThatIllegalStateException().isThrownBy(() -> this.converter.write(SAML_REQUEST, request))
			.withMessageContaining("SecurityJsonCustomizer");
		SecurityAttributeConverter withModule = new SecurityAttributeConverter(
				new SecurityJson(SecurityJson.class.getClassLoader(), List.of((json, types) -> {
					types.allowIfSubType(Saml2RedirectAuthenticationRequest.class);
					json.addMixIn(Saml2RedirectAuthenticationRequest.class, SamlRequestMixin.class);
				})));
		assertThat(withModule.supports(SAML_REQUEST, request)).isTrue();
		assertThat(withModule.read(SAML_REQUEST, withModule.write(SAML_REQUEST, request)))
			.isInstanceOf(Saml2RedirectAuthenticationRequest.class)
			.usingRecursiveComparison()
			.isEqualTo(request);
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE)
	private abstract static class SamlRequestMixin {

		@JsonCreator
		SamlRequestMixin(@JsonProperty("samlRequest") String samlRequest, @JsonProperty("relayState") String relayState,
				@JsonProperty("authenticationRequestUri") String uri,
				@JsonProperty("relyingPartyRegistrationId") String registrationId, @JsonProperty("id") String id) {
		}

	}

	@Test
	void whatAPasskeyHasToAnswerComesBackOrIsRefused() {
		PasskeyOptionsConverter passkeys = new PasskeyOptionsConverter();
		PublicKeyCredentialRequestOptions options = options(true);
		assertThat(passkeys.supports("any", options)).isTrue();
		PublicKeyCredentialRequestOptions back = (PublicKeyCredentialRequestOptions) passkeys.read("any",
				passkeys.write("any", options));
		assertThat(back.getChallenge()).isEqualTo(options.getChallenge());
		assertThat(back.getUserVerification()).isEqualTo(UserVerificationRequirement.REQUIRED);
		assertThat(back.getTimeout()).isEqualTo(Duration.ofMinutes(2));
		assertThat(back.getAllowCredentials()).singleElement()
			.satisfies((one) -> assertThat(one.getTransports()).containsExactly(AuthenticatorTransport.USB));
		assertThatIllegalArgumentException().isThrownBy(() -> passkeys.write("any", options("text")));
	}

	private static PublicKeyCredentialRequestOptions options(Object extension) {
		return PublicKeyCredentialRequestOptions.builder()
			.challenge(Bytes.random())
			.rpId("localhost")
			.timeout(Duration.ofMinutes(2))
			.userVerification(UserVerificationRequirement.REQUIRED)
			.allowCredentials(List.of(PublicKeyCredentialDescriptor.builder()
				.id(Bytes.random())
				.transports(AuthenticatorTransport.USB)
				.build()))
			.extensions(new ImmutableAuthenticationExtensionsClientInputs(
					new ImmutableAuthenticationExtensionsClientInput<>("example", extension)))
			.build();
	}

}
