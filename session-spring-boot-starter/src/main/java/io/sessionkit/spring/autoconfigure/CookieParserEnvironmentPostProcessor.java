package io.sessionkit.spring.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps live cookies out of the log: at INFO Tomcat prints a {@code Cookie} header that
 * it cannot read whole. A level that the application sets for that logger comes first.
 */
final class CookieParserEnvironmentPostProcessor implements EnvironmentPostProcessor {

	static final String LEVEL = "logging.level.org.apache.tomcat.util.http.parser.Cookie";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources().addLast(new MapPropertySource("sessionkit", Map.of(LEVEL, "warn")));
	}

}
