package io.sessionkit.spring.app;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The same with the sessions in a store.
 */
@Configuration(proxyBeanMethods = false)
@Import(ExitApp.class)
public class StoreApp {

	@Bean
	CountingStrategy store() {
		return new CountingStrategy();
	}

}
