package io.sessionkit.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionRecord;
import io.sessionkit.SubjectIndexStrategy;
import io.sessionkit.UpdateOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link SubjectIndexStrategy} owes the storage, and what a storage makes of
 * it. To prove a strategy, extend this class beside {@link StrategyContract}: <pre>{@code
 * class MySubjectTests extends SubjectContract {
 *
 *     protected SubjectIndexStrategy strategy(InstantSource clock) {
 *         return new MyStrategy(server, clock);
 *     }
 *
 * }
 * }</pre>
 */
public abstract class SubjectContract extends SubjectCases {

	private final String subject = StrategyRaces.newKey();

	private SessionRecord record(long version, String subject, int seconds) {
		byte[] body = ("[{\"v\":" + version + "},{}]").getBytes(StandardCharsets.UTF_8);
		return new SessionRecord(version, now().plusSeconds(seconds), subject, body);
	}

	/** As a storage does it: first the index, then the record. */
	private String created(SessionRecord record) {
		String key = StrategyRaces.newKey();
		if (record.subject() != null) {
			strategy().indexData(record.subject(), key, inADay());
		}
		assertThat(strategy().createData(key, record)).isTrue();
		return key;
	}

	private String created(String subject) {
		return created(record(1, subject, 3600));
	}

	private void update(String key, SessionRecord record) {
		assertThat(strategy().updateData(key, record)).isEqualTo(UpdateOutcome.UPDATED);
	}

	private Instant inADay() {
		return now().plus(Duration.ofDays(1));
	}

	private Map<String, SessionRecord> found(String subject) {
		return strategy().findData(subject, 1000);
	}

	@Test
	void theRecordsOfASubjectAreFoundAsTheyWereWritten() {
		Map<String, SessionRecord> written = new HashMap<>();
		for (int i = 1; i <= 5; i++) {
			SessionRecord record = record(1, this.subject, 1000 * i);
			written.put(created(record), record);
		}
		created(StrategyRaces.newKey());
		created(record(1, null, 1000));
		assertThat(found(this.subject)).isEqualTo(written);
	}

	@Test
	void anUnknownSubjectHasNoRecords() {
		created(this.subject);
		assertThat(found(StrategyRaces.newKey())).isEmpty();
	}

	@Test
	void subjectsThatDifferInCaseOnlyAreTwo() {
		String lower = "a".repeat(43);
		String upper = "A".repeat(43);
		String key = created(lower);
		assertThat(found(upper)).isEmpty();
		assertThat(found(lower)).containsOnlyKeys(key);
	}

