package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.security.SecurityJson;
import io.sessionkit.spring.security.SubjectOidcSessionRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;

/**
 * Auto-configuration for OAuth2 logins with Spring Security.
 */
@AutoConfiguration(after = SessionSecurityAutoConfiguration.class,
		afterName = "org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration")
@ConditionalOnClass(OAuth2AuthorizationRequestRedirectFilter.class)
@ConditionalOnBean(SecurityJson.class)
public final class SessionOAuth2AutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(OidcSessionRegistry.class)
	@ConditionalOnBean({ SubjectSessions.class, ClientRegistrationRepository.class })
	SubjectOidcSessionRegistry subjectOidcSessions(SubjectSessions sessions,
			ClientRegistrationRepository registrations) {
		return new SubjectOidcSessionRegistry(sessions, registrations);
	}

}
