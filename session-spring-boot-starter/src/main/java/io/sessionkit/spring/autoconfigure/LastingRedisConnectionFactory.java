package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisSentinelConnection;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Covers two cases that Lettuce does not, with a background thread. Until the first
 * connection is open, commands are rejected at once, where Lettuce would let one request
 * after the other wait for a connection. If a connection no longer responds, for instance
 * because its server lost power, a new one to the current master is opened. In a cluster
 * the topology refresh does the latter.
 */
final class LastingRedisConnectionFactory implements RedisConnectionFactory, AutoCloseable {

	/** The delay between two connection attempts, here and in Lettuce. */
	static final Duration RECONNECT_DELAY = Duration.ofMillis(200);

	private static final Duration HEARTBEAT = Duration.ofSeconds(1);

	private static final int SILENT_HEARTBEATS = 3;

	private static final Logger logger = LoggerFactory.getLogger(LastingRedisConnectionFactory.class);

	private final LettuceConnectionFactory lettuce;

	private final String servers;

	private final Thread keeper = new Thread(this::keep, "sessionkit-redis-connection");

	private volatile boolean connected;

	private volatile @Nullable RuntimeException failure;

	/**
	 * Prepares the connection.
	 * @param lettuce the connection factory, already started
	 * @param servers the servers it connects to
	 */
	LastingRedisConnectionFactory(LettuceConnectionFactory lettuce, RedisConfiguration servers) {
		this.lettuce = lettuce;
		this.servers = describe(servers);
		this.keeper.setDaemon(true);
	}

	private static String describe(RedisConfiguration servers) {
		if (servers instanceof RedisConfiguration.ClusterConfiguration cluster) {
			return addresses(cluster.getClusterNodes());
		}
		if (servers instanceof RedisConfiguration.SentinelConfiguration sentinel) {
			return addresses(sentinel.getSentinels()) + " (Sentinel)";
		}
		if (servers instanceof RedisStaticMasterReplicaConfiguration replicated) {
			return addresses(replicated.getNodes());
		}
		return addresses(List.of(servers));
	}

	private static String addresses(Iterable<?> servers) {
		StringJoiner addresses = new StringJoiner(", ");
		for (Object server : servers) {
			if (server instanceof RedisNode node) {
				addresses.add(node.asString());
			}
			else if (server instanceof RedisConfiguration.WithHostAndPort host) {
				addresses.add(host.getHostName() + ":" + host.getPort());
			}
			else if (server instanceof RedisConfiguration.WithDomainSocket socket) {
				addresses.add(socket.getSocket());
			}
		}
		return addresses.toString();
	}

	/** Returns the addresses of the servers, for messages. */
	@Override
	public String toString() {
		return this.servers;
	}

	LastingRedisConnectionFactory open() {
		connect();
		this.keeper.start();
		return this;
	}

	private void keep() {
		try {
			int silent = 0;
			while (true) {
				Thread.sleep(((this.connected && silent == 0) ? HEARTBEAT : RECONNECT_DELAY).toMillis());
				if (!this.connected) {
					connect();
				}
				else if (this.lettuce.isClusterAware()) {
					return;
				}
				else {
					silent = isSilent() ? silent + 1 : 0;
					if (silent == SILENT_HEARTBEATS) {
						logger.debug("Redis did not answer {} pings; reconnecting", SILENT_HEARTBEATS);
						this.connected = false;
						reset();
						silent = 0;
					}
				}
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The application is shutting down");
		}
	}

	private void reset() {
		try {
			this.lettuce.resetConnection();
		}
		catch (RuntimeException ex) {
			logger.debug("A connection to Redis that does not respond could not be closed", ex);
		}
	}

	/**
	 * Whether the connection does not respond. Lettuce itself handles a connection that
	 * is known to be down.
	 */
	private boolean isSilent() {
		try (RedisConnection connection = this.lettuce.getConnection()) {
			connection.ping();
			return false;
		}
		catch (QueryTimeoutException ex) {
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/** Called by two threads, but never at the same time. */
	private void connect() {
		try {
			this.lettuce.getConnection().close();
			this.connected = true;
		}
		catch (RuntimeException ex) {
			logger.debug("Redis cannot be reached yet", ex);
			this.failure = ex;
		}
	}

	/**
	 * Returns the connection factory of Lettuce.
	 * @throws RedisConnectionFailureException if there is no connection yet
	 */
	LettuceConnectionFactory connected() {
		if (!this.connected) {
			throw new RedisConnectionFailureException("There is no connection to Redis yet", this.failure);
		}
		return this.lettuce;
	}

	/** Stops connection attempts and closes all connections. */
	@Override
	public void close() {
		this.keeper.interrupt();
		try {
			this.keeper.join();
			this.lettuce.destroy();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.debug("The Redis connection could not be closed", ex);
		}
	}

	@Override
	public RedisConnection getConnection() {
		return connected().getConnection();
	}

	@Override
	public RedisClusterConnection getClusterConnection() {
		return connected().getClusterConnection();
	}

	@Override
	public RedisSentinelConnection getSentinelConnection() {
		return connected().getSentinelConnection();
	}

	@Override
	public boolean getConvertPipelineAndTxResults() {
		return true;
	}

	@Override
	public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException failure) {
		return null;
	}

}
