package io.sessionkit;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The memory of ended cookie-held sessions is bounded. */
class EndedSessionsTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final EndedSessions ended = new EndedSessions();

	@Test
	void anEndIsRememberedWithItsMomentAndOnlyOnce() {
		assertThat(this.ended.endOf("a")).isNull();
		assertThat(this.ended.add("a", NOW, NOW.plusSeconds(100))).isTrue();
		assertThat(this.ended.add("a", NOW.plusSeconds(1), NOW.plusSeconds(200))).isFalse();
		assertThat(this.ended.endOf("a")).isEqualTo(NOW);
	}

	@Test
	void whatNoCookieCanCarryAnyMoreIsForgottenWithALaterEnd() {
		this.ended.add("a", NOW, NOW.plusSeconds(100));
		this.ended.add("b", NOW.plusSeconds(100), NOW.plusSeconds(200));
		assertThat(this.ended.endOf("a")).isEqualTo(NOW);
		this.ended.add("c", NOW.plusSeconds(101), NOW.plusSeconds(200));
		assertThat(this.ended.endOf("a")).isNull();
		assertThat(this.ended.endOf("b")).isNotNull();
	}

	@Test
	void whenFullTheOldestGoes() {
		for (int i = 0; i <= EndedSessions.CAPACITY; i++) {
			this.ended.add("id" + i, NOW, NOW.plusSeconds(100));
		}
		assertThat(this.ended.endOf("id0")).isNull();
		assertThat(this.ended.endOf("id1")).isEqualTo(NOW);
		assertThat(this.ended.endOf("id" + EndedSessions.CAPACITY)).isEqualTo(NOW);
	}

}
