package io.sessionkit.spring.security;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.CapturedLog;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What becomes of authentications in JSON, and what is never made of JSON.
 */
class SecurityJsonTests {

	private final SecurityJson json = json();

	@Test
	void whatIsWrittenIsReadAgain() {
		for (Authentication authentication : List.of(authentication("ada"),
				new RememberMeAuthenticationToken("key", user(), AuthorityUtils.createAuthorityList("ROLE_A", "B")))) {
			Authentication read = read(this.json, write(this.json, authentication));
			assertThat(read).isEqualTo(authentication);
			assertThat(read.getAuthorities()).isEqualTo(authentication.getAuthorities());
		}
	}

	@Test
	void anObjectThatOccursTwiceIsWrittenOnce() {
		Authentication authentication = UsernamePasswordAuthenticationToken.authenticated(user(), null,
				user().getAuthorities());
		String written = write(this.json, authentication).toString();
		assertThat(written).containsOnlyOnce("ROLE_A").contains("{\"@same\":1}", "~core.userdetails.User");
		assertThat(read(this.json, write(this.json, authentication)).getAuthorities()).hasToString("[ROLE_A, ROLE_B]");
	}

	@Test
	void anOidcLoginWithAnIdTokenOf900BytesFitsIntoACookie() {
		Map<String, Object> claims = new LinkedHashMap<>(Map.of("sub", "110169484474386276334", "iss",
				"https://accounts.example.com", "email", "a@example.com"));
		OidcIdToken token = new OidcIdToken("x".repeat(900), Instant.EPOCH, Instant.EPOCH.plusSeconds(1), claims);
		List<GrantedAuthority> authorities = new ArrayList<>(AuthorityUtils.createAuthorityList("SCOPE_openid"));
		authorities.add(new OidcUserAuthority(token, new OidcUserInfo(claims)));
		Authentication login = new OAuth2AuthenticationToken(new DefaultOidcUser(authorities, token), authorities,
				"example");
		JsonNode written = write(this.json, login);
		assertThat(written.toString().length()).isLessThanOrEqualTo(2000);
		assertThat(read(this.json, written)).isEqualTo(login);
	}

	@Test
	void aNameThatLooksLikeOurShortFormIsKept() {
		for (String name : List.of("~core", "@same", "{\"@same\":0}", "@class")) {
			assertThat(read(this.json, write(this.json, authentication(name))).getName()).isEqualTo(name);
		}
	}

	@Test
	void aClassThatNobodyAllowsIsRefusedAtTheLoginWithTheRemedy() {
		assertThatIllegalStateException().isThrownBy(() -> write(this.json, authentication(new ShopUser("ada"))))
			.withMessageContainingAll(ShopUser.class.getName(), "is not allowed", "SecurityJsonCustomizer")
			.withMessageNotContaining("ada")
			.withNoCause();
	}

	@Test
	void aClassThatIsAllowedIsKept() {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(ShopUser.class));
		assertThat(read(customized, write(customized, authentication(new ShopUser("ada")))).getPrincipal())
			.isEqualTo(new ShopUser("ada"));
	}

	@Test
	void whatNoLongerReadsIsAbsentWithOneWarningWithoutContent() {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(ShopUser.class));
		JsonNode stored = write(customized, authentication(new ShopUser("ada")));
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(read(this.json, stored)).isNull();
			assertThat(read(this.json, stored)).isNull();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("Authentication cannot be read", "log in again")
				.doesNotContain("ada");
		}
	}

	@Test
	void theWarningShowsOfAClassNamedInTheJsonNoMoreThanAClassNameNeeds() {
		String type = "a\r\n2026-11-28 INFO forged" + "x".repeat(3000);
		JsonNode stored = JsonMapper.shared().createObjectNode().put("@class", type);
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(read(this.json, stored)).isNull();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("a??2026?11?28?INFO?forgedxxx")
				.hasSizeLessThan(500)
				.doesNotContain("\n", "\r");
		}
	}

	@Test
	void nothingIsMadeOfHostileJson() {
		JsonMapper mapper = JsonMapper.shared();
		for (String hostile : List.of("{}", "[]", "null", "1", "{\"@same\":0}", "{\"@same\":-1}",
				"{\"@class\":\"java.lang.ProcessBuilder\"}", "{\"@class\":\"~no.such.Type\"}",
				"{\"@class\":\"~core.userdetails.User\",\"username\":{\"@same\":0}}",
				"{\"@class\":\"~authentication.UsernamePasswordAuthenticationToken\",\"details\":[\"java.io.File\",\"/\"]}")) {
			assertThat(read(this.json, mapper.readTree(hostile))).as(hostile).isNull();
		}
	}

	private static SecurityJson json(SecurityJsonCustomizer... customizers) {
		return new SecurityJson(SecurityJsonTests.class.getClassLoader(), List.of(customizers));
	}

	private static User user() {
		return (User) User.withUsername("ada").password("{noop}x").authorities("ROLE_A", "ROLE_B").build();
	}

	private static Authentication authentication(Object principal) {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.authenticated(principal, null,
				AuthorityUtils.createAuthorityList("ROLE_A"));
		return token;
	}

	private static JsonNode write(SecurityJson json, Authentication authentication) {
		return json.write(authentication, Authentication.class, "The authentication");
	}

	private static Authentication read(SecurityJson json, JsonNode stored) {
		return json.read(stored, Authentication.class);
	}

	record ShopUser(String name) {

		static final Instant UNUSED = Instant.EPOCH;

	}

}
