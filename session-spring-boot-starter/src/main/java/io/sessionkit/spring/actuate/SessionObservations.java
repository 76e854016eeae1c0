package io.sessionkit.spring.actuate;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.sessionkit.SessionStorageListener;

/**
 * Each call of the store as an {@link Observation} named {@value #NAME}: a span in a
 * trace, and a timer where the registry feeds one. Its keys are {@value #CALL} and, in
 * the end, {@value #OUTCOME}, with the names of {@link StoreCall} and
 * {@link StoreOutcome} in lower case; no session id is in it.
 */
public final class SessionObservations implements SessionStorageListener {

	/** The name of the observation, and of the timer. */
	public static final String NAME = "sessionkit.store.calls";

	/** The key for which method was called. */
	public static final String CALL = "call";

	/** The key for what came of it. */
	public static final String OUTCOME = "outcome";

	private final ObservationRegistry registry;

	/**
	 * Observes in a registry.
	 * @param registry the registry; one without handlers costs next to nothing
	 */
	public SessionObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public StoreCallEnd storeCalling(StoreCall call) {
		String verb = SessionMeters.tag(call);
		Observation observation = Observation.createNotStarted(NAME, this.registry)
			.contextualName("session " + verb)
			.lowCardinalityKeyValue(CALL, verb)
			.start();
		Observation.Scope scope = observation.openScope();
		return (outcome, failure) -> {
			scope.close();
			observation.lowCardinalityKeyValue(OUTCOME, SessionMeters.tag(outcome));
			if (failure != null) {
				observation.error(failure);
			}
			observation.stop();
		};
	}

}
