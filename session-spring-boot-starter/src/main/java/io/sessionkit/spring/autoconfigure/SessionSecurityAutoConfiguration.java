package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.security.PasskeyOptionsConverter;
import io.sessionkit.spring.security.SecurityAttributeConverter;
import io.sessionkit.spring.security.SecurityJson;
import io.sessionkit.spring.security.SecurityJsonCustomizer;
import io.sessionkit.spring.security.SessionHttpSecurityCustomizer;
import io.sessionkit.spring.security.SessionRequestCache;
import io.sessionkit.spring.security.SubjectSessionRegistry;
import io.sessionkit.spring.web.AttributeConverter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;

/**
 * Auto-configuration for Spring Security. It applies to every filter chain, unless the
 * application has settings or beans of its own.
 */
@AutoConfiguration(after = { SessionStorageAutoConfiguration.class, SessionWebAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ HttpSecurity.class, SecurityJacksonModules.class, CsrfTokenRepository.class })
@ConditionalOnBean(SessionStorage.class)
public final class SessionSecurityAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SessionSecurityAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	SecurityJson securityJson(ObjectProvider<SecurityJsonCustomizer> customizers) {
		return new SecurityJson(SecurityJsonCustomizer.class.getClassLoader(), customizers.orderedStream().toList());
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	AttributeConverter securityAttributeConverter(SecurityJson json) {
		return new SecurityAttributeConverter(json);
	}

	@Bean
	@ConditionalOnMissingBean(RequestCache.class)
	RequestCache sessionRequestCache(SessionStorage storage) {
		return storage.isShared() ? new CookieRequestCache() : new SessionRequestCache();
	}

	@Bean
	@ConditionalOnMissingBean(SessionRegistry.class)
	@ConditionalOnBean(SubjectSessions.class)
	SubjectSessionRegistry subjectSessionRegistry(SubjectSessions sessions) {
		return new SubjectSessionRegistry(sessions);
	}

	/** If passkeys are on the class path. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebauthnJacksonModule.class)
	static final class Passkeys {

		@Bean
		@Order(0)
		AttributeConverter passkeyOptionsConverter() {
			return new PasskeyOptionsConverter();
		}

	}

	/** Warns about a registry that counts only the sessions of this instance. */
	@Bean
	static SmartInitializingSingleton sessionRegistryCheck(ObjectProvider<SessionRegistry> registries) {
		return () -> registries.stream()
			.filter((registry) -> registry.getClass() == SessionRegistryImpl.class)
			.findFirst()
			.ifPresent((registry) -> logger
				.warn("The SessionRegistryImpl of this application contains only sessions of this instance since its "
						+ "startup. Remove the bean, so that SessionKit's SessionRegistry lists and ends those of all "
						+ "instances"));
	}

	@Bean
	SessionHttpSecurityCustomizer sessionHttpSecurity(SessionStorage storage,
			ObjectProvider<SecurityContextHolderStrategy> contexts, ObjectProvider<SubjectSessions> subjects) {
		return new SessionHttpSecurityCustomizer(storage,
				() -> contexts.getIfAvailable(SecurityContextHolder::getContextHolderStrategy), subjects::getObject);
	}

}
