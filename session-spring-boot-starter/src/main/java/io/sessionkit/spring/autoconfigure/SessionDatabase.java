package io.sessionkit.spring.autoconfigure;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sessionkit.storage.jdbc.SessionPoolDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.ClassUtils;

/**
 * The connections of the strategy. This is not a {@link DataSource} itself, so that the
 * application does not get another bean of that type.
 *
 * @param dataSource the source of the connections
 * @param closing closes the connections at shutdown; does nothing if they belong to the
 * application
 */
record SessionDatabase(DataSource dataSource, Runnable closing) implements AutoCloseable {

	private static final String SPRING_BOOT = "org.springframework.boot.jdbc.autoconfigure.";

	private static final boolean HIKARI = isPresent("com.zaxxer.hikari.HikariDataSource");

	private static final boolean CONNECTION_DETAILS = isPresent(SPRING_BOOT + "JdbcConnectionDetails");

	/** Every connection to such a URL opens a separate database. */
	private static final Pattern UNNAMED = Pattern.compile("jdbc:h2:mem:(;.*)?");

	private static final Logger logger = LoggerFactory.getLogger(SessionDatabase.class);

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, SessionDatabase.class.getClassLoader());
	}

	/**
	 * Opens a pool of our own to the database of a {@code DataSource}, if its address is
	 * known.
	 */
	static SessionDatabase of(DataSource dataSource, ConfigurableListableBeanFactory beanFactory,
			SessionKitProperties properties) {
		if (!properties.jdbc().pool().shared()) {
			SessionDatabase own = HIKARI ? Own.open(dataSource, beanFactory, properties) : null;
			if (own != null) {
				return own;
			}
			Duration timeout = properties.timeout();
			logger.warn("Sessions use the application's {} as it is, since the address of its database is unknown. "
					+ "They wait for its connections as long as it allows instead of {} ms (sessionkit.timeout), and "
					+ "an update that waits for a lock may take effect after its request has failed. Mark a HikariCP "
					+ "pool with @SessionDataSource, or accept this with sessionkit.jdbc.pool.shared=true.",
					dataSource.getClass().getSimpleName(), timeout.toMillis());
		}
		return new SessionDatabase(dataSource, () -> {
		});
	}

	@Override
	public void close() {
		this.closing.run();
	}

	/** Loaded only if HikariCP is present. */
	private static final class Own {

		static @Nullable SessionDatabase open(DataSource dataSource, ConfigurableListableBeanFactory beanFactory,
				SessionKitProperties properties) {
			HikariConfig settings = settings(dataSource, beanFactory);
			if (settings == null || !isEnough(settings)) {
				return null;
			}
			SessionPoolDataSource pool = new SessionPoolDataSource(settings, properties.jdbc().pool().maximumSize(),
					properties.timeout());
			return new SessionDatabase(pool, pool::close);
		}

		private static boolean isEnough(HikariConfig settings) {
			String url = settings.getJdbcUrl();
			return settings.getDataSource() != null || settings.getDataSourceClassName() != null
					|| (url != null && !UNNAMED.matcher(url).matches());
		}

		private static @Nullable HikariConfig settings(DataSource dataSource,
				ConfigurableListableBeanFactory beanFactory) {
			if (isRouting(dataSource)) {
				return null;
			}
			try {
				if (dataSource.isWrapperFor(HikariDataSource.class)) {
					return dataSource.unwrap(HikariDataSource.class);
				}
			}
			catch (SQLException ex) {
				logger.debug("A DataSource could not be unwrapped", ex);
			}
			return (CONNECTION_DETAILS && isOfSpringBoot(dataSource, beanFactory)) ? Details.of(beanFactory) : null;
		}

		/**
		 * Whether there are several target databases, for instance one for each tenant.
		 */
		private static boolean isRouting(@Nullable DataSource dataSource) {
			return dataSource instanceof AbstractRoutingDataSource
					|| (dataSource instanceof DelegatingDataSource wrapper && isRouting(wrapper.getTargetDataSource()));
		}

		/**
		 * Whether this is the auto-configured data source, of which only address and
		 * credentials matter.
		 */
		private static boolean isOfSpringBoot(DataSource dataSource, ConfigurableListableBeanFactory beanFactory) {
			return Arrays.stream(beanFactory.getBeanNamesForType(DataSource.class))
				.filter((name) -> beanFactory.containsBeanDefinition(name) && beanFactory.getBean(name) == dataSource)
				.map(beanFactory::getBeanDefinition)
				.map(BeanDefinition::getFactoryBeanName)
				.anyMatch((owner) -> owner != null && owner.startsWith(SPRING_BOOT));
		}

	}

	/** Loaded only if the auto-configuration of Spring Boot is present too. */
	private static final class Details {

		static @Nullable HikariConfig of(ConfigurableListableBeanFactory beanFactory) {
			JdbcConnectionDetails details = beanFactory.getBeanProvider(JdbcConnectionDetails.class).getIfUnique();
			if (details == null) {
				return null;
			}
			HikariConfig settings = new HikariConfig();
			settings.setJdbcUrl(details.getJdbcUrl());
			String driver = details.getDriverClassName();
			if (driver != null) {
				settings.setDriverClassName(driver);
			}
			settings.setUsername(details.getUsername());
			settings.setPassword(details.getPassword());
			return settings;
		}

	}

}
