package io.sessionkit.spring.security;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.sessionkit.spring.app.RunningApp;

/**
 * The applications with Spring Security, each on a real Tomcat.
 */
final class SecuredApps {

	/** Undoes what the other tests exclude. */
	static final String SECURITY = "spring.autoconfigure.exclude=";

	private static final Map<Class<?>, RunningApp> SHARED = new ConcurrentHashMap<>();

	private SecuredApps() {
	}

	static RunningApp withCookies() {
		return shared(SecuredApp.class);
	}

	static RunningApp withStore() {
		return shared(SecuredStoreApp.class);
	}

	static Stream<RunningApp> both() {
		return Stream.of(withCookies(), withStore());
	}

	static RunningApp shared(Class<?> application) {
		return SHARED.computeIfAbsent(application, SecuredApps::start);
	}

	static RunningApp start(Class<?> application, String... properties) {
		return RunningApp.start(application,
				Stream.concat(Stream.of(SECURITY), Stream.of(properties)).toArray(String[]::new));
	}

	static List<?> calls(RunningApp app) {
		return app.hasStore() ? app.store().calls() : List.of();
	}

}
