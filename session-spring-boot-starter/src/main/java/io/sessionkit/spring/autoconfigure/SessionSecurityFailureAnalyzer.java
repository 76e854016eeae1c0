package io.sessionkit.spring.autoconfigure;

import io.sessionkit.spring.security.UnsupportedSessionSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.StringUtils;

/**
 * Analyzes startup failures because of a filter chain of Spring Security.
 */
final class SessionSecurityFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedSessionSettingException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnsupportedSessionSettingException cause) {
		return new FailureAnalysis(
				"SessionKit does not support a SecurityFilterChain of this application: " + cause.description() + ".",
				StringUtils.capitalize(cause.action()) + ".", cause);
	}

}
