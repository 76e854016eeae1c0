package io.sessionkit.contract;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of the {@link StrategyContract} about many threads at once, and what a
 * subclass has to say.
 */
abstract class StrategyRaces {

	private static final int WRITERS = 100;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final MutableClock clock = new MutableClock();

	private SessionIdStorageStrategy strategy;

	/**
	 * Makes the strategy for one test.
	 * @param clock what the strategy takes for the time
	 */
	protected abstract SessionIdStorageStrategy strategy(InstantSource clock);

	/**
	 * Returns what this strategy does not promise; the cases about it are reported as
	 * skipped.
	 */
	protected abstract Set<Promise> notPromised();

	/**
	 * Replaces the stored bytes of a key behind the strategy's back. Without
	 * {@link Promise#RAW_ACCESS} it is not called.
	 */
	protected void corrupt(String key, byte[] stored) {
		throw new UnsupportedOperationException("Override corrupt and dump, or do not promise RAW_ACCESS");
	}

	/**
	 * Returns everything that is stored now, for a search in it. Without
	 * {@link Promise#RAW_ACCESS} it is not called.
	 */
	protected Collection<byte[]> dump() {
		throw new UnsupportedOperationException("Override corrupt and dump, or do not promise RAW_ACCESS");
	}

	/**
	 * Lets time pass. To be overridden where the store expires by a clock of its own.
	 */
	protected void letPass(Duration time) {
		this.clock.advance(time);
	}

	/**
	 * Returns how long a tombstone is kept; to be overridden where that is longer than
	 * its record asks for.
	 */
	protected Duration tombstoneLife(Duration asked) {
		return asked;
	}

	/** Returns how often two threads meet, for each of the races. */
	protected int rounds() {
		return Rounds.of(3000);
	}

	@BeforeEach
	void makeTheStrategy() {
		this.strategy = strategy(this.clock);
	}

	@Test
	void ofManyWhoWriteTheSameVersionExactlyOneWins() {
		requires(Promise.CONDITIONAL_WRITES);
		String key = created(record(1, "1"));
		for (int version = 2; version <= 6; version++) {
			long next = version;
			List<UpdateOutcome> outcomes = Race.of(WRITERS,
					(writer) -> () -> strategy().updateData(key, record(next, next + " by " + writer)));
			assertThat(outcomes).containsOnlyOnce(UpdateOutcome.UPDATED);
			assertThat(Collections.frequency(outcomes, UpdateOutcome.CONFLICT)).isEqualTo(WRITERS - 1);
			int winner = outcomes.indexOf(UpdateOutcome.UPDATED);
			assertThat(strategy().readData(key)).isEqualTo(record(next, next + " by " + winner));
		}
	}

	@Test
	void ofManyWhoCreateTheSameKeyExactlyOneWins() {
		requires(Promise.CONDITIONAL_WRITES);
		for (int round = 0; round < 10; round++) {
			String key = newKey();
			List<Boolean> outcomes = Race.of(WRITERS,
					(writer) -> () -> strategy().createData(key, record(1, "by " + writer)));
			assertThat(outcomes).containsOnlyOnce(true);
			assertThat(strategy().readData(key)).isEqualTo(record(1, "by " + outcomes.indexOf(true)));
		}
	}

	@Test
	void manyWhoCreateDifferentKeysAllSucceed() {
		List<String> keys = Race.of(WRITERS, (writer) -> () -> created(record(1, "by " + writer)));
		for (int writer = 0; writer < WRITERS; writer++) {
			assertThat(strategy().readData(keys.get(writer))).isEqualTo(record(1, "by " + writer));
		}
	}

	@Test
	void whatIsDeletedStaysGoneWhateverUpdatesAreInFlight() {
		requires(Promise.CONDITIONAL_WRITES);
		try (Race race = new Race(2)) {
			for (int round = 0; round < rounds(); round++) {
				String key = created(record(1, "first"));
				race.run(List.of(() -> {
					strategy().deleteData(key);
					return UpdateOutcome.GONE;
				}, () -> strategy().updateData(key, record(2, "late"))));
				assertThat(strategy().readData(key)).as("round %d", round).isNull();
			}
		}
	}

