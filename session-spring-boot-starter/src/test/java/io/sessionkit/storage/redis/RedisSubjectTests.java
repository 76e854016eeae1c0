package io.sessionkit.storage.redis;

import java.time.InstantSource;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.SubjectContract;
import org.junit.jupiter.api.Nested;

/** Redis finds the sessions of a subject, in a cluster too. */
class RedisSubjectTests {

	@Nested
	class Single extends Contract {

		Single() {
			super(RedisTopology.SINGLE);
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
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return new RedisStorageStrategy(this.topology.started().connections(), "test:", clock);
		}

	}

}
