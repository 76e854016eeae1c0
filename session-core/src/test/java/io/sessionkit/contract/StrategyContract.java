package io.sessionkit.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionRecordFormat;
import io.sessionkit.UpdateOutcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * What every {@link SessionIdStorageStrategy} owes the storage. To prove a strategy,
 * extend this class and {@link RecordStorageContract}: <pre>{@code
 * class MyStrategyTests extends StrategyContract {
 *
 *     protected SessionIdStorageStrategy strategy(InstantSource clock) {
 *         return new MyStrategy(server, clock);
 *     }
 *
 *     protected Set<Promise> notPromised() {
 *         return Set.of();
 *     }
 *
 * }
 * }</pre>
 */
public abstract class StrategyContract extends StrategyRaces {

	@Test
	void aCreatedRecordIsReadAsItWasWritten() {
		String key = newKey();
		SessionRecord record = new SessionRecord(1, inOneHour(), bytes("[{\"a\":1},{}]"), true);
		assertThat(strategy().createData(key, record)).isTrue();
		assertThat(strategy().readData(key)).isEqualTo(record);
	}

	@Test
	void anUnknownKeyReadsAsAbsent() {
		assertThat(strategy().readData(newKey())).isNull();
	}

	@Test
	void anUpdateOfTheStoredVersionReplacesTheWholeRecord() {
		String key = created(new SessionRecord(1, inOneHour(), bytes("first, and longer"), true));
		SessionRecord second = new SessionRecord(2, inOneHour().plusSeconds(7), bytes("second"), true);
		assertThat(strategy().updateData(key, second)).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(strategy().readData(key)).isEqualTo(second);
	}

	@Test
	void manyUpdatesInARowCountTheVersion() {
		String key = created(record(1, "1"));
		for (int version = 2; version <= 50; version++) {
			assertThat(strategy().updateData(key, record(version, "" + version))).isEqualTo(UpdateOutcome.UPDATED);
		}
		assertThat(strategy().readData(key)).isEqualTo(record(50, "50"));
	}

	@Test
	void aDeletedRecordIsAbsentAndItsKeyIsFree() {
		String key = created(record(1, "first"));
		strategy().deleteData(key);
		assertThat(strategy().readData(key)).isNull();
		assertThat(strategy().createData(key, record(1, "second"))).isTrue();
		assertThat(strategy().readData(key)).isEqualTo(record(1, "second"));
	}

	@Test
	void aRecordIsDeletedWhateverItsVersion() {
		String key = created(record(1, "first"));
		strategy().updateData(key, record(2, "second"));
		strategy().deleteData(key);
		assertThat(strategy().readData(key)).isNull();
	}

	@Test
	void deletingAnUnknownKeyDoesNothing() {
		String other = created(record(1, "other"));
		assertThatCode(() -> strategy().deleteData(newKey())).doesNotThrowAnyException();
		assertThat(strategy().readData(other)).isEqualTo(record(1, "other"));
	}

	@Test
	void creatingATakenKeyChangesNothing() {
		requires(Promise.TELLS_TAKEN);
		String key = created(record(1, "first"));
		assertThat(strategy().createData(key, record(1, "second"))).isFalse();
		assertThat(strategy().readData(key)).isEqualTo(record(1, "first"));
	}

	@Test
	void recordsOfDifferentKeysDoNotTouch() {
		String one = created(record(1, "one"));
		String two = created(record(1, "two"));
		strategy().updateData(one, record(2, "one changed"));
		assertThat(strategy().readData(two)).isEqualTo(record(1, "two"));
		strategy().deleteData(two);
		assertThat(strategy().readData(one)).isEqualTo(record(2, "one changed"));
	}

