package io.sessionkit.spring.app;

import java.time.Instant;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;

/**
 * Makes cookies as an application here makes them, but for one circumstance.
 *
 * @param app the application
 * @param name the name that the cookie is made for
 * @param secret what it is made with
 * @param at when it is made
 */
public record Forge(RunningApp app, String name, String secret, Instant at) {

	public static Forge like(RunningApp app) {
		return new Forge(app, "__Host-session", RunningApp.SECRET, Instant.now());
	}

	public Forge name(String name) {
		return new Forge(this.app, name, this.secret, this.at);
	}

	public Forge secret(String secret) {
		return new Forge(this.app, this.name, secret, this.at);
	}

	public Forge at(Instant at) {
		return new Forge(this.app, this.name, this.secret, at);
	}

	/** The value of the cookie of a session with this mark. */
	public String cookie(String mark) {
		SessionCookie.Builder cookie = SessionCookie.builder(this.name);
		SessionStorage.Builder storage = this.app.hasStore()
				? SessionStorage.builder(cookie.signedWith(this.secret).build(), this.app.store())
				: SessionStorage.builder(cookie.encryptedWith(this.secret).build());
		String header = storage.clock(() -> this.at).build().commitSession(Session.create(Map.of("mark", mark)));
		return header.substring(this.name.length() + 1, header.indexOf(';'));
	}

}
