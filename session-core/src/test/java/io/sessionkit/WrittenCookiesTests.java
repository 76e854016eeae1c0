package io.sessionkit;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WrittenCookiesTests {

	private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

	private final WrittenCookies written = new WrittenCookies();

	@Test
	void aCookieFromBeforeTheLastWriteIsOutdated() {
		this.written.add("a", NOW);
		assertThat(this.written.isOutdated("a", NOW.minusSeconds(1))).isTrue();
		assertThat(this.written.isOutdated("a", NOW)).isFalse();
		assertThat(this.written.isOutdated("b", NOW.minusSeconds(1))).isFalse();
	}

	@Test
	void writesOfAFewMinutesAgoAreForgottenAndTheOldestWhenItIsFull() {
		this.written.add("old", NOW.minusSeconds(301));
		this.written.add("a", NOW);
		assertThat(this.written.isOutdated("old", Instant.EPOCH)).isFalse();
		for (int i = 0; i < WrittenCookies.CAPACITY; i++) {
			this.written.add("id" + i, NOW);
		}
		assertThat(this.written.isOutdated("a", Instant.EPOCH)).isFalse();
		assertThat(this.written.isOutdated("id0", Instant.EPOCH)).isTrue();
	}

}
