package io.sessionkit.storage.memory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import io.sessionkit.CapturedLog;
import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.contract.Race;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What memory does beyond the contract: it is bounded and cleans up after itself. */
class MemoryBoundTests {

	private final MutableClock clock = new MutableClock();

	private final MemoryStorageStrategy strategy = new MemoryStorageStrategy(10, this.clock);

	private SessionRecord expiringIn(long version, int seconds) {
		return new SessionRecord(version, this.clock.instant().plusSeconds(seconds), new byte[1]);
	}

	@Test
	void whenFullTheRecordThatExpiresSoonestMakesRoomAndIsCounted() {
		for (int i = 0; i < 10; i++) {
			this.strategy.createData("key" + i, expiringIn(1, 1000 - 10 * i));
		}
		assertThat(this.strategy.evictions()).isZero();
		this.strategy.createData("another", expiringIn(1, 1000));
		assertThat(this.strategy.size()).isEqualTo(10);
		assertThat(this.strategy.evictions()).isOne();
		assertThat(this.strategy.readData("key9")).isNull();
		assertThat(this.strategy.readData("key8")).isNotNull();
		assertThat(this.strategy.readData("another")).isNotNull();
	}

	private SessionRecord of(long version, int seconds) {
		return new SessionRecord(version, this.clock.instant().plusSeconds(seconds), new byte[1], true);
	}

	private SessionRecord tombstone(long version) {
		return new SessionRecord(version, this.clock.instant().plusSeconds(60), new byte[0]);
	}

	@Test
	void aFloodOfStrangersLogsNobodyOutAndIsWarnedOfOnce() {
		MemoryStorageStrategy full = new MemoryStorageStrategy(10_000, this.clock);
		full.createData("of alice", of(1, 60));
		full.createData("of bob", expiringIn(1, 60));
		full.updateData("of bob", of(2, 60));
		try (CapturedLog log = new CapturedLog()) {
			for (int i = 0; i < 12_000; i++) {
				full.createData("key" + i, expiringIn(1, 1800 + i));
			}
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("one of the 10000", "without a subject first", "Raise its maxSessions");
		}
		assertThat(full.readData("of alice")).isNotNull();
		assertThat(full.readData("of bob")).isNotNull();
		assertThat(full.readData("key2001")).isNull();
		assertThat(full.readData("key2002")).isNotNull();
		assertThat(full.evictions()).isEqualTo(2002);
		assertThat(full.size()).isEqualTo(10_000);
	}

	@Test
	void whereAllAreSomebodysTheOneThatExpiresSoonestGoesWithAWarningOfItsOwn() {
		for (int i = 0; i < 9; i++) {
			this.strategy.createData("key" + i, of(1, 1000 - 10 * i));
		}
		this.strategy.createData("stranger", expiringIn(1, 2000));
		try (CapturedLog log = new CapturedLog()) {
			this.strategy.createData("another", of(1, 10));
			assertThat(this.strategy.readData("stranger")).isNull();
			this.strategy.createData("one more", of(1, 2000));
			assertThat(this.strategy.readData("another")).isNull();
			this.strategy.createData("and one more", of(1, 2000));
			assertThat(this.strategy.readData("key8")).isNull();
			assertThat(log.messages(Level.WARN)).hasSize(2);
			assertThat(log.messages(Level.WARN).get(1)).contains("logs out the user of one of the 10");
		}
		assertThat(this.strategy.evictions()).isEqualTo(3);
	}

	@Test
	void strangersWhoComeWhileAllAreSomebodysTakeOnePlaceAndNoMore() {
		for (int i = 0; i < 10; i++) {
			this.strategy.createData("key" + i, of(1, 1000 + i));
		}
		for (int i = 0; i < 100; i++) {
			this.strategy.createData("stranger" + i, expiringIn(1, 1800));
		}
		assertThat(this.strategy.readData("key0")).isNull();
		for (int i = 1; i < 10; i++) {
			assertThat(this.strategy.readData("key" + i)).as("key%d", i).isNotNull();
		}
	}

	@Test
	void aSessionThatLosesItsSubjectIsAStrangersAgain() {
		this.strategy.createData("key", of(1, 1000));
		this.strategy.updateData("key", expiringIn(2, 1000));
		for (int i = 0; i < 10; i++) {
			this.strategy.createData("key" + i, of(1, 100));
		}
		assertThat(this.strategy.readData("key")).isNull();
		assertThat(this.strategy.readData("key0")).isNotNull();
	}

	@Test
	void strangersWhoLogOutInNumbersWashNoTombstoneOfASubjectOut() {
		this.strategy.createData("left", of(1, 1800));
		this.strategy.updateData("left", tombstone(2));
		for (int i = 0; i < 100; i++) {
			this.strategy.createData("key" + i, expiringIn(1, 1800));
			this.strategy.updateData("key" + i, tombstone(2));
		}
		assertThat(this.strategy.readData("left")).isNotNull();
		assertThat(this.strategy.readData("key0")).isNull();
		assertThat(this.strategy.size()).isEqualTo(10);
	}

