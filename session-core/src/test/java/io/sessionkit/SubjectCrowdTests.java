package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A subject with more sessions than are looked at in one go. */
class SubjectCrowdTests {

	private static final int MANY = 250;

	private final MutableClock clock = new MutableClock();

	private final MemoryStorageStrategy strategy = new MemoryStorageStrategy(1000, this.clock);

	private final SessionStorage storage = storage(Duration.ofDays(30));

	private final SubjectSessions sessions = new SubjectSessions(this.storage);

	private SessionStorage storage(Duration absoluteTimeout) {
		return SessionStorage.builder(Storages.SIGNED, this.strategy)
			.clock(this.clock)
			.idleTimeout(Duration.ofDays(10))
			.absoluteTimeout(absoluteTimeout)
			.build();
	}

	private Browser login() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.subject("42"));
		return browser;
	}

	@Test
	void ofManySessionsTheNewestRemain() {
		for (int i = 0; i < MANY; i++) {
			login();
		}
		this.clock.advance(Duration.ofSeconds(1));
		Browser newest = login();
		Browser current = login();
		assertThat(current.<Integer>ask((session) -> this.sessions.endOldest(session, 2))).isEqualTo(MANY);
		assertThat(this.sessions.count("42")).isEqualTo(2);
		assertThat(newest.hasSession()).isTrue();
		assertThat(current.hasSession()).isTrue();
	}

	@Test
	void manyThatAreOverForThisNodeHideNoneThatLives() {
		for (int i = 0; i < MANY; i++) {
			login();
		}
		this.clock.advance(Duration.ofDays(2));
		Browser browser = login();
		SessionStorage stricter = storage(Duration.ofDays(1));
		new SubjectSessions(stricter).endAll("42");
		assertThat(browser.hasSession()).isFalse();
	}

	@Test
	void whatThisNodeCannotReadEndsToo() {
		Browser browser = login();
		SubjectKeys keys = new SubjectKeys(Storages.SIGNED);
		Map.Entry<String, SessionRecord> stored = this.strategy.findData(keys.index("42"), 1)
			.entrySet()
			.iterator()
			.next();
		SessionRecord record = stored.getValue();
		this.strategy.updateData(stored.getKey(), new SessionRecord(record.version() + 1, record.expires(),
				record.subject(), "{\"of\":\"a newer version\"}".getBytes(StandardCharsets.UTF_8)));
		this.sessions.endAll("42");
		assertThat(this.strategy.readData(stored.getKey())).isNull();
		assertThat(browser.hasSession()).isFalse();
	}

}
