package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

import io.sessionkit.SessionRecord;
import io.sessionkit.SubjectIndexStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.contract.SubjectContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Redis finds the sessions of a subject, in a cluster too. */
class RedisSubjectTests {

	@Nested
	class Single extends Contract {

		Single() {
			super(RedisTopology.SINGLE);
		}

	}

	@Nested
	class SingleByJedis extends Contract {

		SingleByJedis() {
			super(RedisTopology.JEDIS);
		}

	}

	@Nested
	class Cluster extends Contract {

		Cluster() {
			super(RedisTopology.CLUSTER);
		}

	}

	abstract static class Contract extends SubjectContract {

		private final RedisTopology topology;

		Contract(RedisTopology topology) {
			this.topology = topology;
		}

		@Override
		protected SubjectIndexStrategy strategy(InstantSource clock) {
			return new RedisStorageStrategy(this.topology.started().connections(), "test:", clock);
		}

	}

	@Test
	void theSetOfASubjectExpiresAndDropsWhatHasLostItsRecordButNothingThatMayYetGetOne() {
		MutableClock clock = new MutableClock();
		RedisTopology.Started redis = RedisTopology.SINGLE.started();
		RedisStorageStrategy strategy = new RedisStorageStrategy(redis.connections(), "set:", clock);
		String key = "k".repeat(43);
		byte[] set = "set:subject:of a test".getBytes(StandardCharsets.US_ASCII);
		RedisAdmin admin = redis.masterOf(set);
		strategy.indexData("of a test", key, clock.instant().plusSeconds(100));
		strategy.indexData("of a test", "l".repeat(43), clock.instant().plusSeconds(50));
		assertThat(admin.commands().pttl(set)).isBetween(1L, 100_000L);
		assertThat(admin.commands().zcard(set)).isEqualTo(2);
		strategy.findData("of a test", 10);
		assertThat(admin.commands().zcard(set)).isEqualTo(2);
		clock.advance(Duration.ofSeconds(61));
		strategy.findData("of a test", 10);
		assertThat(admin.commands().zcard(set)).isZero();
	}

	@Test
	void whoLogsInAgainAndAgainLeavesNoMoreBehindThanAFewHundredMembers() {
		MutableClock clock = new MutableClock();
		RedisTopology.Started redis = RedisTopology.CLUSTER.started();
		RedisStorageStrategy strategy = new RedisStorageStrategy(redis.connections(), "crowd:", clock);
		byte[] set = "crowd:subject:of a test".getBytes(StandardCharsets.US_ASCII);
		RedisAdmin admin = redis.masterOf(set);
		for (int i = 0; i < 1000; i++) {
			String key = "%043d".formatted(i);
			strategy.indexData("of a test", key, clock.instant().plus(Duration.ofDays(30)));
			strategy.createData(key, new SessionRecord(1, clock.instant().plusSeconds(1800), "of a test", new byte[1]));
			if (i % 100 != 0) {
				strategy.deleteData(key);
			}
			clock.advance(Duration.ofSeconds(2));
		}
		assertThat(admin.commands().zcard(set)).isLessThan(200);
		assertThat(strategy.findData("of a test", 100)).hasSizeGreaterThanOrEqualTo(8);
	}

}
