package io.sessionkit.spring.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.sessionkit.Revocation;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageListener;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.file.FileStorageStrategy;
import io.sessionkit.storage.file.SharedFileStorageStrategy;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the storage of sessions. The store is selected with
 * {@code sessionkit.storage} or by the application's own {@link SessionIdStorageStrategy}
 * bean. The {@link SessionCookie} is created from the properties, unless the application
 * has a bean named {@code sessionCookie}. This auto-configuration backs off if the
 * application has a {@link SessionStorage} bean.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnMissingBean(SessionStorage.class)
@EnableConfigurationProperties(SessionKitProperties.class)
public final class SessionStorageAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SessionStorageAutoConfiguration.class);

	static final String STORAGE = "sessionkit.storage";

	static final String REVOCATION = "sessionkit.revocation.storage";

	/**
	 * The name of all auto-configured strategy beans, which distinguishes them from the
	 * application's.
	 */
	static final String STRATEGY_BEAN = "sessionKitStorageStrategy";

	@Bean(STRATEGY_BEAN)
	@ConditionalOnSessionStore(SessionKitProperties.Storage.MEMORY)
	@ConditionalOnMissingBean(SessionIdStorageStrategy.class)
	MemoryStorageStrategy memoryStorageStrategy(SessionKitProperties properties) {
		return new MemoryStorageStrategy(properties.memory().maxSessions(), InstantSource.system());
	}

	@Bean(STRATEGY_BEAN)
	@ConditionalOnSessionStore(SessionKitProperties.Storage.FILE)
	@ConditionalOnMissingBean(SessionIdStorageStrategy.class)
	SessionIdStorageStrategy fileStorageStrategy(SessionKitProperties properties) {
		Path directory = properties.file().directory();
		boolean isShared = FormatProperty.sharesRecords(properties);
		if (isShared && properties.file().fsync()) {
			logger.warn(
					"sessionkit.file.fsync has no effect: the files are shared with {}, which writes them without "
							+ "waiting for the disk. Remove the property, or {}.",
					properties.format().peer(), FormatProperty.NAME);
		}
		try {
			return isShared
					? new SharedFileStorageStrategy(directory, properties.format(), properties.timeout(),
							FormatProperty.idleTimeout(properties), InstantSource.system())
					: new FileStorageStrategy(directory, properties.timeout(), properties.file().fsync(),
							InstantSource.system());
		}
		catch (IllegalStateException ex) {
			throw new SessionKitConfigurationException("sessionkit.file.directory", String.valueOf(ex.getMessage()),
					"Set the property to a directory that belongs to the user of this process and that nobody else "
							+ "can write. If it is missing, it is created.");
		}
	}

	@Bean
	@ConditionalOnMissingBean(name = "sessionCookie")
	SessionCookie sessionCookie(SessionKitProperties properties, Environment environment,
			ListableBeanFactory beanFactory, ObjectProvider<ServletContext> servlets,
			ObjectProvider<SliceSecretAutoConfiguration.SliceSecret> slice) {
		return new SessionCookieFactory(properties, environment, contextPath(servlets), slice.getIfAvailable() != null)
			.create(recordsBean(beanFactory, properties) == null);
	}

	/**
	 * Returns the context path from the container, which also knows it for a WAR file.
	 */
	static String contextPath(ObjectProvider<ServletContext> servlets) {
		return servlets.stream().findFirst().map(ServletContext::getContextPath).orElse("");
	}

	@Bean
	SessionStorage sessionStorage(@Qualifier("sessionCookie") SessionCookie cookie,
			ObjectProvider<SessionIdStorageStrategy> strategy, SessionKitProperties properties, Environment environment,
			ListableBeanFactory beanFactory, ObjectProvider<SessionStorageCustomizer> customizers,
			ObjectProvider<SessionStorageListener> listeners, ObjectProvider<Revocation> revocations) {
		String strategyBean = recordsBean(beanFactory, properties);
		if (strategyBean != null && !strategyBean.equals(STRATEGY_BEAN)
				&& ChosenStorage.of(environment).sessions() != null) {
			throw new SessionKitConfigurationException(STORAGE,
					"The bean '" + strategyBean + "' is a SessionIdStorageStrategy, but " + STORAGE + " is '"
							+ properties.storage().value() + "'; only one of them can keep the sessions",
					"Remove the property to use the bean, or the bean to use the property.");
		}
		if (strategyBean == null && properties.storage() != SessionKitProperties.Storage.COOKIE) {
			throw missing(properties.storage());
		}
		if (!cookie.isSigned()) {
			throw new SessionKitConfigurationException("sessionkit.cookie.secrets",
					"The bean 'sessionCookie' is unsigned, so clients could forge sessions",
					"Build it with encryptedWith(secrets) or signedWith(secrets), or remove it.");
		}
		FormatProperty.require(properties, cookie, (strategyBean != null) ? strategy.getObject() : null);
		SessionStorage.Builder builder = (strategyBean != null) ? SessionStorage.builder(cookie, strategy.getObject())
				: SessionStorage.builder(cookie);
		Revocation revocation = revocation(properties, strategyBean, strategy, revocations);
		if (revocation != null) {
			builder.revocation(revocation);
		}
		if (properties.idleTimeout() != null) {
			builder.idleTimeout(properties.idleTimeout());
		}
		builder.absoluteTimeout(properties.absoluteTimeout())
			.rolling(properties.rolling())
			.anonymousOnFailure(properties.onFailure() == SessionKitProperties.OnFailure.ANONYMOUS)
			.attributeTypes(AllowedTypes.of(properties.httpSession(), beanFactory));
		listeners.orderedStream().forEach(builder::listener);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		SessionStorage storage = builder.build();
		logger.info(StartupLine.of(storage, cookie.format(), (strategyBean == null) ? "the cookie"
				: strategyBean.equals(STRATEGY_BEAN) ? properties.storage().value() : "the bean " + strategyBean));
		return storage;
	}

	static SessionKitConfigurationException missing(SessionKitProperties.Storage storage) {
		try {
			MergedAnnotation<ConditionalOnSessionStore> store = OnSessionStoreCondition.find(storage);
			return new SessionKitConfigurationException(STORAGE,
					STORAGE + " is '" + storage.value() + "', but " + store.getString("missing"),
					store.getString("remedy"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static @Nullable Revocation revocation(SessionKitProperties properties, @Nullable String recordsBean,
			ObjectProvider<SessionIdStorageStrategy> strategy, ObjectProvider<Revocation> revocations) {
		Revocation own = revocations.getIfAvailable();
		SessionKitProperties.Storage storage = properties.revocation().storage();
		if (own == null && storage == null) {
			return null;
		}
		if (recordsBean != null) {
			throw new SessionKitConfigurationException(REVOCATION,
					"Revocation is configured, but sessions are kept in a store, where all instances see their end",
					"Remove " + REVOCATION + " or the Revocation bean.");
		}
		if (own != null || storage == null) {
			return own;
		}
		SessionIdStorageStrategy store = storage.isConsistent() ? strategy.getIfAvailable() : null;
		if (store == null) {
			throw new SessionKitConfigurationException(REVOCATION,
					REVOCATION + " is '" + storage.value() + "', "
							+ (storage.isConsistent() ? "but there is no such store"
									: "which cannot tell all instances at once that a session has ended"),
					"Set it to one of " + SessionKitProperties.Storage.consistent() + ", and make sure that the "
							+ "libraries and the connection of that store are available, or define a Revocation bean.");
		}
		Revocation revocation = Revocation.in(store).cachedFor(properties.revocation().cacheTime());
		return properties.revocation().failOpen() ? revocation.failOpen() : revocation;
	}

	/**
	 * Returns the name of the strategy bean for sessions. An auto-configured one that is
	 * used only for revocation does not count.
	 */
	static @Nullable String recordsBean(ListableBeanFactory beanFactory, SessionKitProperties properties) {
		String bean = strategyBean(beanFactory);
		boolean revokes = properties.storage() == SessionKitProperties.Storage.COOKIE
				&& properties.revocation().storage() != null;
		return (STRATEGY_BEAN.equals(bean) && revokes) ? null : bean;
	}

	private static @Nullable String strategyBean(ListableBeanFactory beanFactory) {
		List<String> names = Stream
			.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, SessionIdStorageStrategy.class, true,
					false))
			.filter((name) -> is(beanFactory, name, (bean) -> bean.isAutowireCandidate() && bean.isDefaultCandidate(),
					true))
			.toList();
		if (names.size() < 2) {
			return names.isEmpty() ? null : names.get(0);
		}
		List<String> primary = names.stream()
			.filter((name) -> is(beanFactory, name, AbstractBeanDefinition::isPrimary, false))
			.toList();
		if (primary.size() == 1) {
			return primary.get(0);
		}
		throw new SessionKitConfigurationException(STORAGE,
				"There are " + names.size() + " SessionIdStorageStrategy beans, '" + String.join("' and '", names)
						+ "', but only one can be used",
				"Add @Primary to the bean method of the one to use, or @Bean(defaultCandidate = false) to the "
						+ "others.");
	}

	private static boolean is(ListableBeanFactory beanFactory, String name, Predicate<AbstractBeanDefinition> question,
			boolean otherwise) {
		try {
			return (beanFactory instanceof ConfigurableBeanFactory definitions
					&& definitions.getMergedBeanDefinition(name) instanceof AbstractBeanDefinition definition)
							? question.test(definition) : otherwise;
		}
		catch (NoSuchBeanDefinitionException ex) {
			return otherwise; // a registered singleton without a bean definition
		}
	}

}
