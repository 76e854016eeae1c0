package io.sessionkit.storage.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

import io.lettuce.core.ScriptOutputType;
import io.sessionkit.SessionStorage;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StorageContract;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions in a Redis that is shared with a peer keep the promises of the contract, but
 * for those that its records have no room for.
 */
class SharedRedisStorageTests {

	@Nested
	class ReactRouter extends Contract {

		ReactRouter() {
			super(RedisTopology.SINGLE, CookieFormat.REACT_ROUTER);
		}

	}

	@Nested
	class Remix extends Contract {

		Remix() {
			super(RedisTopology.SINGLE, CookieFormat.REMIX);
		}

	}

	@Nested
	class ReactRouterInACluster extends Contract {

		ReactRouterInACluster() {
			super(RedisTopology.CLUSTER, CookieFormat.REACT_ROUTER);
		}

	}

	@Nested
	class RemixInACluster extends Contract {

		RemixInACluster() {
			super(RedisTopology.CLUSTER, CookieFormat.REMIX);
		}

	}

	abstract static class Contract extends StorageContract {

		private static final String PREFIX = "shared:";

		/** What has no time left goes; what has, to the second, gets less. */
		private static final String LET_PASS = """
				for _, pattern in ipairs({ARGV[1] .. '*', '{' .. ARGV[1] .. '*'}) do
				  for _, key in ipairs(redis.call('KEYS', pattern)) do
				    local left = redis.call('PTTL', key)
				    if left >= 0 then
				      left = math.floor(left / 1000 + 0.5) * 1000 - tonumber(ARGV[2])
				      if left > 0 then redis.call('PEXPIRE', key, left) else redis.call('DEL', key) end
				    end
				  end
				end
				return 1
				""";

		private final RedisTopology topology;

		private final CookieFormat format;

		Contract(RedisTopology topology, CookieFormat format) {
			this.topology = topology;
			this.format = format;
		}

		@Override
		public SessionStorage.Builder builder(SessionCookie cookie) {
			return SessionStorage.builder(cookie, strategy(PREFIX));
		}

		@Override
		public SessionStorage.Builder elsewhere(SessionCookie cookie) {
			return SessionStorage.builder(cookie, strategy("elsewhere:"));
		}

		private SharedRedisStorageStrategy strategy(String prefix) {
			return new SharedRedisStorageStrategy(this.topology.started().connections(), prefix, this.format, clock());
		}

		@Override
		public SessionCookie.Builder protect(SessionCookie.Builder cookie, String... secrets) {
			return cookie.format(this.format).signedWith(secrets);
		}

		@Override
		public void letPass(Duration time) {
			super.letPass(time);
			for (RedisAdmin master : this.topology.started().masters()) {
				master.commands()
					.<Long>eval(LET_PASS, ScriptOutputType.INTEGER, new byte[0][], ascii(PREFIX),
							ascii(Long.toString(time.toMillis())));
			}
		}

		private static byte[] ascii(String text) {
			return text.getBytes(StandardCharsets.US_ASCII);
		}

		@Override
		public Set<Promise> notPromised() {
			return Set.of(Promise.KNOWN_AGE, Promise.OWN_LIFE, Promise.BOUND_COOKIE);
		}

		@AfterEach
		void noKeyIsWithoutATimeToLive() {
			for (RedisAdmin master : this.topology.started().masters()) {
				assertThat(master.withoutTimeToLive(PREFIX)).isZero();
				assertThat(master.withoutTimeToLive("{" + PREFIX)).isZero();
				master.commands().flushall();
			}
		}

	}

}
