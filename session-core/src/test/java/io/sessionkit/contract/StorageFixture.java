package io.sessionkit.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Assumptions;

/**
 * What the cases of the {@link StorageContract} work with.
 */
interface StorageFixture {

	String SECRET = "a secret of the storage contract";

	String OTHER_SECRET = "the other secret of the contract";

	MutableClock clock();

	SessionStorage.Builder builder(SessionCookie cookie);

	/** Begins a storage over another store; memory unless overridden. */
	default SessionStorage.Builder elsewhere(SessionCookie cookie) {
		return SessionStorage.builder(cookie, new MemoryStorageStrategy(10, clock()));
	}

	SessionCookie.Builder protect(SessionCookie.Builder cookie, String... secrets);

	Set<Promise> notPromised();

	void letPass(Duration time);

	int rounds();

	/** How many requests change one session at once; fewer where the store is slow. */
	default int writers() {
		return 100;
	}

	/** For how long an ended id is remembered. */
	Duration tombstoneLife();

	/** Whether the session is in the cookie, and not only its id. */
	boolean everyWriteSendsACookie();

	default Instant now() {
		return clock().instant();
	}

	/** A storage on a node of its own, over the one store of the test. */
	default SessionStorage storage() {
		return storage((options) -> {
		});
	}

	default SessionStorage storage(Consumer<SessionStorage.Builder> options) {
		return storage(protect(SessionCookie.builder("__session"), SECRET), options);
	}

	default SessionStorage storage(SessionCookie.Builder cookie, Consumer<SessionStorage.Builder> options) {
		SessionStorage.Builder builder = builder(cookie.clock(clock()).build()).clock(clock());
		options.accept(builder);
		return builder.build();
	}

	default Browser browser() {
		return new Browser(storage());
	}

	default Browser browser(Consumer<SessionStorage.Builder> options) {
		return new Browser(storage(options));
	}

	default void requires(Promise promise) {
		Assumptions.assumeFalse(notPromised().contains(promise),
				() -> getClass().getSimpleName() + " does not promise " + promise);
	}

}
