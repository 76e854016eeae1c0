package io.sessionkit.spring.autoconfigure;

import io.sessionkit.SessionStorage;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/**
 * Applications that consist of our auto-configuration.
 */
final class Contexts {

	static final String SECRET = "uV9k2Lw7Qz4xT1nB8mR5cY0dHsJ3fGpA";

	static final String OTHER_SECRET = "bN6vC1xZ9lK4jH7gF2dS5aP8oI3uY0tR";

	private static final AutoConfigurations OURS = AutoConfigurations.of(SessionStorageAutoConfiguration.class,
			SessionWebAutoConfiguration.class, SessionEventAutoConfiguration.class,
			SessionObservationAutoConfiguration.class, SessionMetersAutoConfiguration.class,
			SessionEndpointAutoConfiguration.class);

	private Contexts() {
	}

	static WebApplicationContextRunner web() {
		return webWithoutSecret().withPropertyValues("sessionkit.cookie.secrets=" + SECRET);
	}

	static WebApplicationContextRunner webWithoutSecret() {
		return new WebApplicationContextRunner().withConfiguration(OURS);
	}

	static ApplicationContextRunner plain() {
		return new ApplicationContextRunner().withConfiguration(OURS);
	}

	static ReactiveWebApplicationContextRunner reactive() {
		return new ReactiveWebApplicationContextRunner().withConfiguration(OURS);
	}

	static SessionStorage storage(ApplicationContext context) {
		return context.getBean(SessionStorage.class);
	}

	/** The {@code Set-Cookie} of a session with one value. */
	static String setCookie(ApplicationContext context) {
		return setCookie(storage(context));
	}

	static String setCookie(SessionStorage storage) {
		var session = storage.getSession(null);
		session.set("user", "42");
		return storage.commitSession(session);
	}

	/** What a browser sends back of a {@code Set-Cookie}. */
	static String cookie(String setCookie) {
		return setCookie.substring(0, setCookie.indexOf(';'));
	}

}
