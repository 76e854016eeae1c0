package io.sessionkit.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.actuate.SessionObservations;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a trace shows of the store.
 */
class ObservationAutoConfigurationTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Recording recording = new Recording();

	private final CountingStrategy store = new CountingStrategy();

	private WebApplicationContextRunner observed() {
		this.registry.observationConfig().observationHandler(this.recording);
		return Contexts.web()
			.withBean(CountingStrategy.class, () -> this.store)
			.withBean(ObservationRegistry.class, () -> this.registry);
	}

	@Test
	void eachCallOfTheStoreIsAnObservationWithoutAnIdOrAValue() {
		observed().run((context) -> {
			SessionStorage storage = Contexts.storage(context);
			Session session = storage.getSession(Contexts.cookie(Contexts.setCookie(context)));
			session.set("theme", "dark");
			storage.commitIfNeeded(session);
			assertThat(this.recording.stopped).containsExactly(
					"sessionkit.store.calls, session create: call='create', outcome='done'",
					"sessionkit.store.calls, session read: call='read', outcome='done'",
					"sessionkit.store.calls, session update: call='update', outcome='done'");
		});
	}

	@Test
	void aCallHappensInsideOfItsObservationAndTheOneOfTheRequest() {
		observed().run((context) -> {
			String cookie = Contexts.cookie(Contexts.setCookie(context));
			List<String> current = new ArrayList<>();
			this.store.fail(() -> {
				Observation inside = this.registry.getCurrentObservation();
				current.add(inside.getContext().getName() + " in "
						+ inside.getContext().getParentObservation().getContextView().getName());
				return new SessionStorageException("down", null);
			}, CountingStrategy.Call.READ);
			Observation request = Observation.start("request", this.registry);
			request.scoped(() -> {
				assertThatExceptionOfType(SessionStorageException.class)
					.isThrownBy(() -> Contexts.storage(context).getSession(cookie).isNew());
				assertThat(this.registry.getCurrentObservation()).isSameAs(request);
			});
			assertThat(current).containsExactly("sessionkit.store.calls in request");
			assertThat(this.recording.stopped).contains(
					"sessionkit.store.calls, session read: call='read', outcome='failed' SessionStorageException");
		});
	}

	@Test
	void aHandlerThatFailsCostsNoSession() {
		this.registry.observationConfig().observationHandler(new Failing());
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			observed().run((context) -> {
				String cookie = Contexts.cookie(Contexts.setCookie(context));
				assertThat(Contexts.storage(context).getSession(cookie).get("user")).isEqualTo("42");
			});
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("SessionObservations", "nothing");
		}
	}

	@Test
	void theTimerComesFromTheObservationsOnceWhereTheyFeedMeters() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		Contexts.web()
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, ObservationAutoConfiguration.class))
			.withBean(CountingStrategy.class, () -> this.store)
			.withBean(MeterRegistry.class, () -> meters)
			.run((context) -> {
				Contexts.setCookie(context);
				assertThat(meters.get("sessionkit.store.calls").tag("call", "create").timers()).singleElement()
					.satisfies((timer) -> {
						assertThat(timer.count()).isEqualTo(1);
						assertThat(timer.getId().getTag("outcome")).isEqualTo("done");
						assertThat(timer.getId().getTag("error")).isEqualTo("none");
					});
			});
	}

	@Test
	void theTimerStaysWhereNoObservationFeedsMeters() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		observed().withBean(MeterRegistry.class, () -> meters).run((context) -> {
			Contexts.setCookie(context);
			assertThat(meters.get("sessionkit.store.calls").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void observationsOfTheApplicationReplaceOurs() {
		SessionObservations own = new SessionObservations(ObservationRegistry.NOOP);
		observed().withBean(SessionObservations.class, () -> own).run((context) -> {
			Contexts.setCookie(context);
			assertThat(this.recording.stopped).isEmpty();
		});
	}

	@Test
	void withoutARegistryNothingIsObserved() {
		Contexts.web().run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SessionObservations.class));
	}

	@Test
	void withoutTheLibraryThereIsNoTraceOfIt() {
		try (CapturedLog log = CapturedLog.ofEverybody()) {
			Contexts.web().withClassLoader(new FilteredClassLoader("io.micrometer.observation")).run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("sessionObservations");
				assertThat(Contexts.setCookie(context)).isNotEmpty();
			});
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

	/** Writes down what has stopped. */
	private static final class Recording implements ObservationHandler<Observation.Context> {

		/**
		 * Of the text of a context, since the type of the pairs is of another library.
		 */
		private static final Pattern LOW_CARDINALITY = Pattern
			.compile("lowCardinalityKeyValues=\\[(.*?)], highCardinalityKeyValues=\\[]");

		private final List<String> stopped = new ArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			Matcher pairs = LOW_CARDINALITY.matcher(context.toString());
			assertThat(pairs.find()).isTrue();
			String failure = (context.getError() != null) ? " " + context.getError().getClass().getSimpleName() : "";
			this.stopped.add(context.getName() + ", " + context.getContextualName() + ": " + pairs.group(1) + failure);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	private static final class Failing implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			throw new IllegalStateException("the handler's own");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
