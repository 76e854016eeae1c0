package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the storage does itself, whatever the strategy leaves undone. */
class RecordProtocolTests {

	private final MutableClock clock = new MutableClock();

	/** Expires nothing, as a backend that cleans up hours later. */
	private final CountingStrategy strategy = new CountingStrategy(new NaiveStrategy());

	private final SessionStorage storage = SessionStorage.builder(Storages.SIGNED, this.strategy)
		.clock(this.clock)
		.idleTimeout(Duration.ofSeconds(100))
		.build();

	private final Browser browser = new Browser(this.storage);

	@Test
	void anExpiredRecordThatTheStrategyStillReturnsIsAnonymous() {
		this.browser.visit((session) -> session.set("userId", "42"));
		this.clock.advance(Duration.ofSeconds(99));
		assertThat(this.browser.hasSession()).isTrue();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.browser.hasSession()).isFalse();
		assertThat(this.browser.open().data()).isEmpty();
	}

	@Test
	void anExpiredTombstoneThatTheStrategyStillReturnsIsNoTombstone() {
		this.browser.visit((session) -> session.set("userId", "42"));
		Browser late = this.browser.copy();
		this.browser.visit(Session::destroy);
		assertThat(late.visit((session) -> session.set("a", 1))).isNull();
		this.clock.advance(Duration.ofSeconds(149));
		assertThat(late.visit((session) -> session.set("a", 1))).isNull();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(late.visit((session) -> session.set("a", 1))).isNotNull();
	}

	@Test
	void aRecordBeginsAtVersionOneAndEachWriteCounts() {
		this.browser.visit((session) -> session.set("a", 1));
		String key = this.strategy.lastKey();
		assertThat(this.strategy.readData(key).version()).isOne();
		this.browser.visit((session) -> session.set("a", 2));
		this.browser.visit((session) -> session.set("a", 3));
		assertThat(this.strategy.readData(key).version()).isEqualTo(3);
		this.browser.visit(Session::destroy);
		assertThat(this.strategy.readData(key).version()).isEqualTo(4);
		assertThat(this.strategy.readData(key).isTombstone()).isTrue();
		assertThat(this.strategy.readData(key).expires()).isEqualTo(this.clock.instant().plusSeconds(150));
	}

	/** Whoever makes many new ids in a row must not make one request as expensive. */
	@Test
	void aLogoutFollowsAFewNewIdsAndNoChainOfThousands() {
		this.browser.visit((session) -> session.set("userId", "42"));
		Browser left = this.browser.copy();
		for (int i = 0; i < 10; i++) {
			this.browser.visit(Session::regenerateId);
		}
		left.copy().visit(Session::destroy);
		assertThat(this.browser.hasSession()).isFalse();
		Browser busy = new Browser(this.storage);
		busy.visit((session) -> session.set("userId", "42"));
		Browser leftLongAgo = busy.copy();
		for (int i = 0; i < 200; i++) {
			busy.visit(Session::regenerateId);
		}
		this.strategy.takeCalls();
		leftLongAgo.visit(Session::destroy);
		assertThat(this.strategy.takeCalls()).hasSizeLessThan(25);
	}

	@Test
	void aRecordStaysTenMinutesAfterItsSessionInWholeSeconds() {
		this.clock.advance(Duration.ofMillis(999));
		Session session = this.browser.open();
		session.set("a", 1);
		this.browser.close(session);
		Instant expires = this.strategy.readData(this.strategy.lastKey()).expires();
		assertThat(expires).isEqualTo(session.expiresAt().plus(Duration.ofMinutes(10)));
		assertThat(expires.toEpochMilli() % 1000).isZero();
	}

	/** A peer, or a former version, may have written it. */
	@Test
	void whatCannotBeWrittenAsItIsAnyMoreIsReadAndNotRenewed() {
		this.browser.visit((session) -> session.set("userId", "42"));
		String json = "[{\"userId\":\"42\",\"many\":[0" + ",0".repeat(SessionJson.MAX_TOKENS) + "]},{},{\"c\":"
				+ this.clock.instant().getEpochSecond() + "}]";
		this.strategy.overwrite(this.strategy.lastKey(), json.getBytes(StandardCharsets.UTF_8));
		this.clock.advance(Duration.ofSeconds(50));
		try (CapturedLog log = new CapturedLog()) {
			assertThat(this.browser.get("userId")).isEqualTo("42");
			assertThat(this.browser.get("userId")).isEqualTo("42");
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("not renewed", "20000");
		}
		assertThatExceptionOfType(SessionSerializationException.class)
			.isThrownBy(() -> this.browser.visit((session) -> session.set("a", 1)));
		this.browser.visit((session) -> session.unset("many"));
		this.clock.advance(Duration.ofSeconds(99));
		assertThat(this.browser.get("userId")).isEqualTo("42");
	}

	@Test
	void aLoginWhoseOldRecordWasDeletedMeanwhileLeavesNothingBehind() {
		CheckThenActStrategy precise = new CheckThenActStrategy(this.clock);
		CountingStrategy counting = new CountingStrategy(precise);
		Browser visitor = new Browser(SessionStorage.builder(Storages.SIGNED, counting).clock(this.clock).build());
		visitor.visit((session) -> session.set("cart", 1));
		Session login = visitor.open();
		login.regenerateId();
		login.set("userId", "42");
		precise.deleteData(counting.lastKey());
		assertThat(visitor.close(login)).isNull();
		assertThat(counting.keys()).hasSize(2).allMatch((key) -> precise.readData(key) == null);
	}

	@Test
	void aLoginThatMeetsAWriteBeginsItsPeriodAtTheLogin() {
		CountingStrategy counting = new CountingStrategy(new CheckThenActStrategy(this.clock));
		Browser visitor = new Browser(SessionStorage.builder(Storages.SIGNED, counting).clock(this.clock).build());
		visitor.visit((session) -> session.set("cart", 1));
		this.clock.advance(Duration.ofMinutes(10));
		Session login = visitor.open();
		login.regenerateId();
		login.set("userId", "42");
		visitor.copy().visit((session) -> session.set("cart", 2));
		visitor.close(login);
		assertThat(visitor.open().createdAt()).isEqualTo(this.clock.instant()).isEqualTo(login.createdAt());
		assertThat(visitor.open().data()).containsEntry("cart", 2L).containsEntry("userId", "42");
	}

	@Test
	void aRandomKeyThatIsTakenIsReplacedByAnother() {
		AtomicInteger refusals = new AtomicInteger(2);
		SessionIdStorageStrategy crowded = new SessionIdStorageStrategy() {

			private final NaiveStrategy naive = new NaiveStrategy();

			@Override
			public boolean createData(String key, SessionRecord record) {
				return refusals.getAndDecrement() <= 0 && this.naive.createData(key, record);
			}

			@Override
			public SessionRecord readData(String key) {
				return this.naive.readData(key);
			}

			@Override
			public UpdateOutcome updateData(String key, SessionRecord record) {
				return this.naive.updateData(key, record);
			}

			@Override
			public void deleteData(String key) {
				this.naive.deleteData(key);
			}

		};
		Browser visitor = new Browser(SessionStorage.of(Storages.SIGNED, crowded));
		visitor.visit((session) -> session.set("a", 1));
		assertThat(visitor.get("a")).isEqualTo(1L);
	}

}
