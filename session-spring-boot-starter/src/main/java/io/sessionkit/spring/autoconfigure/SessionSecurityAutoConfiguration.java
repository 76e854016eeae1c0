package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.security.SecurityJson;
import io.sessionkit.spring.security.SecurityJsonCustomizer;
import io.sessionkit.spring.security.SessionHttpSecurity;
import io.sessionkit.spring.security.SessionSecurityContextRepository;
import io.sessionkit.spring.security.SessionlessChains;
import io.sessionkit.spring.security.SubjectSessionRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Spring Security on our session, where it is there: in every filter chain, unless the
 * application sets something else or has a bean of its own for it.
 */
@AutoConfiguration(after = { SessionStorageAutoConfiguration.class, SessionWebAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ HttpSecurity.class, SecurityJacksonModules.class, CsrfTokenRepository.class })
@ConditionalOnBean(SessionStorage.class)
public final class SessionSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SecurityJson securityJson(ObjectProvider<SecurityJsonCustomizer> customizers) {
		return new SecurityJson(SecurityJsonCustomizer.class.getClassLoader(), customizers.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean(SecurityContextRepository.class)
	SessionSecurityContextRepository sessionSecurityContextRepository(SecurityJson json, SessionStorage storage) {
		return new SessionSecurityContextRepository(json, storage);
	}

	@Bean
	@ConditionalOnMissingBean(CsrfTokenRepository.class)
	CsrfTokenRepository sessionCsrfTokenRepository(SessionStorage storage) {
		return SessionHttpSecurity.tokens(storage);
	}

	@Bean
	@ConditionalOnMissingBean(RequestCache.class)
	RequestCache sessionRequestCache(SessionStorage storage) {
		return SessionHttpSecurity.requests(storage);
	}

	@Bean
	@ConditionalOnMissingBean(SessionRegistry.class)
	@ConditionalOnBean(SubjectSessions.class)
	SubjectSessionRegistry subjectSessionRegistry(SubjectSessions sessions) {
		return new SubjectSessionRegistry(sessions);
	}

	@Bean
	SessionHttpSecurity sessionHttpSecurity(SecurityJson json, ObjectProvider<SecurityContextRepository> contexts,
			ObjectProvider<CsrfTokenRepository> tokens, ObjectProvider<RequestCache> requests,
			ObjectProvider<SubjectSessions> subjects, SessionStorage storage) {
		return new SessionHttpSecurity(json, contexts, tokens, requests, subjects, storage);
	}

	@Bean
	static SessionlessChains sessionlessChains() {
		return new SessionlessChains();
	}

	@Bean
	@ConditionalOnBooleanProperty(name = SilentDispatcherServlet.EVENTS, havingValue = false, matchIfMissing = true)
	static SilentDispatcherServlet silentDispatcherServlet() {
		return new SilentDispatcherServlet();
	}

}
