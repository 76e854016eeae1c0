package io.sessionkit.spring.autoconfigure;

import java.net.MalformedURLException;
import java.net.URL;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;

import org.springframework.boot.devtools.restart.Restarter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens where no secret is configured.
 */
class RandomSecretTests {

	@Test
	void oneIsMadeForThisProcessWithAWarning() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Contexts.webWithoutSecret().run((context) -> {
				String cookie = Contexts.cookie(Contexts.setCookie(context));
				assertThat(Contexts.storage(context).getSession(cookie).get("user")).isEqualTo("42");
			});
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("sessionkit.cookie.secrets is not set", "end with this process", "openssl rand -base64 32");
		}
	}

	@Test
	void itCanBeAskedForWhereAVariableIsMissing() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Contexts.webWithoutSecret()
				.withPropertyValues("sessionkit.cookie.secrets=${NOWHERE_DEFINED:random}")
				.run((context) -> assertThat(Contexts.setCookie(context)).isNotEmpty());
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("sessionkit.cookie.secrets is 'random'", "end with this process", "openssl rand -base64 32");
		}
		Contexts.webWithoutSecret()
			.withPropertyValues("sessionkit.cookie.secrets=random", "spring.main.cloud-platform=kubernetes")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("sessionkit.cookie.secrets is 'random', and the application runs on KUBERNETES"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "${NOWHERE_DEFINED}", "random" })
	void aSliceOfATestNeedsNone(String secret) {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			for (String format : new String[] { "default", "react-router" }) {
				Contexts.webWithoutSecret()
					.withConfiguration(AutoConfigurations.of(SliceSecretAutoConfiguration.class))
					.withPropertyValues("sessionkit.cookie.secrets=" + secret, "sessionkit.format=" + format,
							"spring.main.cloud-platform=kubernetes")
					.run((context) -> assertThat(Contexts.setCookie(context)).isNotEmpty());
			}
			assertThat(log.events()).isEmpty();
		}
	}

	@Test
	void itIsAnotherOneEachTime() {
		String[] cookie = new String[1];
		Contexts.webWithoutSecret().run((context) -> cookie[0] = Contexts.cookie(Contexts.setCookie(context)));
		Contexts.webWithoutSecret()
			.run((context) -> assertThat(Contexts.storage(context).getSession(cookie[0]).get("user")).isNull());
	}

	/**
	 * As the developer tools restart: a new context in the process of the same restarter.
	 */
	@Test
	void restartsByTheDeveloperToolsKeepItAndSayItOnce() throws MalformedURLException {
		URL[] classes = { new URL("file:target/classes/") };
		String[] cookie = new String[1];
		Restarter.clearInstance();
		Restarter.initialize(new String[0], false, (thread) -> classes, false);
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Contexts.webWithoutSecret().run((context) -> cookie[0] = Contexts.cookie(Contexts.setCookie(context)));
			Contexts.webWithoutSecret()
				.run((context) -> assertThat(Contexts.storage(context).getSession(cookie[0]).get("user"))
					.isEqualTo("42"));
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("sessionkit.cookie.secrets is not set", "kept when spring-boot-devtools restarts");
			assertThat(FailureAnalysisTests
				.analysis(Contexts.webWithoutSecret().withPropertyValues("spring.main.cloud-platform=kubernetes")))
				.contains("sessionkit.cookie.secrets is not set");
		}
		finally {
			Restarter.clearInstance();
		}
	}

	@Test
	void developerToolsThatDoNotRestartKeepNone() {
		String[] cookie = new String[1];
		Restarter.clearInstance();
		Restarter.disable();
		try {
			Contexts.webWithoutSecret().run((context) -> cookie[0] = Contexts.cookie(Contexts.setCookie(context)));
			Contexts.webWithoutSecret()
				.run((context) -> assertThat(Contexts.storage(context).getSession(cookie[0]).get("user")).isNull());
		}
		finally {
			Restarter.clearInstance();
		}
	}

	@Test
	void aConfiguredOneIsNoReasonToWarn() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Contexts.web().run((context) -> assertThat(context).hasNotFailed());
			assertThat(log.events()).isEmpty();
		}
	}

}
