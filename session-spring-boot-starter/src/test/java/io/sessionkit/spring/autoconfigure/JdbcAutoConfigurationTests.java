package io.sessionkit.spring.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import ch.qos.logback.classic.Level;
import com.zaxxer.hikari.HikariDataSource;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.storage.jdbc.H2;
import io.sessionkit.storage.jdbc.JdbcStorageStrategy;
import io.sessionkit.storage.jdbc.Postgres;
import io.sessionkit.storage.jdbc.SessionDataSource;
import io.sessionkit.storage.jdbc.SessionPoolDataSource;
import io.sessionkit.storage.jdbc.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions in the application's database by configuration alone.
 */
class JdbcAutoConfigurationTests {

	private static WebApplicationContextRunner jdbc() {
		return Contexts.web()
			.withConfiguration(
					AutoConfigurations.of(JdbcStorageAutoConfiguration.class, DataSourceAutoConfiguration.class))
			.withPropertyValues("sessionkit.storage=jdbc");
	}

	private static WebApplicationContextRunner h2() {
		return jdbc().withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());
	}

	private static long rows(DataSource dataSource, String table) {
		return new Table(dataSource, table).ask("SELECT count(*) FROM " + table);
	}

	@Test
	void theDataSourceOfTheApplicationKeepsRecordsThatASignedCookieNames() {
		h2().run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(JdbcStorageStrategy.class);
			assertThat(context).hasBean("sessionKitStorageStrategy");
			assertThat(context.getBean(SessionCookie.class).isEncrypted()).isFalse();
			String setCookie = Contexts.setCookie(context);
			assertThat(setCookie).startsWith("__Host-session=i1.");
			assertThat(Contexts.storage(context).getSession(Contexts.cookie(setCookie)).get("user")).isEqualTo("42");
			assertThat(rows(context.getBean(DataSource.class), "sessionkit_session")).isEqualTo(1);
		});
	}

	@Test
	void theEndsOfSessionsInCookiesCanBeInItInstead() {
		h2().withPropertyValues("sessionkit.storage=cookie", "sessionkit.revocation.storage=jdbc").run((context) -> {
			SessionStorage storage = Contexts.storage(context);
			String cookie = Contexts.cookie(Contexts.setCookie(context));
			assertThat(cookie).doesNotStartWith("__Host-session=i1.");
			storage.destroySession(storage.getSession(cookie));
			assertThat(rows(context.getBean(DataSource.class), "sessionkit_session")).isEqualTo(1);
		});
	}

	@Test
	void anotherStorageNeedsNoDatabase() {
		for (String storage : new String[] { "cookie", "memory" }) {
			h2().withPropertyValues("sessionkit.storage=" + storage)
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(JdbcStorageStrategy.class));
		}
		Contexts.web()
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "com.zaxxer.hikari", "org.h2"))
			.withConfiguration(AutoConfigurations.of(JdbcStorageAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SessionStorage.class));
	}

	@Test
	void itBacksOffForTheApplicationsOwn() {
		SessionCookie cookie = SessionCookie.builder("own").encryptedWith(Contexts.OTHER_SECRET).build();
		h2().withBean(SessionStorage.class, () -> SessionStorage.inCookie(cookie))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(JdbcStorageStrategy.class));
		h2().withBean("ownStrategy", SessionIdStorageStrategy.class, CountingStrategy::new)
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context)).contains("'ownStrategy'"));
	}

	@Test
	void aFileOfH2IsEmbeddedToo(@TempDir Path directory) {
		jdbc()
			.withPropertyValues("spring.datasource.url=jdbc:h2:file:" + directory.toAbsolutePath() + "/sessions",
					"sessionkit.jdbc.table-name=public.visits")
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(rows(context.getBean(DataSource.class), "public.visits")).isEqualTo(1);
				new Table(context.getBean(DataSource.class), "visits").run("SHUTDOWN");
			});
	}

	@ParameterizedTest
	@CsvSource({ "always, true", "embedded, false", "never, false" })
	void aServerGetsTheTableWhereThePropertySaysSo(String initialize, boolean created) throws SQLException {
		String table = "by_" + initialize;
		WebApplicationContextRunner server = jdbc().withPropertyValues(
				"spring.datasource.url=" + Postgres.shared().url(), "sessionkit.jdbc.table-name=" + table);
		server.withPropertyValues("sessionkit.jdbc.initialize-schema=" + initialize).run((context) -> {
			if (created) {
				Contexts.setCookie(context);
				assertThat(rows(context.getBean(DataSource.class), table)).isEqualTo(1);
			}
			else {
				assertThat(FailureAnalysisTests.analysis(context)).contains("There is no table " + table,
						"initialize-schema to always", "schema-<database>.sql");
			}
		});
		if (created) {
			server.withPropertyValues("sessionkit.jdbc.initialize-schema=never")
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void neverIsNeverForH2Too() {
		h2().withPropertyValues("sessionkit.jdbc.initialize-schema=never")
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context))
				.contains("There is no table sessionkit_session", "initialize-schema to always"));
		h2().withPropertyValues("sessionkit.jdbc.initialize-schema=never",
				"sessionkit.jdbc.table-name=nowhere.sessions")
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context))
				.contains("There is no table nowhere.sessions"));
	}

	@Test
	void aServerThatIsDownDoesNotKeepTheApplicationFromStartingUnlessItsTableIsToBeCreated() {
		WebApplicationContextRunner down = jdbc()
			.withPropertyValues("spring.datasource.url=jdbc:postgresql://localhost:1/none");
		down.run((context) -> assertThat(context).hasNotFailed());
		down.withPropertyValues("sessionkit.jdbc.initialize-schema=always")
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context))
				.contains("sessionkit.jdbc.initialize-schema is 'always'", "could not be created", "to never"));
	}

	/** It accepts connections, and says nothing. */
	@Test
	void aServerThatStandsStillDoesNotKeepTheApplicationFromStarting() throws IOException {
		try (ServerSocket silent = new ServerSocket(0)) {
			String url = "jdbc:postgresql://localhost:" + silent.getLocalPort() + "/none";
			long begin = System.nanoTime();
			jdbc().withPropertyValues("spring.datasource.url=" + url)
				.run((context) -> assertThat(context).hasNotFailed());
			PGSimpleDataSource another = new PGSimpleDataSource();
			another.setUrl(url);
			assertThat(EmbeddedDatabase.is(another, Duration.ofMillis(100))).isFalse();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
		}
	}

	/** Or migrations would find a schema that is not empty, which Flyway refuses. */
	@Test
	void theTableIsCreatedAfterTheApplicationsOwnScripts(@TempDir Path directory) throws IOException {
		Path script = Files.writeString(directory.resolve("own.sql"),
				"CREATE TABLE sessionkit_session (id VARCHAR(9));");
		h2().withConfiguration(AutoConfigurations.of(DataSourceInitializationAutoConfiguration.class))
			.withPropertyValues("spring.sql.init.schema-locations=" + script.toUri())
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanFactory().getBeanDefinition("sessionKitStorageStrategy").getDependsOn())
					.contains("dataSourceScriptDatabaseInitializer");
			});
	}

	@Test
	void theMarkedDataSourceKeepsTheSessions() {
		jdbc().withUserConfiguration(Marked.class).run((context) -> {
			Contexts.setCookie(context);
			assertThat(rows(context.getBean("sessions", DataSource.class), "sessionkit_session")).isEqualTo(1);
			new Table(context.getBean("orders", DataSource.class), "sessionkit_session")
				.run("CREATE TABLE sessionkit_session (id INT)");
		});
	}

	@Test
	void sessionsHaveAPoolOfTheirOwnThatEndsWithTheApplication() throws SQLException {
		AtomicReference<HikariDataSource> pool = new AtomicReference<>();
		h2().withPropertyValues("sessionkit.jdbc.pool.maximum-size=3").run((context) -> {
			Contexts.setCookie(context);
			assertThat(context).getBeans(DataSource.class).as("the application's alone").hasSize(1);
			DataSource sessions = context.getBean(SessionDatabase.class).dataSource();
			pool.set(sessions.unwrap(HikariDataSource.class));
			assertThat(pool.get()).isNotSameAs(context.getBean(DataSource.class));
			assertThat(pool.get().getMaximumPoolSize()).isEqualTo(3);
			assertThat(pool.get().getConnectionTimeout()).isEqualTo(250);
			assertThat(pool.get().getHikariPoolMXBean().getTotalConnections()).isBetween(1, 3);
			assertThat(rows(context.getBean(DataSource.class), "sessionkit_session")).isEqualTo(1);
		});
		assertThat(pool.get().isClosed()).isTrue();
	}

	@Test
	void aPoolBehindProxiesTellsWhereItLeadsToo() {
		jdbc().withBean(DataSource.class, () -> {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
			return new TransactionAwareDataSourceProxy(new LazyConnectionDataSourceProxy(pool));
		}).run((context) -> assertThat(own(context)).isTrue());
	}

	@Test
	void anotherPoolOfSpringBootLeadsWhereItsPropertiesDo() {
		h2().withPropertyValues("spring.datasource.type=" + SimpleDriverDataSource.class.getName()).run((context) -> {
			assertThat(context.getBean(DataSource.class)).isInstanceOf(SimpleDriverDataSource.class);
			assertThat(own(context)).isTrue();
			Contexts.setCookie(context);
		});
	}

	@ParameterizedTest
	@CsvSource({ "true, 0", "false, 1" })
	void aDataSourceThatDoesNotTellWhereItLeadsIsUsedAsItIsAndSaysSoUnlessItIsAccepted(boolean shared, int warnings) {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			jdbc().withBean(DataSource.class, H2::inMemory)
				.withPropertyValues("sessionkit.jdbc.pool.shared=" + shared)
				.run((context) -> {
					assertThat(own(context)).isFalse();
					Contexts.setCookie(context);
					assertThat(rows(context.getBean(DataSource.class), "sessionkit_session")).isEqualTo(1);
				});
			assertThat(log.messages(Level.WARN)).hasSize(warnings)
				.allSatisfy((message) -> assertThat(message).contains("JdbcConnectionPool as it is",
						"500 ms (sessionkit.timeout)", "sessionkit.jdbc.pool.shared=true"));
		}
	}

	@Test
	void aPoolIsSharedWhereThePropertySaysSoAndStaysOpen() {
		h2().withPropertyValues("sessionkit.jdbc.pool.shared=true").run((context) -> {
			DataSource application = context.getBean(DataSource.class);
			assertThat(context.getBean(SessionDatabase.class).dataSource()).isSameAs(application);
			context.getBean(SessionDatabase.class).close();
			Contexts.setCookie(context);
		});
	}

	@Test
	void whereOneOfManyIsChosenAtEachCallNoneOfThemIsCopied() {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				return "one";
			}

		};
		HikariDataSource one = new HikariDataSource();
		one.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
		routing.setTargetDataSources(Map.of("one", one));
		jdbc().withBean(DataSource.class, () -> routing).run((context) -> assertThat(own(context)).isFalse());
		one.close();
	}

	/** Each connection would have a database of its own. */
	@Test
	void aDatabaseInMemoryWithoutANameHasThePoolOfTheApplication() {
		jdbc().withPropertyValues("spring.datasource.url=jdbc:h2:mem:", "spring.datasource.hikari.maximum-pool-size=1")
			.run((context) -> {
				assertThat(own(context)).isFalse();
				Contexts.setCookie(context);
			});
	}

	private static boolean own(AssertableWebApplicationContext context) {
		return context.getBean(SessionDatabase.class).dataSource() instanceof SessionPoolDataSource;
	}

	@Test
	void ofSeveralThePrimaryOneDoes() {
		jdbc().withBean("orders", DataSource.class, H2::inMemory)
			.withBean("sessions", DataSource.class, H2::inMemory, (definition) -> definition.setPrimary(true))
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(rows(context.getBean("sessions", DataSource.class), "sessionkit_session")).isEqualTo(1);
			});
	}

	@Test
	void ofSeveralOneMustBeMarked() {
		jdbc().withBean("orders", DataSource.class, H2::inMemory)
			.withBean("customers", DataSource.class, H2::inMemory)
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context)).contains("2 DataSource beans",
					"@SessionDataSource"));
		jdbc().withUserConfiguration(Marked.class, MarkedToo.class)
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context))
				.contains("2 DataSource beans are marked @SessionDataSource"));
	}

	@Test
	void whatIsMissingIsNamed() {
		jdbc().withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context))
				.contains("org.springframework.boot:spring-boot-starter-jdbc", "spring.datasource.url"));
		Contexts.web()
			.withConfiguration(AutoConfigurations.of(JdbcStorageAutoConfiguration.class))
			.withPropertyValues("sessionkit.storage=jdbc")
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context)).contains("there is no DataSource"));
	}

	@ParameterizedTest
	@CsvSource({ "table-name=drop table, table name 'drop table' is not valid",
			"cleanup-interval=-1s, cleanup-interval", "pool.maximum-size=0, at least 1",
			"initialize-schema=sometimes, EMBEDDED" })
	void anImpossibleValueIsNamed(String property, String problem) {
		h2().withPropertyValues("sessionkit.jdbc." + property)
			.run((context) -> assertThat(FailureAnalysisTests.analysis(context))
				.contains("sessionkit.jdbc." + property.substring(0, property.indexOf('=')), problem));
	}

	@Test
	void theCleanUpEndsWithTheApplication() {
		h2().run((context) -> assertThat(cleaners()).isEqualTo(1));
		assertThat(cleaners()).isZero();
	}

	private static long cleaners() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("sessionkit-clean-up"))
			.count();
	}

	static final class Marked {

		@Bean
		DataSource orders() {
			return H2.inMemory();
		}

		@Bean
		@SessionDataSource
		DataSource sessions() {
			return H2.inMemory();
		}

	}

	static final class MarkedToo {

		@Bean
		@SessionDataSource
		DataSource otherSessions() {
			return H2.inMemory();
		}

	}

}
