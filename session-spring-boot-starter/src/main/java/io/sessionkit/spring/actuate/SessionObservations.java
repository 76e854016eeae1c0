package io.sessionkit.spring.actuate;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.sessionkit.SessionStorageListener;

/**
 * Records each call to the server-side store as an {@link Observation} named
 * {@value #NAME}, which is a span in a trace, and a timer if the registry has a meter
 * handler. Its keys are {@value #CALL} and, at the end, {@value #OUTCOME}. Their values
 * are the names of {@link StoreCall} and {@link StoreOutcome} in lower case. An
 * observation contains no session id.
 */
public final class SessionObservations implements SessionStorageListener {

	/** The name of the observation and of the timer. */
	public static final String NAME = "sessionkit.store.calls";

	/** The key for the method that was called. */
	public static final String CALL = "call";

	/** The key for the outcome of the call. */
	public static final String OUTCOME = "outcome";

	private final ObservationRegistry registry;

	/**
	 * Records the observations in a registry.
	 * @param registry the observation registry; without handlers the overhead is
	 * negligible
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
