package io.sessionkit.spring.autoconfigure;

import java.util.stream.Stream;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/**
 * The connections to Redis that an application with these properties gets, for tests of
 * what they are used for.
 */
public final class OwnConnections implements AutoCloseable {

	private final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();

	/** A busy machine that builds is no slow store: unless said, the time-out is long. */
	public OwnConnections(String... properties) {
		this.context.setServletContext(new MockServletContext());
		this.context.register(DataRedisAutoConfiguration.class, RedisStorageAutoConfiguration.class,
				SessionStorageAutoConfiguration.class);
		TestPropertyValues
			.of("sessionkit.storage=redis", "sessionkit.timeout=5s", "sessionkit.cookie.secrets=" + Contexts.SECRET)
			.and(properties)
			.applyTo(this.context.getEnvironment());
		this.context.refresh();
		this.context.registerShutdownHook();
	}

	public RedisConnectionFactory factory() {
		return this.context.getBean(SessionRedisConnections.class).factory();
	}

	/** Some that stay open until the tests end. */
	public static RedisConnectionFactory to(String... properties) {
		return new OwnConnections(properties).factory();
	}

	public static String[] with(String[] properties, String... more) {
		return Stream.concat(Stream.of(properties), Stream.of(more)).toArray(String[]::new);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
