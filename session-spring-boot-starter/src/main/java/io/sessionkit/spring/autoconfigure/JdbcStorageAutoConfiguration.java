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
 * Sessions in a table of the application's database, where its {@code DataSource} leads,
 * the primary one of several, or the one marked {@link SessionDataSource}: over a pool of
 * our own, or over that {@code DataSource} as it is.
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

	/** H2 may repair its file first. */
	private static final Duration EMBEDDED_LIMIT = Duration.ofSeconds(10);

	@Bean
	SessionDatabase sessionDatabase(@SessionDataSource ObjectProvider<DataSource> marked,
			ObjectProvider<DataSource> dataSources, ConfigurableListableBeanFactory beanFactory,
			SessionKitProperties properties) {
		return SessionDatabase.of(dataSource(marked, dataSources), beanFactory, properties);
	}

	/** After the application's migrations, which may want to find an empty schema. */
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
					ours.size() + " DataSource beans are marked @SessionDataSource, and one keeps the sessions",
					"Leave the mark on that one only.");
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
				"There are " + several + " DataSource beans, and none is primary or marked to keep the sessions",
				"Add @SessionDataSource (io.sessionkit.storage.jdbc) to the bean method of the one that does.");
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
					"Start the database, or allow its user to create tables, or run the script "
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
			throw new SessionKitConfigurationException("sessionkit.jdbc.table-name", String.valueOf(ex.getMessage()),
					"Set " + INITIALIZE_SCHEMA + " to always where this application may create the table, or create it "
							+ "by the script io/sessionkit/storage/jdbc/schema-<database>.sql from the jar, best as "
							+ "one of your migrations. A table that is there: give its schema too, as in app.sessions.",
					ex);
		}
	}

}
