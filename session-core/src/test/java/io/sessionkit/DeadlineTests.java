package io.sessionkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A call has one time for all its attempts, and waits longer before each. */
class DeadlineTests {

	@Test
	void eachPauseIsAtLeastTwiceAsLongAsTheFirstOneBefore() {
		Deadline deadline = Deadline.in(Duration.ofMinutes(1));
		List<Long> pauses = new ArrayList<>();
		for (int attempt = 1; attempt <= 4; attempt++) {
			assertThat(deadline.attempt()).isEqualTo(attempt);
			long begin = System.nanoTime();
			assertThat(deadline.pause(Duration.ofMillis(2))).isTrue();
			pauses.add(System.nanoTime() - begin);
		}
		for (int i = 0; i < pauses.size(); i++) {
			assertThat(pauses.get(i)).isGreaterThanOrEqualTo(Duration.ofMillis(2L << i).toNanos());
		}
	}

	@Test
	void aPauseThatLeavesNoTimeIsNotMade() {
		Deadline deadline = Deadline.in(Duration.ofSeconds(30));
		long begin = System.nanoTime();
		assertThat(deadline.pause(Duration.ofSeconds(30))).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
		assertThat(deadline.attempt()).isEqualTo(1);
		assertThat(deadline.left()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
	}

	@Test
	void afterTheEndNothingIsLeft() {
		Deadline deadline = Deadline.in(Duration.ZERO);
		assertThat(deadline.hasPassed()).isTrue();
		assertThat(deadline.left()).isZero();
		assertThat(deadline.timeout()).isZero();
		assertThat(deadline.pause(Duration.ofNanos(1))).isFalse();
	}

	@Test
	void anInterruptStaysSetAndShortensNoPause() {
		Thread.currentThread().interrupt();
		long begin = System.nanoTime();
		assertThat(Deadline.in(Duration.ofMinutes(10)).pause(Duration.ofMillis(20))).isTrue();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
	}

}
