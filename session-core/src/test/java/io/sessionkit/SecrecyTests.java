package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No id, no value and no secret in a log, a message or a toString (G9). */
class SecrecyTests {

	private static final String SECRET = "TopSecret-0123456789-abcdefghijklm";

	private static final String VALUE = "Val-9f2c71";

	private final CapturedLog log = new CapturedLog();

	private final MutableClock clock = new MutableClock();

	/** Whatever was said anywhere. */
	private final List<String> said = new ArrayList<>();

	/** What must not have been said. */
	private final List<String> hidden = new ArrayList<>(List.of(SECRET, VALUE));

	@AfterEach
	void stopListening() {
		this.log.close();
	}

	@Test
	void cookieHeldSessionsKeepTheirSecrets() {
		SessionCookie cookie = SessionCookie.builder("__session").encryptedWith(SECRET).build();
		this.said.add(cookie.toString());
		scenario(SessionStorage.builder(cookie).clock(this.clock).build());
		assertNothingWasSaid(5);
	}

	@Test
	void recordsKeepTheirSecrets() {
		SessionCookie cookie = SessionCookie.builder("__session").signedWith(SECRET).build();
		CountingStrategy strategy = new CountingStrategy(new MemoryStorageStrategy(100, this.clock));
		SessionStorage storage = SessionStorage.builder(cookie, strategy).clock(this.clock).build();
		scenario(storage);
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", VALUE));
		this.hidden.add(browser.open().id());
		this.hidden.add(strategy.lastKey());
		this.said.add(strategy.readData(strategy.lastKey()).toString());
		strategy.overwrite(strategy.lastKey(), ("damaged " + VALUE).getBytes(StandardCharsets.UTF_8));
		browser.get("a");
		assertNothingWasSaid(5);
	}

	@Test
	void aStoreThatFailsKeepsItsSecrets() {
		SessionCookie cookie = SessionCookie.builder("__session").signedWith(SECRET).build();
		MemoryStorageStrategy memory = new MemoryStorageStrategy(100, this.clock);
		Browser browser = new Browser(SessionStorage.of(cookie, memory));
		browser.visit((session) -> session.set("a", VALUE));
		this.hidden.add(browser.open().id());
		SessionIdStorageStrategy broken = new CountingStrategy(null); // fails with each
																		// call
		SessionStorage strict = SessionStorage.of(cookie, broken);
		SessionStorage lenient = SessionStorage.builder(cookie, broken).anonymousOnFailure(true).build();
		attempt(() -> browser.on(strict).get("a"));
		attempt(() -> browser.copy().on(strict).visit(Session::destroy));
		attempt(() -> browser.on(lenient).visit((session) -> session.set("a", VALUE)));
		attempt(() -> new Browser(strict).visit((session) -> session.set("a", VALUE)));
		assertNothingWasSaid(2);
	}

	private void scenario(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> {
			session.set("a", VALUE);
			session.flash("f", VALUE);
			this.said.add(session.toString());
			attempt(() -> session.set("b", new Leaking()));
			attempt(() -> session.set("b", List.of(VALUE, new Leaking())));
			attempt(() -> session.set("b", Map.of("k", List.of(new Object(), VALUE))));
			attempt(() -> session.set("b", VALUE.repeat(150_000)));
			attempt(() -> session.set("b", VALUE.repeat(40_000)));
			attempt(() -> session.update(SessionKey.of("a", String.class), VALUE, (value) -> null));
			attempt(() -> session.flash("\ud83d", VALUE));
		});
		remember(browser);
		browser.visit((session) -> {
			session.get("a", Cart.class);
			session.get("a", Integer.class);
			this.said.add(session.toString());
		});
		Session late = browser.open();
		browser.close(late);
		late.get("f");
		attempt(() -> late.set("a", VALUE));
		this.said.add(late.toString());
		attempt(() -> storage.commitSession(late));
		for (String damage : List.of("x", ".", "\u0080", "; ")) {
			storage.getSession(browser.header() + damage).get("a");
			storage.getSession(browser.header().replace("__session=", "__session=" + damage)).get("a");
		}
		Browser stolen = browser.copy();
		browser.visit(Session::regenerateId);
		remember(browser);
		stolen.get("a");
		this.clock.advance(Duration.ofHours(-1));
		browser.get("a");
		this.clock.advance(Duration.ofMinutes(90));
		browser.get("a");
		browser.visit((session) -> session.set("a", VALUE));
		remember(browser);
		browser.visit((session) -> {
			session.destroy();
			attempt(() -> session.set("a", VALUE));
			this.said.add(session.toString());
		});
	}

	private void remember(Browser browser) {
		this.hidden.add(browser.open().id());
		this.hidden.add(browser.header().substring("__session=".length()));
	}

	private void attempt(Runnable attempt) {
		try {
			attempt.run();
		}
		catch (RuntimeException ex) {
			for (Throwable thrown = ex; thrown != null; thrown = thrown.getCause()) {
				this.said.add(thrown.toString());
			}
		}
	}

	private void assertNothingWasSaid(int atLeast) {
		this.said.addAll(this.log.everything());
		assertThat(this.said).hasSizeGreaterThanOrEqualTo(atLeast);
		assertThat(this.hidden).hasSizeGreaterThan(2).allMatch((text) -> text.length() > 5);
		for (String text : this.said) {
			assertThat(text).doesNotContain(this.hidden);
		}
		assertThat(this.log.messages(Level.ERROR)).isEmpty();
		assertThat(this.log.messages(Level.INFO)).isEmpty();
	}

	static class Leaking {

		public String getValue() {
			throw new IllegalStateException(VALUE);
		}

		@Override
		public String toString() {
			return VALUE;
		}

	}

}