	@Test
	void aTombstoneStaysWhateverUpdatesAreInFlight() {
		requires(Promise.CONDITIONAL_WRITES);
		try (Race race = new Race(2)) {
			for (int round = 0; round < rounds(); round++) {
				String key = created(record(1, "first"));
				SessionRecord tombstone = new SessionRecord(2, now().plusSeconds(60), new byte[0]);
				List<UpdateOutcome> outcomes = race.run(List.of(() -> strategy().updateData(key, tombstone),
						() -> strategy().updateData(key, record(2, "late"))));
				assertThat(outcomes).as("round %d", round)
					.containsExactlyInAnyOrder(UpdateOutcome.UPDATED, UpdateOutcome.CONFLICT);
				boolean ended = outcomes.get(0).isUpdated();
				assertThat(strategy().readData(key)).isEqualTo(ended ? tombstone : record(2, "late"));
			}
		}
	}

	@Test
	void ofTwoWhoMoveTheSameVersionExactlyOneWinsAndOneNewRecordIsThere() {
		requires(Promise.CONDITIONAL_WRITES);
		try (Race race = new Race(2)) {
			for (int round = 0; round < Math.min(1000, rounds()); round++) {
				String key = created(record(1, "first"));
				List<String> newKeys = List.of(newKey(), newKey());
				List<UpdateOutcome> outcomes = race
					.run(List.of(() -> move(key, newKeys.get(0)), () -> move(key, newKeys.get(1))));
				assertThat(outcomes).as("round %d", round)
					.containsExactlyInAnyOrder(UpdateOutcome.UPDATED, UpdateOutcome.CONFLICT);
				String winner = newKeys.get(outcomes.indexOf(UpdateOutcome.UPDATED));
				assertThat(strategy().readAll(newKeys)).isEqualTo(Map.of(winner, record(1, "moved")));
				assertThat(strategy().readData(key)).isEqualTo(tombstone(2, winner));
			}
		}
	}

	@Test
	void ofAMoveAndAWriteInFlightExactlyOneWins() {
		requires(Promise.CONDITIONAL_WRITES);
		try (Race race = new Race(2)) {
			for (int round = 0; round < Math.min(1000, rounds()); round++) {
				String key = created(record(1, "first"));
				String newKey = newKey();
				List<UpdateOutcome> outcomes = race
					.run(List.of(() -> move(key, newKey), () -> strategy().updateData(key, record(2, "late"))));
				assertThat(outcomes).as("round %d", round)
					.containsExactlyInAnyOrder(UpdateOutcome.UPDATED, UpdateOutcome.CONFLICT);
				boolean moved = outcomes.get(0).isUpdated();
				assertThat(strategy().readData(newKey)).isEqualTo(moved ? record(1, "moved") : null);
				assertThat(strategy().readData(key)).isEqualTo(moved ? tombstone(2, newKey) : record(2, "late"));
			}
		}
	}

	private UpdateOutcome move(String key, String newKey) {
		return strategy().moveData(key, tombstone(2, newKey), newKey, record(1, "moved"));
	}

	@Test
	void aReaderSeesOneWholeVersionOrTheOther() {
		SessionRecord one = new SessionRecord(1, inOneHour(), bytes("1".repeat(5000)), true);
		SessionRecord two = new SessionRecord(2, inOneHour().plusSeconds(1), bytes("2".repeat(50)));
		try (Race race = new Race(2)) {
			for (int round = 0; round < Math.min(300, rounds()); round++) {
				String key = created(one);
				List<SessionRecord> seen = race.run(List.of(() -> {
					strategy().updateData(key, two);
					return two;
				}, () -> strategy().readData(key)));
				assertThat(seen.get(1)).as("round %d", round).isIn(one, two);
			}
		}
	}

	final SessionIdStorageStrategy strategy() {
		return this.strategy;
	}

	final void requires(Promise promise) {
		Assumptions.assumeFalse(notPromised().contains(promise),
				() -> getClass().getSimpleName() + " does not promise " + promise);
	}

	/** What an update of an absent record may say. */
	final List<UpdateOutcome> gone() {
		List<UpdateOutcome> outcomes = new ArrayList<>(List.of(UpdateOutcome.GONE));
		if (notPromised().contains(Promise.TELLS_GONE)) {
			outcomes.add(UpdateOutcome.CONFLICT);
		}
		return outcomes;
	}

	final Instant now() {
		return this.clock.instant();
	}

	final Instant inOneHour() {
		return now().plusSeconds(3600);
	}

	final SessionRecord record(long version, String body) {
		return new SessionRecord(version, inOneHour(), bytes(body));
	}

	final SessionRecord tombstone(long version, String successor) {
		return new SessionRecord(version, now().plusSeconds(100), bytes(">" + successor));
	}

	final String created(SessionRecord record) {
		String key = newKey();
		assertThat(strategy().createData(key, record)).isTrue();
		return key;
	}

	/** What a key looks like: the base64url of 32 bytes. */
	static String newKey() {
		byte[] bytes = new byte[32];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

}
