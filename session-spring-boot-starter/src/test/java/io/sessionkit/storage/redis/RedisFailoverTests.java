package io.sessionkit.storage.redis;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.autoconfigure.OwnConnections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.RedisSentinel;

import static org.assertj.core.api.Assertions.assertThat;

/** When a master is lost, sessions go on with the one that Sentinel names instead. */
class RedisFailoverTests {

	private static final String KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

	/** Of these, two are Sentinel's own. */
	private static final Duration FOLLOWED_WITHIN = Duration.ofSeconds(10);

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aFailoverIsFollowedWhetherTheOldMasterEndsOrFallsSilent(boolean ends) throws IOException {
		RedisProcess master = RedisProcess.running();
		RedisProcess replica = RedisProcess.running("replicaof 127.0.0.1 " + master.port());
		int port = RedisBinary.freePort();
		RedisSentinel sentinel = RedisSentinel.newRedisSentinel()
			.executableProvider(RedisBinary.executable())
			.bind("127.0.0.1")
			.port(port)
			.masterName("sessions")
			.masterPort(master.port())
			.quorumSize(1)
			.downAfterMilliseconds(500)
			.failOverTimeout(2000)
			.build();
		// Sentinel looks for replicas as it starts, and then every ten seconds.
		RedisProcess.await("the replica has caught up", FOLLOWED_WITHIN,
				() -> replica.admin().info("replication").get("master_link_status").startsWith("up"));
		sentinel.start();
		Runnable thaw = () -> {
		};
		try (RedisAdmin watch = new RedisAdmin(port)) {
			RedisProcess.await("Sentinel knows the replica", Duration.ofSeconds(20),
					() -> watch.info("sentinel").get("master0").contains("slaves=1"));
			try (OwnConnections connections = new OwnConnections("spring.data.redis.sentinel.master=sessions",
					"spring.data.redis.sentinel.nodes=127.0.0.1:" + port, "sessionkit.timeout=500ms")) {
				RedisStorageStrategy strategy = new RedisStorageStrategy(connections.factory(), "failover:");
				assertThat(strategy.createData(KEY, record(1))).isTrue();
				RedisProcess.await("it is replicated", FOLLOWED_WITHIN, () -> !replica.admin().keys().isEmpty());
				if (ends) {
					master.stop();
				}
				else {
					thaw = master.freeze();
				}
				RedisProcess.await("the new master is written", FOLLOWED_WITHIN, () -> isUpdated(strategy));
				assertThat(strategy.readData(KEY).version()).isEqualTo(2);
				assertThat(replica.admin().info("replication").get("role")).startsWith("master");
			}
		}
		finally {
			thaw.run();
			sentinel.stop();
			replica.close();
			master.close();
		}
	}

	private static SessionRecord record(long version) {
		return new SessionRecord(version, Instant.now().plusSeconds(60), new byte[10]);
	}

	private static boolean isUpdated(RedisStorageStrategy strategy) {
		try {
			return strategy.updateData(KEY, record(2)).isUpdated();
		}
		catch (SessionStorageException ex) {
			return false;
		}
	}

}
