package io.sessionkit.spring.autoconfigure;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.CountingStrategy.Call;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** What the health endpoint says of the store. */
class SessionHealthTests {

	private static final String NAME = "sessionkit";

	private static WebApplicationContextRunner web() {
		return Contexts.web()
			.withConfiguration(AutoConfigurations.of(SessionHealthAutoConfiguration.class,
					HealthContributorRegistryAutoConfiguration.class));
	}

	private static WebApplicationContextRunner withOwnStrategy() {
		return web().withBean(CountingStrategy.class);
	}

	private static Health health(ApplicationContext context) {
		return ((HealthIndicator) context.getBean(HealthContributorRegistry.class).getContributor(NAME)).health();
	}

	@Test
	void aStoreThatAnswersIsUpAndNamed() {
		web().withPropertyValues("sessionkit.storage=memory")
			.run((context) -> assertThat(health(context))
				.isEqualTo(Health.up().withDetail("strategy", "MemoryStorageStrategy").build()));
	}

	@Test
	void theHealthOfAnOwnStrategyIsOneReadThatFindsNothingAndOnceAWriteThatChangesNothing() {
		withOwnStrategy().run((context) -> {
			assertThat(health(context)).isEqualTo(Health.up().withDetail("strategy", "CountingStrategy").build());
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(context.getBean(CountingStrategy.class).calls()).containsExactly(Call.READ, Call.UPDATE,
					Call.DELETE, Call.READ);
		});
	}

	@Test
	void aStoreThatMayBeReadAndNotWrittenIsDown() {
		for (Call call : List.of(Call.UPDATE, Call.DELETE)) {
			withOwnStrategy().run((context) -> {
				context.getBean(CountingStrategy.class).fail(call);
				assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
				assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
				context.getBean(CountingStrategy.class).recover();
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			});
		}
	}

	@Test
	void aStoreThatFailsIsDownWithItsReasonUntilItIsBack() {
		withOwnStrategy().run((context) -> {
			CountingStrategy store = context.getBean(CountingStrategy.class);
			store.fail(Call.READ);
			try (CapturedLog log = CapturedLog.ofSessionKit(Level.TRACE)) {
				Health health = health(context);
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails()).isEqualTo(Map.of("strategy", "CountingStrategy", "error",
						SessionStorageException.class.getName() + ": The store of this test is down"));
				assertThat(log.messages(Level.ERROR)).isEmpty();
			}
			store.fail(() -> new IllegalStateException("pool is closed"), Call.READ);
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			store.recover();
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void sessionsInCookiesHaveNoStoreToAskFor() {
		web().run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void itCanBeTurnedOffAloneAndWithAllOthers() {
		for (String property : List.of("management.health.sessionkit.enabled=false",
				"management.health.defaults.enabled=false")) {
			withOwnStrategy().withPropertyValues(property)
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
		}
		withOwnStrategy()
			.withPropertyValues("management.health.defaults.enabled=false", "management.health.sessionkit.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(HealthIndicator.class));
	}

	@Test
	void aBeanOfItsNameReplacesIt() {
		HealthIndicator own = () -> Health.unknown().build();
		withOwnStrategy().withBean("sessionkitHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN));
	}

	@Test
	void anApplicationWithoutTheHealthLibraryStarts() {
		withOwnStrategyAndNothingElse()
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.health", "org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SessionHealthAutoConfiguration.class));
		withOwnStrategyAndNothingElse()
			.run((context) -> assertThat(context).hasSingleBean(SessionHealthAutoConfiguration.class));
	}

	private static WebApplicationContextRunner withOwnStrategyAndNothingElse() {
		return Contexts.web()
			.withConfiguration(AutoConfigurations.of(SessionHealthAutoConfiguration.class))
			.withBean(CountingStrategy.class);
	}

}