	@Test
	void keysThatDifferInCaseOnlyAreTwoRecords() {
		String key = created(record(1, "one"));
		StringBuilder swapped = new StringBuilder();
		key.chars()
			.forEach((c) -> swapped
				.append((char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
		assertThat(strategy().readData(swapped.toString())).isNull();
		assertThat(strategy().createData(swapped.toString(), record(1, "two"))).isTrue();
		assertThat(strategy().readData(key)).isEqualTo(record(1, "one"));
	}

	@ParameterizedTest
	@MethodSource("wrongVersions")
	void anUpdateOfAnotherVersionIsAConflictAndChangesNothing(long version) {
		String key = created(record(1, "1"));
		strategy().updateData(key, record(2, "2"));
		strategy().updateData(key, record(3, "3"));
		assertThat(strategy().updateData(key, record(version, "wrong"))).isEqualTo(UpdateOutcome.CONFLICT);
		assertThat(strategy().readData(key)).isEqualTo(record(3, "3"));
	}

	static Stream<Long> wrongVersions() {
		return Stream.of(1L, 2L, 3L, 5L, 100L, Long.MAX_VALUE);
	}

	@Test
	void anUpdateOfAnUnknownKeyIsGoneAndCreatesNothing() {
		String key = newKey();
		assertThat(strategy().updateData(key, record(2, "late"))).isIn(gone());
		assertThat(strategy().updateData(key, record(1, "late"))).isIn(gone());
		assertThat(strategy().readData(key)).isNull();
		assertThat(strategy().createData(key, record(1, "first"))).isTrue();
	}

	@Test
	void anUpdateAfterTheDeletionDoesNotBringTheRecordBack() {
		String key = created(record(1, "first"));
		strategy().deleteData(key);
		assertThat(strategy().updateData(key, record(2, "late"))).isIn(gone());
		assertThat(strategy().readData(key)).isNull();
	}

	@Test
	void anExpiredRecordIsAbsentFromThatVerySecondOn() {
		String key = created(new SessionRecord(1, now().plusSeconds(100), bytes("short")));
		letPass(Duration.ofSeconds(99));
		assertThat(strategy().readData(key)).isNotNull();
		letPass(Duration.ofSeconds(1));
		assertThat(strategy().readData(key)).isNull();
	}

	@Test
	void anUpdateOfAnExpiredRecordIsGoneAndDoesNotReviveIt() {
		String key = created(new SessionRecord(1, now().plusSeconds(100), bytes("short")));
		letPass(Duration.ofSeconds(100));
		assertThat(strategy().updateData(key, record(2, "late"))).isIn(gone());
		assertThat(strategy().readData(key)).isNull();
	}

	@Test
	void anExpiredRecordLeavesItsKeyFree() {
		String key = created(new SessionRecord(1, now().plusSeconds(100), bytes("short"), true));
		letPass(Duration.ofSeconds(100));
		assertThat(strategy().createData(key, record(1, "new"))).isTrue();
		assertThat(strategy().readData(key)).isEqualTo(record(1, "new"));
	}

	@Test
	void anExpiredRecordCanBeDeleted() {
		String key = created(new SessionRecord(1, now().plusSeconds(100), bytes("short")));
		letPass(Duration.ofSeconds(100));
		assertThatCode(() -> strategy().deleteData(key)).doesNotThrowAnyException();
		assertThat(strategy().readData(key)).isNull();
	}

	@Test
	void anUpdateMovesTheExpiryInBothDirections() {
		String longer = created(new SessionRecord(1, now().plusSeconds(100), bytes("a")));
		String shorter = created(new SessionRecord(1, now().plusSeconds(1000), bytes("b")));
		strategy().updateData(longer, new SessionRecord(2, now().plusSeconds(1000), bytes("a")));
		strategy().updateData(shorter, new SessionRecord(2, now().plusSeconds(100), bytes("b")));
		letPass(Duration.ofSeconds(100));
		assertThat(strategy().readData(longer)).isNotNull();
		assertThat(strategy().readData(shorter)).isNull();
	}

	@Test
	void aTombstoneIsKeptLikeAnyOtherRecord() {
		assertTombstoneIsKept(new byte[0]);
		assertTombstoneIsKept(bytes(">" + newKey()));
	}

	private void assertTombstoneIsKept(byte[] body) {
		String key = created(record(1, "first"));
		SessionRecord tombstone = new SessionRecord(2, now().plusSeconds(60), body);
		assertThat(strategy().updateData(key, tombstone)).isEqualTo(UpdateOutcome.UPDATED);
		SessionRecord kept = new SessionRecord(2, now().plus(tombstoneLife(Duration.ofSeconds(60))), body);
		assertThat(strategy().readData(key)).isEqualTo(kept);
		assertThat(strategy().updateData(key, record(2, "late"))).isEqualTo(UpdateOutcome.CONFLICT);
		assertThat(notPromised().contains(Promise.TELLS_TAKEN) || !strategy().createData(key, record(1, "late")))
			.isTrue();
		assertThat(strategy().readData(key)).isEqualTo(kept);
		letPass(tombstoneLife(Duration.ofSeconds(60)).minusSeconds(1));
		assertThat(strategy().readData(key)).isEqualTo(kept);
		letPass(Duration.ofSeconds(1));
		assertThat(strategy().readData(key)).isNull();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("bodies")
	void aBodyOfAnyBytesIsKeptExactly(String what, byte[] body) {
		SessionRecord record = new SessionRecord(1, inOneHour(), body);
		String key = created(record);
		assertThat(strategy().readData(key)).isEqualTo(record);
		SessionRecord next = new SessionRecord(2, inOneHour(), body);
		assertThat(strategy().updateData(key, next)).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(strategy().readData(key)).as(what).isEqualTo(next);
	}

	static Stream<Object[]> bodies() {
		byte[] all = new byte[256];
		IntStream.range(0, 256).forEach((i) -> all[i] = (byte) i);
		byte[] largest = new byte[256 * 1024];
		new Random(42).nextBytes(largest);
		return Stream.of(new Object[] { "0 bytes", new byte[0] }, new Object[] { "one zero byte", new byte[1] },
				new Object[] { "every byte value", all }, new Object[] { "256 KiB", largest },
				new Object[] { "line ends", bytes("\r\n\n\r \t\u0000\u001a") },
				new Object[] { "UTF-8", bytes("\u017elu\u0165ou\u010dk\u00fd \ud83d\ude00") });
	}

	@Test
	void aConflictMayBringTheRecordThatIsThere() {
		String key = created(record(1, "1"));
		strategy().updateData(key, record(2, "2"));
		assertThat(strategy().updateData(key, record(2, "late")).present()).isIn(null, record(2, "2"));
	}

	@Test
	void severalRecordsAreReadAsEachOfThem() {
		SessionRecord first = record(1, "one");
		SessionRecord second = record(1, "two");
		String one = created(first);
		String two = created(second);
		created(record(1, "another"));
		String expired = created(new SessionRecord(1, now().plusSeconds(100), bytes("short")));
		letPass(Duration.ofSeconds(100));
		assertThat(strategy().readAll(List.of(one, newKey(), two, expired))).isEqualTo(Map.of(one, first, two, second));
		assertThat(strategy().readAll(List.of(newKey()))).isEmpty();
	}

	@Test
	void aHundredRecordsAreReadAtOnce() {
		Map<String, SessionRecord> written = new HashMap<>();
		for (int i = 0; i < 100; i++) {
			written.put(created(record(1, "record " + i)), record(1, "record " + i));
		}
		assertThat(strategy().readAll(written.keySet())).isEqualTo(written);
	}

	@Test
	void aMovedRecordIsUnderItsNewKeyAndATombstoneUnderTheOldOne() {
		String key = created(record(1, "first"));
		String newKey = newKey();
		assertThat(strategy().moveData(key, tombstone(2, newKey), newKey, record(1, "moved")))
			.isEqualTo(UpdateOutcome.UPDATED);
		assertThat(strategy().readData(newKey)).isEqualTo(record(1, "moved"));
		assertThat(strategy().readData(key)).isNotNull().matches(SessionRecord::isTombstone);
		assertThat(strategy().updateData(newKey, record(2, "changed"))).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(strategy().updateData(key, record(2, "late"))).isEqualTo(UpdateOutcome.CONFLICT);
	}

	@Test
	void aMoveOfAnotherVersionIsAConflictAndCreatesNothing() {
		String key = created(record(1, "first"));
		strategy().updateData(key, record(2, "second"));
		String newKey = newKey();
		UpdateOutcome outcome = strategy().moveData(key, tombstone(2, newKey), newKey, record(1, "moved"));
		assertThat(outcome).isEqualTo(UpdateOutcome.CONFLICT);
		assertThat(outcome.present()).isIn(null, record(2, "second"));
		assertThat(strategy().readData(key)).isEqualTo(record(2, "second"));
		assertThat(strategy().readData(newKey)).isNull();
		assertThat(strategy().moveData(key, tombstone(3, newKey), newKey, record(1, "moved"))).as("the same key again")
			.isEqualTo(UpdateOutcome.UPDATED);
	}

	@Test
	void aMoveOfWhatIsThereNoMoreCreatesNothing() {
		String deleted = created(record(1, "first"));
		strategy().deleteData(deleted);
		String expired = created(new SessionRecord(1, now().plusSeconds(100), bytes("short")));
		letPass(Duration.ofSeconds(100));
		for (String key : List.of(deleted, expired, newKey())) {
			String newKey = newKey();
			assertThat(strategy().moveData(key, tombstone(2, newKey), newKey, record(1, "moved"))).isIn(gone());
			assertThat(strategy().readData(newKey)).isNull();
			assertThat(strategy().readData(key)).isNull();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("damages")
	void aDamagedStoredRecordIsAbsentAndDoesNotBlockItsKey(String what, byte[] stored) {
		requires(Promise.RAW_ACCESS);
		String key = created(record(1, "first"));
		corrupt(key, stored);
		assertThat(strategy().readData(key)).as(what).isNull();
		// A store may look at no more than the version, which can be whole: then all of
		// it is replaced.
		boolean replaced = strategy().updateData(key, record(2, "late")).isUpdated();
		assertThat(strategy().readData(key)).isEqualTo(replaced ? record(2, "late") : null);
		strategy().deleteData(key);
		assertThat(strategy().createData(key, record(1, "new"))).isTrue();
		assertThat(strategy().readData(key)).isEqualTo(record(1, "new"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("damages")
	void readingADamagedRecordIsOneWarningThatShowsTheBeginningOfItsKey(String what, byte[] stored) {
		requires(Promise.RAW_ACCESS);
		Assumptions.assumeTrue(CapturedWarnings.isPossible(), "Only Logback can be listened to");
		String key = created(record(1, "first"));
		corrupt(key, stored);
		assertThat(CapturedWarnings.about(key.substring(0, 8), () -> strategy().readData(key))).as(what)
			.singleElement()
			.asString()
			.doesNotContain(key.substring(0, 9));
	}

	static Stream<Object[]> damages() {
		byte[] noise = new byte[1000];
		new Random(7).nextBytes(noise);
		byte[] whole = SessionRecordFormat
			.write(new SessionRecord(1, Instant.now().plusSeconds(3600), bytes("[{},{}]")));
		return Stream.of(new Object[] { "nothing", new byte[0] }, new Object[] { "one byte", new byte[1] },
				new Object[] { "text", bytes("no record") }, new Object[] { "noise", noise },
				new Object[] { "JSON", bytes("{\"version\":\"x\",\"expires\":null}") },
				new Object[] { "a record that was cut", Arrays.copyOf(whole, whole.length - 3) },
				new Object[] { "a version to come", bytes(text(whole).replace("sessionkit1", "sessionkit2")) });
	}

	@Test
	void whatWasDeletedIsNotAtRestAnyMore() {
		requires(Promise.RAW_ACCESS);
		String marker = newKey();
		String key = created(new SessionRecord(1, inOneHour(), bytes(marker)));
		assertThat(dump()).anySatisfy((stored) -> assertThat(text(stored)).contains(marker));
		strategy().deleteData(key);
		assertThat(dump()).allSatisfy((stored) -> assertThat(text(stored)).doesNotContain(marker));
	}

}
