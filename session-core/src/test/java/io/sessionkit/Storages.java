package io.sessionkit;

import io.sessionkit.contract.Browser;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;

/** Storages where a test does not care which. */
final class Storages {

	static final String SECRET = "a secret of the tests of the core";

	static final SessionCookie ENCRYPTED = SessionCookie.builder("__session").encryptedWith(SECRET).build();

	static final SessionCookie SIGNED = SessionCookie.builder("__session").signedWith(SECRET).build();

	private Storages() {
	}

	/** Records in memory. */
	static SessionStorage records() {
		return SessionStorage.of(SIGNED, new MemoryStorageStrategy());
	}

	/** Somebody who visits records in memory of their own. */
	static Browser browser() {
		return new Browser(records());
	}

}
