package io.sessionkit.storage.memory;

import java.time.Duration;
import java.time.InstantSource;

import io.sessionkit.SessionRecord;
import io.sessionkit.SubjectIndexStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.contract.SubjectContract;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Memory finds the sessions of a subject. */
class MemorySubjectTests extends SubjectContract {

	@Override
	protected SubjectIndexStrategy strategy(InstantSource clock) {
		return new MemoryStorageStrategy(100_000, clock);
	}

	@Test
	void noSubjectIsKeptLongerThanItsRecords() {
		MutableClock clock = new MutableClock();
		MemoryStorageStrategy strategy = new MemoryStorageStrategy(50, clock);
		for (int i = 0; i < 500; i++) {
			strategy.createData("key" + i,
					new SessionRecord(1, clock.instant().plusSeconds(100), "subject" + i, new byte[1]));
			if (i % 3 == 0) {
				strategy.updateData("key" + i,
						new SessionRecord(2, clock.instant().plusSeconds(100), "other" + i, new byte[1]));
			}
		}
		assertThat(strategy.subjects()).isEqualTo(50);
		clock.advance(Duration.ofSeconds(100));
		for (int i = 0; i < 50; i++) {
			strategy.createData("new" + i, new SessionRecord(1, clock.instant().plusSeconds(100), "one", new byte[1]));
		}
		assertThat(strategy.subjects()).isOne();
		for (int i = 0; i < 50; i++) {
			strategy.deleteData("new" + i);
		}
		assertThat(strategy.subjects()).isZero();
	}

}
