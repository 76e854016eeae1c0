package io.sessionkit.spring.autoconfigure;

import java.util.List;

import ch.qos.logback.classic.Level;
import io.sessionkit.spring.app.CapturedLog;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/** What the start needs is made ready meanwhile, by Spring Boot's thread. */
class SessionKitBackgroundPreinitializerTests {

	@Test
	void springBootFindsItAndItSaysNothing() throws Exception {
		List<BackgroundPreinitializer> found = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(BackgroundPreinitializer.class);
		assertThat(found).hasAtLeastOneElementOfType(SessionKitBackgroundPreinitializer.class);
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.DEBUG)) {
			for (BackgroundPreinitializer preinitializer : found) {
				preinitializer.preinitialize();
			}
			assertThat(log.messages(Level.WARN)).isEmpty();
			assertThat(log.messages(Level.DEBUG)).isEmpty();
		}
	}

}
