package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

import javax.sql.DataSource;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.autoconfigure.SessionKitProperties.Jdbc.InitializeSchema;
import io.sessionkit.storage.jdbc.JdbcStorageStrategy;
import io.sessionkit.storage.jdbc.SessionDataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Auto-configuration for sessions in a table of the application's database. It uses the
 * database of the application's {@code DataSource} or, if there are several, of the
 * primary one or the one marked with {@link SessionDataSource}. It connects with a pool
 * of its own, or with that {@code DataSource} itself.
 */
@AutoConfiguration(before = SessionStorageAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DelegatingDataSource.class)
@ConditionalOnSessionStore(value = SessionKitProperties.Storage.JDBC, missing = "there is no DataSource",
		remedy = "Add the dependency org.springframework.boot:spring-boot-starter-jdbc and the driver of your "
				+ "database, and set spring.datasource.url.")
@ConditionalOnMissingBean({ SessionStorage.class, SessionIdStorageStrategy.class })
@EnableConfigurationProperties(SessionKitProperties.class)
public final class JdbcStorageAutoConfiguration {

	private static final String INITIALIZE_SCHEMA = "sessionkit.jdbc.initialize-schema";

	/** H2 may have to repair its file first. */
	private static final Duration EMBEDDED_LIMIT = Duration.ofSeconds(10);

	@Bean
	SessionDatabase sessionDatabase(@SessionDataSource ObjectProvider<DataSource> marked,
			ObjectProvider<DataSource> dataSources, ConfigurableListableBeanFactory beanFactory,
			SessionKitProperties properties) {
		return SessionDatabase.of(dataSource(marked, dataSources), beanFactory, properties);
	}

	/** Created after the application's migrations, which may expect an empty schema. */
	@Bean(SessionStorageAutoConfiguration.STRATEGY_BEAN)
	@DependsOnDatabaseInitialization
	JdbcStorageStrategy jdbcStorageStrategy(SessionDatabase database, SessionKitProperties properties) {
		JdbcStorageStrategy strategy = strategy(database.dataSource(), properties);
		InitializeSchema initialize = properties.jdbc().initializeSchema();
		if (initialize == InitializeSchema.ALWAYS || (initialize == InitializeSchema.EMBEDDED
				&& EmbeddedDatabase.is(database.dataSource(), EMBEDDED_LIMIT))) {
			createTable(strategy, initialize);
		}
		else {
			checkTable(strategy);
		}
		return strategy;
	}

	private static DataSource dataSource(ObjectProvider<DataSource> marked, ObjectProvider<DataSource> dataSources) {
		List<DataSource> ours = marked.stream().toList();
		if (ours.size() == 1) {
			return ours.get(0);
		}
		if (ours.size() > 1) {
			throw new SessionKitConfigurationException(SessionStorageAutoConfiguration.STORAGE,
					ours.size() + " DataSource beans are marked @SessionDataSource, but only one can be used",
					"Keep the annotation on one bean only.");
		}
		DataSource only = dataSources.getIfUnique();
		if (only != null) {
			return only;
		}
		long several = dataSources.stream().count();
		if (several == 0) {
			throw SessionStorageAutoConfiguration.missing(SessionKitProperties.Storage.JDBC);
		}
		throw new SessionKitConfigurationException(SessionStorageAutoConfiguration.STORAGE,
				"There are " + several + " DataSource beans, and none is primary or marked for sessions",
				"Add @SessionDataSource (io.sessionkit.storage.jdbc) to the bean method of the one to use.");
	}

	private static JdbcStorageStrategy strategy(DataSource dataSource, SessionKitProperties properties) {
		SessionKitProperties.Jdbc jdbc = properties.jdbc();
		try {
			return new JdbcStorageStrategy(dataSource, jdbc.tableName(), properties.timeout(), jdbc.cleanupInterval(),
					InstantSource.system());
		}
		catch (IllegalArgumentException ex) {
			throw new SessionKitConfigurationException("sessionkit.jdbc.table-name", String.valueOf(ex.getMessage()),
					"Correct the property.");
		}
	}

	private static void createTable(JdbcStorageStrategy strategy, InitializeSchema initialize) {
		try {
			strategy.createTable();
		}
		catch (SessionStorageException ex) {
			strategy.close();
			throw new SessionKitConfigurationException(INITIALIZE_SCHEMA,
					INITIALIZE_SCHEMA + " is '" + initialize.name().toLowerCase(Locale.ROOT) + "': " + ex.getMessage(),
					"Start the database, allow its user to create tables, or run the script "
							+ "io/sessionkit/storage/jdbc/schema-<database>.sql from the jar yourself and set "
							+ INITIALIZE_SCHEMA + " to never.",
					ex);
		}
	}

	private static void checkTable(JdbcStorageStrategy strategy) {
		try {
			strategy.checkTable();
		}
		catch (IllegalStateException ex) {
			strategy.close();
			throw new SessionKitConfigurationException("sessionkit.jdbc.table-name", String.valueOf(ex
				.getMessage()), "Set " + INITIALIZE_SCHEMA
						+ " to always if this application may create the table, or create it "
						+ "with the script io/sessionkit/storage/jdbc/schema-<database>.sql from the jar, preferably "
						+ "as a migration. If the table exists, add its schema to the name, as in app.sessions.",
					ex);
		}
	}

}
