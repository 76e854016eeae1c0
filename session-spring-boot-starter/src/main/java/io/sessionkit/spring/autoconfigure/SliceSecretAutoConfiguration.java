package io.sessionkit.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Says that this is a slice of the application, as {@code @WebMvcTest} starts it, which
 * needs no secret: where the configured one is missing, a random one is made. Only such
 * tests load this.
 */
@AutoConfiguration(before = SessionStorageAutoConfiguration.class)
public final class SliceSecretAutoConfiguration {

	@Bean
	SliceSecret sliceSecret() {
		return new SliceSecret();
	}

	/** A mark. */
	record SliceSecret() {

	}

}
