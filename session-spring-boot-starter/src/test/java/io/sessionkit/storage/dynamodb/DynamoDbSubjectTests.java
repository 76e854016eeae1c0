package io.sessionkit.storage.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.SubjectIndexStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.contract.SubjectContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** DynamoDB finds the sessions of a subject, by an item beside them. */
class DynamoDbSubjectTests {

	private static final String TABLE = "subjects";

	private static final int HOUR = 3600;

	private final MutableClock clock = new MutableClock();

	private final String subject = "of a test " + System.nanoTime();

	@Nested
	class AsItIs extends Contract {

		@Override
		protected SubjectIndexStrategy strategy(InstantSource clock) {
			return LocalDynamoDb.shared().strategy(TABLE, clock);
		}

	}

	@Nested
	class InAnEmulator extends Contract {

		@Override
		protected SubjectIndexStrategy strategy(InstantSource clock) {
			return LocalDynamoDb.emulator().strategy(TABLE, clock);
		}

	}

	abstract static class Contract extends SubjectContract {

		@Override
		protected int rounds() {
			return 40;
		}

	}

	private DynamoDbStorageStrategy strategy() {
		return LocalDynamoDb.shared().strategy(TABLE, this.clock);
	}

	private static String key(int number) {
		return "%043d".formatted(number);
	}

	private void index(DynamoDbStorageStrategy strategy, int from, int to) {
		for (int i = from; i < to; i++) {
			strategy.indexData(this.subject, key(i), this.clock.instant().plusSeconds(HOUR));
		}
	}

	private void create(DynamoDbStorageStrategy strategy, int number) {
		strategy.deleteData(key(number));
		strategy.createData(key(number),
				new SessionRecord(1, this.clock.instant().plusSeconds(HOUR), this.subject, new byte[] { '1' }));
	}

	private Set<String> members() {
		AttributeValue keys = LocalDynamoDb.shared().item(TABLE, "subject:" + this.subject).get("keys");
		return (keys != null) ? new HashSet<>(keys.ss()) : Set.of();
	}

	private long ttl() {
		return Long.parseLong(LocalDynamoDb.shared().item(TABLE, "subject:" + this.subject).get("_ttl").n());
	}

	@Test
	void whatHasLostItsRecordIsDroppedButNothingThatMayYetGetOne() {
		DynamoDbStorageStrategy strategy = strategy();
		index(strategy, 0, 2);
		strategy.findData(this.subject, 10);
		assertThat(members()).hasSize(2);
		this.clock.advance(Duration.ofSeconds(61));
		strategy.findData(this.subject, 10);
		assertThat(members()).isEmpty();
		strategy.findData(this.subject, 10);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theItemLivesAsLongAsTheLastOfItsSessionsCan(boolean laterFirst) {
		DynamoDbStorageStrategy strategy = strategy();
		Instant sooner = this.clock.instant().plusSeconds(50);
		Instant later = this.clock.instant().plusSeconds(100).plusNanos(1);
		strategy.indexData(this.subject, key(1), laterFirst ? later : sooner);
		strategy.indexData(this.subject, key(2), laterFirst ? sooner : later);
		assertThat(members()).hasSize(2);
		assertThat(ttl()).isEqualTo(this.clock.instant().getEpochSecond() + 101);
	}

	@Test
	void aFullItemLosesWhatHasNoRecordBeforeItGrows() {
		DynamoDbStorageStrategy strategy = strategy();
		index(strategy, 0, 100);
		this.clock.advance(Duration.ofSeconds(61));
		create(strategy, 42);
		index(strategy, 100, 101);
		assertThat(members()).hasSize(2).anyMatch((member) -> member.startsWith(key(42)));
		assertThat(strategy.findData(this.subject, 10)).containsOnlyKeys(key(42));
	}

	@Test
	void moreSessionsThanTheUsualAreAllFound() {
		DynamoDbStorageStrategy strategy = strategy();
		index(strategy, 0, 250);
		for (int i = 0; i < 250; i++) {
			create(strategy, i);
		}
		assertThat(strategy.findData(this.subject, 1000)).hasSize(250);
		assertThat(strategy.findData(this.subject, 101)).hasSize(101);
	}

	@Test
	void moreSessionsThanAnItemHoldsAreRefusedWithWhatToDo() {
		DynamoDbStorageStrategy strategy = strategy();
		List<String> members = IntStream.range(0, 5000)
			.mapToObj((i) -> SubjectItem.member(key(i), this.clock.instant()))
			.toList();
		LocalDynamoDb.shared()
			.client()
			.putItem((request) -> request.tableName(TABLE)
				.item(Map.of("_idx", AttributeValue.fromS("subject:" + this.subject), "keys",
						AttributeValue.fromSs(members), "room", AttributeValue.fromN("5000"))));
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> strategy.indexData(this.subject, key(5000), this.clock.instant().plusSeconds(HOUR)))
			.withMessageContaining("A subject has 5000 sessions")
			.withMessageContaining("SubjectSessions.endOldest");
	}

}
