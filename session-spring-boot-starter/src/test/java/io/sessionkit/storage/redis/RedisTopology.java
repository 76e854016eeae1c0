package io.sessionkit.storage.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lettuce.core.cluster.SlotHash;
import io.sessionkit.spring.autoconfigure.OwnConnections;
import redis.embedded.Redis;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisShardedCluster;
import redis.embedded.core.RedisShardedClusterBuilder;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Servers and the connections to them that an application gets. Each is started once for
 * all tests.
 */
enum RedisTopology {

	/** One server. */
	SINGLE {

		@Override
		Started start() {
			RedisProcess process = RedisProcess.running();
			return Started.of(List.of(process.admin()), process.properties());
		}

	},

	/** One server that a Sentinel names. */
	SENTINEL {

		@Override
		Started start() throws IOException {
			RedisProcess process = RedisProcess.running();
			int port = RedisBinary.freePort();
			RedisSentinel sentinel = RedisSentinel.newRedisSentinel()
				.executableProvider(RedisBinary.executable())
				.bind("127.0.0.1")
				.port(port)
				.masterName("sessions")
				.masterPort(process.port())
				.quorumSize(1)
				.build();
			sentinel.start();
			return Started.of(List.of(process.admin()), "spring.data.redis.sentinel.master=sessions",
					"spring.data.redis.sentinel.nodes=127.0.0.1:" + port);
		}

	},

	/** Three masters. */
	CLUSTER {

		@Override
		Started start() throws IOException {
			List<Integer> ports = IntStream.range(0, 3).mapToObj((i) -> RedisBinary.freePort()).toList();
			RedisShardedClusterBuilder builder = RedisShardedCluster.newRedisCluster()
				.withServerBuilder(RedisBinary.server())
				.serverPorts(ports);
			ports.forEach((port) -> builder.shard("shard" + port, 0));
			Redis cluster = builder.build();
			cluster.start();
			Started started = Started.of(ports.stream().map(RedisAdmin::new).toList(),
					"spring.data.redis.cluster.nodes="
							+ ports.stream().map((port) -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
			try {
				// The library has asked the first master alone.
				started.awaitUp();
				return started;
			}
			catch (AssertionError ex) {
				cluster.stop();
				throw ex;
			}
		}

	};

	private static final Map<RedisTopology, Started> RUNNING = new ConcurrentHashMap<>();

	abstract Started start() throws IOException;

	Started started() {
		return RUNNING.computeIfAbsent(this, (topology) -> {
			try {
				return start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * What runs.
	 *
	 * @param masters the servers with keys
	 * @param properties where an application finds them
	 * @param connections what the strategy gets
	 */
	record Started(List<RedisAdmin> masters, List<String> properties, RedisConnectionFactory connections) {

		private static final Duration UP_WITHIN = Duration.ofSeconds(20);

		static Started of(List<RedisAdmin> masters, String... properties) {
			return new Started(masters, List.of(properties), OwnConnections.to(properties));
		}

		/** Silences all masters, as {@link RedisProcess#freeze} does one. */
		Runnable freeze() {
			List<Runnable> thaw = this.masters.stream().map(RedisProcess::freeze).toList();
			return () -> thaw.forEach(Runnable::run);
		}

		/**
		 * Waits for each server: those of a cluster that has just come up, or was silent,
		 * refuse commands for a while, one longer than another.
		 */
		void awaitUp() {
			RedisProcess.await("all servers are up", UP_WITHIN, this::isUp);
		}

		private boolean isUp() {
			return this.masters.size() == 1 || this.masters.stream()
				.allMatch((master) -> master.commands().clusterInfo().contains("cluster_state:ok")
						&& !master.commands().clusterNodes().contains("fail"));
		}

		Collection<byte[]> dump() {
			List<byte[]> dump = new ArrayList<>();
			this.masters.forEach((master) -> dump.addAll(master.dump()));
			return dump;
		}

		/** The server that has this key. */
		RedisAdmin masterOf(byte[] key) {
			if (this.masters.size() == 1) {
				return this.masters.get(0);
			}
			int slot = SlotHash.getSlot(key);
			return this.masters.stream()
				.filter((master) -> master.commands()
					.clusterNodes()
					.lines()
					.filter((line) -> line.contains("myself"))
					.anyMatch((line) -> hasSlot(line, slot)))
				.findFirst()
				.orElseThrow();
		}

		private static boolean hasSlot(String node, int slot) {
			String[] parts = node.split(" ", -1);
			for (int i = 8; i < parts.length; i++) {
				String[] range = parts[i].trim().split("-", -1);
				if (Integer.parseInt(range[0]) <= slot && slot <= Integer.parseInt(range[range.length - 1])) {
					return true;
				}
			}
			return false;
		}

	}

}
