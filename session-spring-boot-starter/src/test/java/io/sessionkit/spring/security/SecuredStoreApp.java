package io.sessionkit.spring.security;

import io.sessionkit.spring.app.CountingStrategy;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The same with the sessions in a store.
 */
@Configuration(proxyBeanMethods = false)
@Import(SecuredApp.class)
class SecuredStoreApp {

	@Bean
	CountingStrategy store() {
		return new CountingStrategy();
	}

}
