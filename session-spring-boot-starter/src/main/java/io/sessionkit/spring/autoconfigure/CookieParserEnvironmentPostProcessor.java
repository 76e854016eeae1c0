package io.sessionkit.spring.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps valid cookies out of the log, since at INFO level Tomcat logs {@code Cookie}
 * headers that it cannot parse completely. A level that the application sets for that
 * logger takes precedence.
 */
final class CookieParserEnvironmentPostProcessor implements EnvironmentPostProcessor {

	static final String LEVEL = "logging.level.org.apache.tomcat.util.http.parser.Cookie";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources().addLast(new MapPropertySource("sessionkit", Map.of(LEVEL, "warn")));
	}

}
