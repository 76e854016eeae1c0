package io.sessionkit.spring.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/** What Tomcat logs of cookies is the application's choice. */
class CookieParserEnvironmentPostProcessorTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@Test
	void aLevelOfTheApplicationComesFirst() {
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("defaultProperties",
					Map.of(CookieParserEnvironmentPostProcessor.LEVEL, "debug")));
		process();
		assertThat(this.environment.getProperty(CookieParserEnvironmentPostProcessor.LEVEL)).isEqualTo("debug");
	}

	@Test
	void withoutOneItIsWarn() {
		process();
		assertThat(this.environment.getProperty(CookieParserEnvironmentPostProcessor.LEVEL)).isEqualTo("warn");
	}

	private void process() {
		SpringFactoriesLoader.forDefaultResourceLocation()
			.load(EnvironmentPostProcessor.class, (type, name, failure) -> {
			})
			.stream()
			.filter(CookieParserEnvironmentPostProcessor.class::isInstance)
			.forEach((processor) -> processor.postProcessEnvironment(this.environment, new SpringApplication()));
	}

}
