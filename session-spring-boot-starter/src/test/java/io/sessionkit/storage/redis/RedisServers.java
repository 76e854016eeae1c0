package io.sessionkit.storage.redis;

import java.util.stream.Collectors;

/**
 * Where the servers are that all tests share.
 */
public final class RedisServers {

	private RedisServers() {
	}

	/** For {@code spring.data.redis.cluster.nodes}. */
	public static String clusterNodes() {
		return RedisTopology.CLUSTER.started()
			.masters()
			.stream()
			.map((master) -> "127.0.0.1:" + master.port())
			.collect(Collectors.joining(","));
	}

}
