package io.sessionkit.spring.autoconfigure;

import io.sessionkit.cookie.CookieConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes startup failures because of an invalid cookie or a weak secret.
 */
final class SessionCookieFailureAnalyzer extends AbstractFailureAnalyzer<CookieConfigurationException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, CookieConfigurationException cause) {
		String property = "sessionkit.cookie." + cause.option();
		return new FailureAnalysis(
				"SessionKit cannot build the session cookie (" + property + "): " + cause.getMessage(),
				"Change the property " + property + " or the SessionCookie bean.", cause);
	}

}