	@Test
	void aRenewedRecordIsNotTheSoonestAnyMore() {
		for (int i = 0; i < 10; i++) {
			this.strategy.createData("key" + i, expiringIn(1, 100 + i));
		}
		for (int version = 2; version < 500; version++) {
			this.strategy.updateData("key0", expiringIn(version, 1000 + version % 7));
		}
		this.strategy.createData("another", expiringIn(1, 1000));
		assertThat(this.strategy.readData("key0")).isNotNull();
		assertThat(this.strategy.readData("key1")).isNull();
		assertThat(this.strategy.evictions()).isOne();
	}

	@Test
	void aFloodOfNewSessionsWashesNoTombstoneOut() {
		this.strategy.createData("left", expiringIn(1, 1800));
		this.strategy.updateData("left", new SessionRecord(2, this.clock.instant().plusSeconds(60), new byte[0]));
		for (int i = 0; i < 100; i++) {
			this.strategy.createData("key" + i, expiringIn(1, 1800));
		}
		assertThat(this.strategy.readData("left")).isNotNull();
		assertThat(this.strategy.size()).isEqualTo(11);
	}

	@Test
	void aFloodOfTombstonesEndsNoLiveSession() {
		this.strategy.createData("live", expiringIn(1, 50));
		for (int i = 0; i < 100; i++) {
			this.strategy.createData("key" + i, expiringIn(1, 1800));
			this.strategy.updateData("key" + i,
					new SessionRecord(2, this.clock.instant().plusSeconds(60), new byte[0]));
		}
		assertThat(this.strategy.readData("live")).isNotNull();
		assertThat(this.strategy.size()).isLessThanOrEqualTo(12);
	}

	@Test
	void aNewSessionIsNotTheOneThatMakesRoom() {
		for (int i = 0; i < 10; i++) {
			this.strategy.createData("key" + i, expiringIn(1, 1800));
		}
		this.strategy.createData("short", expiringIn(1, 60));
		assertThat(this.strategy.readData("short")).isNotNull();
	}

	@Test
	void expiredRecordsAreRemovedAFewPerWriteAndNotCounted() {
		for (int i = 0; i < 10; i++) {
			this.strategy.createData("key" + i, expiringIn(1, 100));
		}
		this.clock.advance(Duration.ofSeconds(100));
		assertThat(this.strategy.size()).isEqualTo(10);
		for (int i = 0; i < 5; i++) {
			this.strategy.createData("new" + i, expiringIn(1, 100));
		}
		assertThat(this.strategy.size()).isEqualTo(5);
		assertThat(this.strategy.evictions()).isZero();
	}

	@Test
	void aWriteThatChangesNothingCleansUpToo() {
		this.strategy.createData("old", expiringIn(1, 100));
		this.clock.advance(Duration.ofSeconds(100));
		assertThat(this.strategy.updateData("unknown", expiringIn(2, 100))).isEqualTo(UpdateOutcome.GONE);
		assertThat(this.strategy.size()).isZero();
	}

	@Test
	void deletingMakesRoom() {
		for (int i = 0; i < 10; i++) {
			this.strategy.createData("key" + i, expiringIn(1, 100));
		}
		this.strategy.deleteData("key3");
		this.strategy.createData("another", expiringIn(1, 1000));
		assertThat(this.strategy.size()).isEqualTo(10);
		assertThat(this.strategy.evictions()).isZero();
	}

	@Test
	void manyWritersAtOnceKeepTheBound() {
		int writers = 8;
		AtomicInteger largest = new AtomicInteger();
		Race.of(writers, (writer) -> () -> {
			for (int i = 0; i < 5000; i++) {
				String key = writer + "/" + i % 500;
				if (!this.strategy.createData(key, expiringIn(1, 1 + i % 1000))) {
					this.strategy.updateData(key, expiringIn(2, 1 + i % 1000));
				}
				if (i % 3 == 0) {
					this.strategy.deleteData(key);
				}
				largest.accumulateAndGet(this.strategy.size(), Math::max);
			}
			return null;
		});
		assertThat(largest.get()).isLessThanOrEqualTo(10 + 2 * writers);
		assertThat(this.strategy.size()).isLessThanOrEqualTo(10);
		this.clock.advance(Duration.ofSeconds(1000));
		for (int i = 0; i < 10; i++) {
			this.strategy.createData("last" + i, expiringIn(1, 1000));
		}
		assertThat(this.strategy.size()).isEqualTo(10);
	}

	@Test
	void aBoundIsAtLeastOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MemoryStorageStrategy(0, this.clock))
			.withMessageContaining("0");
		MemoryStorageStrategy one = new MemoryStorageStrategy(1, this.clock);
		one.createData("a", expiringIn(1, 10));
		one.createData("b", expiringIn(1, 20));
		assertThat(one.size()).isOne();
		assertThat(one.readData("b")).isNotNull();
		assertThat(new MemoryStorageStrategy().size()).isZero();
	}

}
