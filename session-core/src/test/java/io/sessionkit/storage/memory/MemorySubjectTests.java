package io.sessionkit.storage.memory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.IntStream;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.SubjectSessions;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.contract.SubjectContract;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Memory finds the sessions of a subject. */
class MemorySubjectTests extends SubjectContract {

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		return new MemoryStorageStrategy(100_000, clock);
	}

	@Test
	void aListGoesWithTheLastOfItsSessionsAndTakesThePlaceOfNone() {
		MutableClock clock = new MutableClock();
		MemoryStorageStrategy strategy = new MemoryStorageStrategy(50, clock);
		SessionCookie cookie = SessionCookie.builder("__session")
			.signedWith("a secret of the memory subject tests")
			.build();
		SessionStorage storage = SessionStorage.builder(cookie, strategy).clock(clock).build();
		for (int i = 0; i < 500; i++) {
			String subject = "subject" + i;
			new Browser(storage).visit((session) -> session.subject(subject));
		}
		assertThat(strategy.size()).isEqualTo(50);
		SubjectSessions sessions = new SubjectSessions(storage);
		assertThat(IntStream.range(0, 500).map((i) -> sessions.count("subject" + i)).sum()).isEqualTo(50);
		clock.advance(Duration.ofMinutes(5));
		for (int i = 0; i < 150; i++) {
			new Browser(storage).visit((session) -> session.subject("one"));
		}
		assertThat(strategy.subjectLists()).isOne();
		assertThat(sessions.count("one")).isEqualTo(50);
	}

}
