package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
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

/**
 * Sees to it that there is a connection, from a thread of its own. Until the first one it
 * refuses at once: a client library would make one request after the other wait for a
 * connection of their own. Where a library keeps a connection that is silent for good,
 * because its server lost its power, it takes a new one, to whoever is the master now.
 */
final class LastingConnection implements RedisConnectionFactory, AutoCloseable {

	/** How long to wait between two attempts, here and in the libraries. */
	static final Duration RECONNECT_DELAY = Duration.ofMillis(200);

	private static final Duration HEARTBEAT = Duration.ofSeconds(1);

	private static final int SILENT_HEARTBEATS = 3;

	private static final Logger logger = LoggerFactory.getLogger(LastingConnection.class);

	private final Supplier<? extends RedisConnectionFactory> maker;

	private final @Nullable Consumer<RedisConnectionFactory> reset;

	private final String servers;

	private final Thread keeper = new Thread(this::keep, "sessionkit-redis-connection");

	private @Nullable RedisConnectionFactory made;

	private volatile @Nullable RedisConnectionFactory connected;

	private volatile @Nullable RuntimeException failure;

	/**
	 * Prepares the connection.
	 * @param maker makes the library's factory, started; it may fail and is then asked
	 * again
	 * @param reset drops the factory's connection; {@code null} where the library finds
	 * out by itself that one is dead
	 * @param servers where it leads
	 */
	LastingConnection(Supplier<? extends RedisConnectionFactory> maker,
			@Nullable Consumer<RedisConnectionFactory> reset, RedisConfiguration servers) {
		this.maker = maker;
		this.reset = reset;
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

	/** Returns where it leads, for messages. */
	@Override
	public String toString() {
		return this.servers;
	}

	LastingConnection open() {
		connect();
		this.keeper.start();
		return this;
	}

	private void keep() {
		try {
			int silent = 0;
			while (true) {
				RedisConnectionFactory factory = this.connected;
				Thread.sleep(((factory != null && silent == 0) ? HEARTBEAT : RECONNECT_DELAY).toMillis());
				if (factory == null) {
					connect();
				}
				else if (this.reset == null) {
					return;
				}
				else {
					silent = isSilent(factory) ? silent + 1 : 0;
					if (silent == SILENT_HEARTBEATS) {
						logger.debug("Redis did not answer {} pings; connecting again", SILENT_HEARTBEATS);
						this.connected = null;
						reset(factory, this.reset);
						silent = 0;
					}
				}
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The application ends");
		}
	}

	private static void reset(RedisConnectionFactory factory, Consumer<RedisConnectionFactory> reset) {
		try {
			reset.accept(factory);
		}
		catch (RuntimeException ex) {
			logger.debug("A silent connection to Redis could not be closed", ex);
		}
	}

	/** A connection that is known to be down is the library's own business. */
	private static boolean isSilent(RedisConnectionFactory factory) {
		try (RedisConnection connection = factory.getConnection()) {
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

	/** Called by one thread after the other, never by two at once. */
	private void connect() {
		try {
			RedisConnectionFactory factory = (this.made != null) ? this.made : this.maker.get();
			this.made = factory;
			factory.getConnection().close();
			this.connected = factory;
		}
		catch (RuntimeException ex) {
			logger.debug("Redis cannot be reached yet", ex);
			this.failure = ex;
		}
	}

	/**
	 * Returns the library's factory.
	 * @throws RedisConnectionFailureException if there is no connection
	 */
	RedisConnectionFactory connected() {
		RedisConnectionFactory factory = this.connected;
		if (factory == null) {
			throw new RedisConnectionFailureException("There is no connection to Redis yet", this.failure);
		}
		return factory;
	}

	/** Gives up connecting, and closes what was made. */
	@Override
	public void close() {
		this.keeper.interrupt();
		try {
			this.keeper.join();
			if (this.made instanceof DisposableBean library) {
				library.destroy();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
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
