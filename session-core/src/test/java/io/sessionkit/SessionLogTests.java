package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is worth a line, at which level, and how often. */
class SessionLogTests {

	private final CapturedLog log = new CapturedLog();

	private final MutableClock clock = new MutableClock();

	private final CountingStrategy strategy = new CountingStrategy(new MemoryStorageStrategy(10, this.clock));

	private final Browser browser = new Browser(
			SessionStorage.builder(Storages.SIGNED, this.strategy).clock(this.clock).build());

	@AfterEach
	void stopListening() {
		this.log.close();
	}

	@Test
	void anOrdinaryVisitIsSilent() {
		this.browser.visit((session) -> session.set("a", 1));
		this.browser.visit((session) -> session.get("a"));
		this.browser.visit(Session::regenerateId);
		this.browser.visit(Session::destroy);
		this.browser.visit((session) -> session.get("a"));
		assertThat(this.log.everything()).isEmpty();
	}

	@Test
	void aFlashThatIsAskedForTooLateIsOneWarningThatNamesIt() {
		this.browser.visit((session) -> {
			session.flash("notice", "hi");
			session.set("a", 1);
		});
		Session session = this.browser.open();
		this.browser.close(session);
		assertThat(session.get("a")).isEqualTo(1L);
		assertThat(session.has("unknown")).isFalse();
		assertThat(this.log.everything()).isEmpty();
		session.get("notice");
		session.has("notice");
		session.get(FlashKey.of("notice", String.class));
		assertThat(this.log.messages(Level.WARN)).singleElement().asString().contains("'notice'", "committed");
	}

	@Test
	void aValueThatNoLongerFitsIsOneWarningPerNameTypeAndMinute() {
		this.browser.visit((session) -> {
			session.set("cart", "not a cart");
			session.set("other", "not a cart");
		});
		for (int i = 0; i < 3; i++) {
			this.browser.visit((session) -> session.get("cart", Cart.class));
		}
		assertThat(this.log.messages(Level.WARN)).singleElement().asString().contains("'cart'", Cart.class.getName());
		this.browser.visit((session) -> session.get("cart", Integer.class));
		this.browser.visit((session) -> session.get("other", Cart.class));
		assertThat(this.log.messages(Level.WARN)).hasSize(3);
		this.clock.advance(Duration.ofSeconds(59));
		this.browser.visit((session) -> session.get("cart", Cart.class));
		assertThat(this.log.messages(Level.WARN)).hasSize(3);
		this.clock.advance(Duration.ofSeconds(1));
		this.browser.visit((session) -> session.get("cart", Cart.class));
		assertThat(this.log.messages(Level.WARN)).hasSize(4);
	}

	@Test
	void whoChoosesNamesCannotFillTheLog() {
		this.browser.visit((session) -> IntStream.range(0, 1000).forEach((i) -> session.set("n" + i, "no cart")));
		this.browser.visit((session) -> IntStream.range(0, 1000).forEach((i) -> session.get("n" + i, Cart.class)));
		assertThat(this.log.messages(Level.WARN)).hasSize(100);
	}

	@Test
	void aNameIsOneShortLineWhateverIsInIt() {
		String forged = "a\r\n2026-11-28 INFO forged: user admin logged in\u2028\u202e" + "x".repeat(100);
		this.browser.visit((session) -> {
			session.set(forged, "no cart");
			session.flash(forged, "late");
		});
		Session session = this.browser.open();
		session.get(SessionKey.of(forged, Cart.class));
		this.browser.close(session);
		session.get(FlashKey.of(forged, String.class));
		assertThat(this.log.messages(Level.WARN)).hasSize(2)
			.allSatisfy((line) -> assertThat(line).doesNotContain("\r", "\n", "\u2028", "\u202e", "x".repeat(20))
				.contains("'a\\u{d}\\u{a}2026-11-28 INFO forged: user admin logged in\\u{2028}\\u{202e}xxx"));
	}

	@Test
	void aRecordThatIsNoSessionIsAWarning() {
		this.browser.visit((session) -> session.set("a", 1));
		this.strategy.overwrite(this.strategy.lastKey(), "junk".getBytes(StandardCharsets.UTF_8));
		this.browser.get("a");
		assertThat(this.log.messages(Level.WARN)).singleElement().asString().contains("not readable");
	}

	@Test
	void aRejectedCookieIsADebugLineWithTheReason() {
		Browser visitor = new Browser(SessionStorage.builder(Storages.ENCRYPTED).clock(this.clock).build());
		visitor.visit((session) -> session.set("a", 1));
		Browser stolen = visitor.copy();
		visitor.visit(Session::destroy);
		stolen.get("a");
		this.clock.advance(Duration.ofMinutes(-6));
		stolen.get("a");
		this.clock.advance(Duration.ofDays(40));
		stolen.get("a");
		assertThat(this.log.messages(Level.DEBUG)).hasSize(3)
			.satisfiesExactly((line) -> assertThat(line).contains("ended"),
					(line) -> assertThat(line).contains("future"), (line) -> assertThat(line).contains("expired"));
		assertThat(this.log.messages(Level.WARN)).isEmpty();
	}

	@Test
	void aLogoutThatDidNotReachTheStoreIsAWarning() {
		this.browser.visit((session) -> session.set("a", 1));
		this.browser.on(SessionStorage.of(Storages.SIGNED, new CountingStrategy(null))).visit(Session::destroy);
		assertThat(this.log.messages(Level.WARN)).singleElement().asString().contains("until it expires");
	}

}
