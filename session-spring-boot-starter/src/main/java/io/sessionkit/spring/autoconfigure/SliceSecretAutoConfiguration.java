package io.sessionkit.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for test slices such as {@code @WebMvcTest}, which do not need a
 * secret. If the configured one is missing, a random one is used. Only test slices load
 * this class.
 */
@AutoConfiguration(before = SessionStorageAutoConfiguration.class)
public final class SliceSecretAutoConfiguration {

	@Bean
	SliceSecret sliceSecret() {
		return new SliceSecret();
	}

	/** Marks a test slice. */
	record SliceSecret() {

	}

}
