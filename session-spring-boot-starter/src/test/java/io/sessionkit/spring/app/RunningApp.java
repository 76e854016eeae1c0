package io.sessionkit.spring.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application on a real Tomcat, on a port of its own. Most tests share the
 * {@link ExitApp} or the {@link StoreApp}.
 */
public final class RunningApp implements AutoCloseable {

	/** What sessions of all applications here are sealed with. */
	public static final String SECRET = "3q2+7wX0kz9mN1vB5cR8tY4uI6oP0aSd";

	private static final Map<Class<?>, RunningApp> SHARED = new ConcurrentHashMap<>();

	private final String name;

	private final ConfigurableApplicationContext context;

	private RunningApp(String name, ConfigurableApplicationContext context) {
		this.name = name;
		this.context = context;
	}

	/** One for all tests, with the sessions in the cookie. */
	public static RunningApp withCookies() {
		return shared(ExitApp.class);
	}

	/** One for all tests, with the sessions in a {@link CountingStrategy}. */
	public static RunningApp withStore() {
		return shared(StoreApp.class, "server.forward-headers-strategy=framework");
	}

	private static RunningApp shared(Class<?> application, String... properties) {
		return SHARED.computeIfAbsent(application, (type) -> start(type, properties));
	}

	public static RunningApp start(Class<?> application, String... properties) {
		String[] arguments = Stream.concat(
				Stream.of("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn",
						"sessionkit.cookie.secrets=" + SECRET, "sessionkit.paths-without-renewal=/status/**"),
				Stream.of(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		return new RunningApp(application.getSimpleName(), SpringApplication.run(application, arguments));
	}

	public Browser browser() {
		return new Browser(port());
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	/** The port of the actuator, the same one or one of its own. */
	public int managementPort() {
		return this.context.getEnvironment().getProperty("local.management.port", Integer.class, port());
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** The store of an application that has one. */
	public CountingStrategy store() {
		return bean(CountingStrategy.class);
	}

	public boolean hasStore() {
		return this.context.getBeanNamesForType(CountingStrategy.class).length > 0;
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
