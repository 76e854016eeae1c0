package io.sessionkit.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes startup failures because of the configuration.
 */
final class SessionKitFailureAnalyzer extends AbstractFailureAnalyzer<SessionKitConfigurationException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SessionKitConfigurationException cause) {
		return new FailureAnalysis("SessionKit cannot start (" + cause.property() + "): " + cause.getMessage() + ".",
				cause.action(), cause);
	}

}
