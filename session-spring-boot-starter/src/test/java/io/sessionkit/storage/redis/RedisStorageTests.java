package io.sessionkit.storage.redis;

import java.time.InstantSource;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.RecordStorageContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions in Redis keep every promise, and no key is ever without a time to live. */
class RedisStorageTests {

	@Nested
	class Single extends Contract {

		Single() {
			super(RedisTopology.SINGLE);
		}

	}

	@Nested
	class Sentinel extends Contract {

		Sentinel() {
			super(RedisTopology.SENTINEL);
		}

	}

	@Nested
	class Cluster extends Contract {

		Cluster() {
			super(RedisTopology.CLUSTER);
		}

	}

	abstract static class Contract extends RecordStorageContract {

		private static final String PREFIX = "stored:";

		private final RedisTopology topology;

		Contract(RedisTopology topology) {
			this.topology = topology;
		}

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return new RedisStorageStrategy(this.topology.started().connections(), PREFIX, clock);
		}

		@Override
		public Set<Promise> notPromised() {
			return Set.of();
		}

		@AfterEach
		void noKeyIsWithoutATimeToLive() {
			for (RedisAdmin master : this.topology.started().masters()) {
				assertThat(master.withoutTimeToLive(PREFIX)).isZero();
			}
		}

	}

}
