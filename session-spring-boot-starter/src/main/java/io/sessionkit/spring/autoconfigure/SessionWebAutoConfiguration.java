package io.sessionkit.spring.autoconfigure;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.sessionkit.SessionIdentity;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageListener;
import io.sessionkit.SubjectSessions;
import io.sessionkit.spring.web.AttributeConverter;
import io.sessionkit.spring.web.CurrentSession;
import io.sessionkit.spring.web.HttpSessionMode;
import io.sessionkit.spring.web.HttpSessions;
import io.sessionkit.spring.web.SessionArgumentResolverBeanPostProcessor;
import io.sessionkit.spring.web.SessionBeanScope;
import io.sessionkit.spring.web.SessionFilter;
import io.sessionkit.spring.web.SessionTransport;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.Scope;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.request.SessionScope;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Auto-configuration for sessions in Spring Web MVC: the filter, the parameters of
 * controllers, {@link CurrentSession} and {@link SubjectSessions}.
 */
@AutoConfiguration(after = SessionStorageAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(SessionStorage.class)
@EnableConfigurationProperties(SessionKitProperties.class)
public final class SessionWebAutoConfiguration {

	static final EnumSet<DispatcherType> DISPATCHER_TYPES = EnumSet.complementOf(EnumSet.of(DispatcherType.INCLUDE));

	private static final String HTTP_SESSION = "sessionkit.http-session";

	private static final String CONTAINER_SESSION = "server.servlet.session";

	private static final Logger logger = LoggerFactory.getLogger(SessionWebAutoConfiguration.class);

	SessionWebAutoConfiguration(Environment environment) {
		requireOneWay(environment);
		Binder.get(environment)
			.bind(CONTAINER_SESSION, Bindable.mapOf(String.class, Object.class))
			.ifBound(SessionWebAutoConfiguration::warnOfContainerSession);
	}

	/**
	 * Refuses both forms at once, since the short form would make Spring Boot ignore the
	 * properties below it.
	 */
	private static void requireOneWay(Environment environment) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(HTTP_SESSION);
		boolean below = false;
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			below |= source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT;
		}
		if (below && environment.containsProperty(HTTP_SESSION)) {
			throw new SessionKitConfigurationException(HTTP_SESSION,
					HTTP_SESSION + " is set together with properties below it, which are ignored then",
					"Set " + HTTP_SESSION + ".mode instead of " + HTTP_SESSION + ".");
		}
	}

	private static void warnOfContainerSession(Map<String, Object> properties) {
		if (properties.keySet().equals(Set.of("persistent"))) {
			return; // a default of the developer tools
		}
		logger.warn("{}.* is set ({}) and has no effect on SessionKit's sessions; see sessionkit.cookie.* and "
				+ "sessionkit.idle-timeout", CONTAINER_SESSION, properties.keySet());
	}

	@Bean
	@ConditionalOnMissingBean
	CurrentSession currentSession() {
		return new CurrentSession();
	}

	@Bean
	@ConditionalOnMissingBean
	SubjectSessions subjectSessions(SessionStorage storage) {
		return new SubjectSessions(storage);
	}

	@Bean
	@ConditionalOnMissingBean(value = SessionFilter.class, parameterizedContainer = FilterRegistrationBean.class)
	FilterRegistrationBean<SessionFilter> sessionFilter(SessionStorage storage, HttpSessions httpSessions,
			SessionKitProperties properties) {
		FilterRegistrationBean<SessionFilter> registration = new FilterRegistrationBean<>(
				filter(storage, httpSessions, properties));
		registration.setOrder(SessionFilter.ORDER);
		registration.setDispatcherTypes(DISPATCHER_TYPES);
		return registration;
	}

	/** Registered after the scope of the application context. */
	@Bean
	static BeanFactoryPostProcessor sessionBeanScope(Environment environment) {
		return (beanFactory) -> {
			Scope present = beanFactory.getRegisteredScope(WebApplicationContext.SCOPE_SESSION);
			boolean isOwn = present != null && present.getClass() != SessionScope.class;
			if (!isOwn && isEnabled(environment)) {
				beanFactory.registerScope(WebApplicationContext.SCOPE_SESSION, new SessionBeanScope(beanFactory));
			}
		};
	}

	private static boolean isEnabled(Environment environment) {
		SessionKitProperties.HttpSession properties = Binder.get(environment)
			.bind(HTTP_SESSION, SessionKitProperties.HttpSession.class)
			.orElse(null);
		return properties == null || properties.mode() == HttpSessionMode.ENABLED;
	}

	@Bean
	@ConditionalOnMissingBean
	HttpSessions httpSessions(SessionKitProperties properties, ObjectProvider<AttributeConverter> converters,
			ListableBeanFactory beanFactory) {
		return new HttpSessions(properties.httpSession().mode(), properties.httpSession().unsupported(),
				() -> converters.orderedStream().toList(), () -> HttpSessionListenerBeans.find(beanFactory));
	}

	/** What the clean-up of the storage has removed, long after its last request. */
	@Bean
	SessionStorageListener expiredHttpSessions(HttpSessions httpSessions, ObjectProvider<ServletContext> servlets) {
		return new SessionStorageListener() {

			@Override
			public void expired(SessionIdentity session) {
				servlets.ifAvailable((servletContext) -> httpSessions.tellExpired(session.handle(), servletContext));
			}

		};
	}

	@Bean
	@ConditionalOnBooleanProperty(name = SilentDispatcherServletBeanPostProcessor.EVENTS, havingValue = false,
			matchIfMissing = true)
	static SilentDispatcherServletBeanPostProcessor silentDispatcherServlet() {
		return new SilentDispatcherServletBeanPostProcessor();
	}

	private static SessionTransport transport(SessionKitProperties properties) {
		try {
			String header = properties.header().name();
			return !properties.transport().contains(SessionKitProperties.Transport.HEADER) ? SessionTransport.cookie()
					: properties.transport().contains(SessionKitProperties.Transport.COOKIE)
							? SessionTransport.cookieOrHeader(header) : SessionTransport.header(header);
		}
		catch (IllegalArgumentException ex) {
			throw new SessionKitConfigurationException("sessionkit.header.name",
					"sessionkit.header.name: " + ex.getMessage(),
					"Set it to X-Auth-Token or Authorization, or remove it.");
		}
	}

	private static SessionFilter filter(SessionStorage storage, HttpSessions httpSessions,
			SessionKitProperties properties) {
		try {
			return new SessionFilter(storage, httpSessions, transport(properties), properties.pathsWithoutRenewal());
		}
		catch (PatternParseException ex) {
			throw new SessionKitConfigurationException("sessionkit.paths-without-renewal",
					"One of the patterns is not valid: " + ex.toDetailedString(),
					"Use a pattern such as /status/** or /poll/{id}.");
		}
	}

	@Bean
	static SessionArgumentResolverBeanPostProcessor sessionArgumentResolvers(ConfigurableBeanFactory beanFactory) {
		return new SessionArgumentResolverBeanPostProcessor(beanFactory);
	}

}
