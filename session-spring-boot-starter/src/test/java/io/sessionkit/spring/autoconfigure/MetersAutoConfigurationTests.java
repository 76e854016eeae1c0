package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.spring.actuate.SessionMeters;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application's registry has of its sessions.
 */
class MetersAutoConfigurationTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	/** Count, or value, of every meter that is not zero, by name and tags. */
	private static Map<String, Long> meters(MeterRegistry registry) {
		Map<String, Long> meters = new TreeMap<>();
		for (Meter meter : registry.getMeters()) {
			Measurement first = meter.measure().iterator().next();
			boolean ours = meter.getId().getName().startsWith("sessionkit.");
			if (ours && meter.getId().getType() != Meter.Type.GAUGE && first.getValue() != 0) {
				StringBuilder name = new StringBuilder(meter.getId().getName());
				meter.getId().getTags().forEach((tag) -> name.append(' ').append(tag.getValue()));
				meters.put(name.toString(), (long) first.getValue());
			}
		}
		return meters;
	}

	@Test
	void aSessionsLifeInAStoreIsMeasured() {
		Contexts.web()
			.withPropertyValues("sessionkit.storage=memory")
			.withBean(MeterRegistry.class, () -> this.registry)
			.run((context) -> {
				SessionStorage storage = Contexts.storage(context);
				String cookie = Contexts.cookie(Contexts.setCookie(context));
				Session late = storage.getSession(cookie);
				late.set("cart", "pen");
				Session concurrent = storage.getSession(cookie);
				concurrent.set("theme", "dark");
				storage.commitIfNeeded(concurrent);
				storage.commitIfNeeded(late);
				Session login = storage.getSession(cookie);
				assertThat(login.get("user", Duration[].class)).isNull();
				login.regenerateId();
				String second = Contexts.cookie(storage.commitIfNeeded(login));
				Session tooLate = storage.getSession(second);
				tooLate.set("cart", "ink");
				storage.destroySession(storage.getSession(second));
				storage.commitIfNeeded(tooLate);
				storage.getSession(cookie).isNew();
				storage.getSession("__Host-session=nonsense").isNew();
			});
		assertThat(meters(this.registry)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
				Map.entry("sessionkit.sessions.created", 1L), Map.entry("sessionkit.sessions.regenerated", 1L),
				Map.entry("sessionkit.sessions.destroyed", 1L), Map.entry("sessionkit.cookies.rejected ended", 1L),
				Map.entry("sessionkit.cookies.rejected malformed", 1L), Map.entry("sessionkit.values.unreadable", 1L),
				Map.entry("sessionkit.commits", 5L), Map.entry("sessionkit.commits.conflicts", 2L),
				Map.entry("sessionkit.commits.gone", 1L), Map.entry("sessionkit.cookies.size", 3L),
				Map.entry("sessionkit.store.calls create done", 1L), Map.entry("sessionkit.store.calls read done", 6L),
				Map.entry("sessionkit.store.calls move done", 1L), Map.entry("sessionkit.store.calls update done", 3L),
				Map.entry("sessionkit.store.calls update conflict", 2L)));
	}

	@Test
	void theSizeOfACookieIsInBytes() {
		Contexts.web().withBean(MeterRegistry.class, () -> this.registry).run((context) -> {
			String setCookie = Contexts.setCookie(context);
			var size = this.registry.get("sessionkit.cookies.size").summary();
			assertThat(size.getId().getBaseUnit()).isEqualTo("bytes");
			assertThat(size.totalAmount()).isEqualTo(setCookie.length());
		});
	}

	@Test
	void noTagHasMoreValuesThanThereAreReasonsCallsAndSecrets() {
		Contexts.web().withBean(MeterRegistry.class, () -> this.registry).run((context) -> {
			for (int i = 0; i < 20; i++) {
				Contexts.storage(context).getSession(Contexts.cookie(Contexts.setCookie(context))).isNew();
			}
		});
		assertThat(this.registry.getMeters()).hasSizeLessThan(25)
			.allMatch((meter) -> meter.getId().getName().startsWith("sessionkit."));
		assertThat(this.registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.extracting(Tag.class::cast)
			.extracting(Tag::getKey)
			.containsOnly("reason", "key", "position");
	}

	@Test
	void anOldSecretCanBeRetiredWithSight() {
		var clock = new Object() {

			private Instant now = Instant.parse("2030-01-01T00:00:00Z");

		};
		String[] cookie = new String[1];
		Contexts.webWithoutSecret()
			.withPropertyValues("sessionkit.cookie.secrets=" + Contexts.OTHER_SECRET)
			.run((context) -> cookie[0] = Contexts.cookie(Contexts.setCookie(context)));
		InstantSource source = () -> clock.now;
		Contexts.webWithoutSecret()
			.withPropertyValues("sessionkit.cookie.secrets=" + Contexts.SECRET + "," + Contexts.OTHER_SECRET)
			.withBean(SessionMeters.class, () -> new SessionMeters(this.registry, source))
			.run((context) -> {
				assertThat(context).hasSingleBean(SessionMeters.class);
				SessionStorage storage = Contexts.storage(context);
				clock.now = clock.now.plus(Duration.ofDays(1));
				assertThat(unseen(1)).as("never seen since the start").isEqualTo(Duration.ofDays(1));
				assertThat(storage.getSession(cookie[0]).get("user")).isEqualTo("42");
				assertThat(unseen(1)).isEqualTo(Duration.ZERO);
				clock.now = clock.now.plus(Duration.ofDays(13));
				storage.getSession(Contexts.cookie(Contexts.setCookie(context))).isNew();
				assertThat(unseen(0)).isEqualTo(Duration.ZERO);
				assertThat(unseen(1)).isEqualTo(Duration.ofDays(13));
			});
	}

	private Duration unseen(int position) {
		var gauge = this.registry.get("sessionkit.keys.unseen").tag("position", "" + position).timeGauge();
		assertThat(gauge.getId().getTag("key")).matches("[0-9a-f]{8}");
		return Duration.ofSeconds((long) gauge.value(TimeUnit.SECONDS));
	}

	@Test
	void theRegistryOfSpringBootIsUsed() {
		Contexts.web()
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(context.getBean(MeterRegistry.class).get("sessionkit.sessions.created").counter().count())
					.isEqualTo(1);
			});
	}

	@Test
	void aRequestThatNeverAsksForItsSessionIsNotMeasured() {
		RunningApp app = RunningApp.withStore();
		MeterRegistry measured = app.bean(MeterRegistry.class);
		Browser owner = app.browser();
		owner.get("/set?name=mark&value=there");
		Browser liar = app.browser().cookie("i1.AAAA");
		Map<String, Long> before = meters(measured);
		app.store().calls();
		for (Browser browser : List.of(owner, liar)) {
			assertThat(browser.get("/untouched").all("Set-Cookie")).isEmpty();
		}
		assertThat(before).containsKey("sessionkit.sessions.created");
		assertThat(meters(measured)).isEqualTo(before);
		assertThat(app.store().calls()).isEmpty();
	}

	@Test
	void aPageThatOnlyReadsCostsOneCallOfTheStoreAndIsMeasuredByIt() {
		RunningApp app = RunningApp.withStore();
		MeterRegistry measured = app.bean(MeterRegistry.class);
		Browser owner = app.browser();
		owner.get("/set?name=mark&value=there");
		Map<String, Long> before = meters(measured);
		app.store().calls();
		assertThat(owner.get("/mark").body()).isEqualTo("there");
		// With the tag "error" of Micrometer's, since there the timer comes from
		// observations.
		before.merge("sessionkit.store.calls read none done", 1L, Long::sum);
		assertThat(meters(measured)).isEqualTo(before);
		assertThat(app.store().calls()).containsExactly(CountingStrategy.Call.READ);
	}

	@Test
	void withoutARegistryNothingIsMeasured() {
		Contexts.web().run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SessionMeters.class));
	}

	@Test
	void withoutMicrometerThereIsNoTraceOfIt() {
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			Contexts.web().withClassLoader(new FilteredClassLoader("io.micrometer")).run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("sessionMeters");
				assertThat(Contexts.setCookie(context)).isNotEmpty();
			});
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

}
