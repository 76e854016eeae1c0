package io.sessionkit.spring.autoconfigure;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.CapturedLog;
import org.junit.jupiter.api.Test;

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
	void itIsAnotherOneEachTime() {
		String[] cookie = new String[1];
		Contexts.webWithoutSecret().run((context) -> cookie[0] = Contexts.cookie(Contexts.setCookie(context)));
		Contexts.webWithoutSecret()
			.run((context) -> assertThat(Contexts.storage(context).getSession(cookie[0]).get("user")).isNull());
	}

	@Test
	void aConfiguredOneIsNoReasonToWarn() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			Contexts.web().run((context) -> assertThat(context).hasNotFailed());
			assertThat(log.events()).isEmpty();
		}
	}

}
