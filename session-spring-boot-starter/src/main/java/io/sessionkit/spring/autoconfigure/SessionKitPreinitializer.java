package io.sessionkit.spring.autoconfigure;

import java.util.List;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Seals and opens a session while the application starts, on the thread that Spring Boot
 * has for it, so that neither the start nor the first request waits for the ciphers of
 * the JDK and for Jackson.
 */
final class SessionKitPreinitializer implements BackgroundPreinitializer {

	private static final String NO_SECRET = "of a session that nobody ever gets to see";

	@Override
	public void preinitialize() {
		new Binder(List.of()).bindOrCreate("sessionkit", SessionKitProperties.class);
		SessionStorage storage = SessionStorage
			.builder(SessionCookie.builder("preinitialization").encryptedWith(NO_SECRET).build())
			.build();
		Session session = storage.getSession(null);
		session.set("key", "value");
		// What a browser would send back, with attributes that count as other cookies.
		storage.getSession(storage.commitSession(session)).get("key");
	}

}