	@Test
	void noMoreAreReturnedThanAskedFor() {
		List<String> keys = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			keys.add(created(this.subject));
		}
		assertThat(strategy().findData(this.subject, 3)).hasSize(3);
		assertThat(keys).containsAll(strategy().findData(this.subject, 3).keySet());
		assertThat(strategy().findData(this.subject, 7)).containsOnlyKeys(keys);
	}

	@Test
	void whatIsThereNoMoreTakesNoPlaceAmongThem() {
		for (int i = 0; i < 5; i++) {
			strategy().deleteData(created(this.subject));
			created(record(1, this.subject, 100));
			strategy().indexData(this.subject, StrategyRaces.newKey(), inADay());
		}
		letPass(Duration.ofSeconds(100));
		String key = created(this.subject);
		assertThat(strategy().findData(this.subject, 1)).containsOnlyKeys(key);
	}

	@Test
	void anUpdateIsFoundInPlaceOfWhatItReplaced() {
		String key = created(this.subject);
		SessionRecord second = record(2, this.subject, 1800);
		update(key, second);
		assertThat(found(this.subject)).isEqualTo(Map.of(key, second));
	}

	@Test
	void aRecordIsFoundForAsLongAsItsUpdatesProlongIt() {
		String key = created(record(1, this.subject, 100));
		for (int version = 2; version < 12; version++) {
			letPass(Duration.ofSeconds(90));
			update(key, record(version, this.subject, 100));
		}
		assertThat(found(this.subject)).containsOnlyKeys(key);
	}

	@Test
	void anExpiredRecordIsNotFoundFromThatVerySecondOn() {
		String key = created(record(1, this.subject, 100));
		String later = created(record(1, this.subject, 200));
		letPass(Duration.ofSeconds(99));
		assertThat(found(this.subject)).containsOnlyKeys(key, later);
		letPass(Duration.ofSeconds(1));
		assertThat(found(this.subject)).containsOnlyKeys(later);
	}

	@Test
	void aRecordThatGetsASubjectIsFoundFromThenOn() {
		String key = created(record(1, null, 3600));
		assertThat(found(this.subject)).isEmpty();
		strategy().indexData(this.subject, key, inADay());
		assertThat(found(this.subject)).isEmpty();
		update(key, record(2, this.subject, 3600));
		assertThat(found(this.subject)).containsOnlyKeys(key);
	}

	@Test
	void aRecordIsFoundUnderItsPresentSubjectAlone() {
		String other = StrategyRaces.newKey();
		String key = created(this.subject);
		strategy().indexData(other, key, inADay());
		update(key, record(2, other, 3600));
		assertThat(found(this.subject)).isEmpty();
		assertThat(found(other)).containsOnlyKeys(key);
		strategy().indexData(this.subject, key, inADay());
		update(key, record(3, this.subject, 3600));
		assertThat(found(this.subject)).containsOnlyKeys(key);
		assertThat(found(other)).isEmpty();
		update(key, record(4, null, 3600));
		assertThat(found(this.subject)).isEmpty();
	}

	@Test
	void aTombstoneIsNobodys() {
		String key = created(this.subject);
		String remaining = created(this.subject);
		update(key, new SessionRecord(2, now().plusSeconds(60), null, new byte[0]));
		assertThat(found(this.subject)).containsOnlyKeys(remaining);
	}

	@Test
	void aDeletedRecordIsNotFoundNorIsItsSuccessorUnderTheSameKey() {
		String key = created(this.subject);
		strategy().deleteData(key);
		assertThat(found(this.subject)).isEmpty();
		assertThat(strategy().createData(key, record(1, null, 3600))).isTrue();
		assertThat(found(this.subject)).isEmpty();
	}

	@Test
	void aWriteThatWasRefusedChangesNobodysRecords() {
		String other = StrategyRaces.newKey();
		String key = created(this.subject);
		strategy().indexData(other, key, inADay());
		assertThat(strategy().createData(key, record(1, other, 3600))).isFalse();
		assertThat(strategy().updateData(key, record(7, other, 3600))).isEqualTo(UpdateOutcome.CONFLICT);
		assertThat(found(other)).isEmpty();
		assertThat(found(this.subject)).containsOnlyKeys(key);
	}

	@Test
	void ofManyWhoCreateAtOnceAllAreFound() {
		List<String> keys = Race.of(50, (writer) -> () -> created(this.subject));
		assertThat(found(this.subject)).containsOnlyKeys(keys);
	}

	@Test
	void aRecordIsFoundAlsoWhileItIsWritten() {
		String key = created(this.subject);
		try (Race race = new Race(2)) {
			for (int round = 0; round < rounds(); round++) {
				SessionRecord next = record(round + 2, this.subject, 3600);
				List<Boolean> outcomes = race
					.run(List.of(() -> strategy().updateData(key, next) == UpdateOutcome.UPDATED,
							() -> found(this.subject).containsKey(key)));
				assertThat(outcomes).as("round %d", round).containsExactly(true, true);
			}
		}
	}

	@Test
	void noChangeOfTheIdInFlightEscapes() {
		try (Race race = new Race(2)) {
			for (int round = 0; round < rounds(); round++) {
				String person = person();
				Browser browser = login(person);
				race.<@Nullable SetCookie>run(List.of(() -> browser.visit(Session::regenerateId), () -> {
					sessions().endAll(person);
					return null;
				}));
				assertThat(browser.hasSession()).as("round %d", round).isFalse();
				assertThat(sessions().list(person)).as("round %d", round).isEmpty();
			}
		}
	}

}
