package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StrategyContract;
import org.junit.jupiter.api.Nested;

/** Redis keeps every promise of the contract, however it is set up and reached. */
class RedisStrategyTests {

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

	abstract static class Contract extends StrategyContract {

		private final RedisTopology topology;

		Contract(RedisTopology topology) {
			this.topology = topology;
		}

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return new RedisStorageStrategy(this.topology.started().connections(), "test:", clock);
		}

		@Override
		protected Set<Promise> notPromised() {
			return Set.of();
		}

		@Override
		protected void corrupt(String key, byte[] stored) {
			byte[] redisKey = ("test:" + key).getBytes(StandardCharsets.US_ASCII);
			this.topology.started().masterOf(redisKey).commands().set(redisKey, stored);
		}

		@Override
		protected Collection<byte[]> dump() {
			return this.topology.started().dump();
		}

	}

}
