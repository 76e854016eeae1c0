package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceSslClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Opens a connection of our own to the servers of Spring Boot's Lettuce connection, with
 * the same credentials, TLS, client name, resources and customizers. In contrast to the
 * latter it uses {@code sessionkit.timeout}, does not queue commands while it is
 * disconnected, does not resend commands that were in flight, and always uses the master.
 */
final class LettuceSessionConnections {

	private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(15);

	private static final Duration LEAST_BETWEEN_REFRESHES = Duration.ofSeconds(1);

	private LettuceSessionConnections() {
	}

	static SessionRedisConnections open(LettuceConnectionFactory theirs, ListableBeanFactory beanFactory,
			Duration timeout) {
		ClientResources resources = resources(theirs.getClientConfiguration());
		RedisConfiguration servers = servers(theirs, beanFactory);
		LettuceConnectionFactory ours = new LettuceConnectionFactory(servers, client(theirs, resources, timeout));
		ours.afterPropertiesSet();
		LastingRedisConnectionFactory connection = new LastingRedisConnectionFactory(ours, servers).open();
		return new SessionRedisConnections(connection, () -> {
			connection.close();
			resources.shutdown(0, timeout.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(timeout.toMillis());
		});
	}

	/**
	 * Returns the application's resources, with its addresses, metrics and threads, but
	 * with our reconnect delay. Resources that {@code mutate} copies are shut down with
	 * the copy, unless they are passed on explicitly.
	 */
	private static ClientResources resources(LettuceClientConfiguration client) {
		ClientResources theirs = client.getClientResources().orElseThrow();
		return theirs.mutate()
			.eventLoopGroupProvider(theirs.eventLoopGroupProvider())
			.eventExecutorGroup(theirs.eventExecutorGroup())
			.timer(theirs.timer())
			.commandLatencyRecorder(theirs.commandLatencyRecorder())
			.reconnectDelay(Delay.constant(LastingRedisConnectionFactory.RECONNECT_DELAY))
			.build();
	}

	private static LettuceClientConfiguration client(LettuceConnectionFactory factory, ClientResources resources,
			Duration timeout) {
		LettuceClientConfiguration theirs = factory.getClientConfiguration();
		LettuceClientConfigurationBuilder ours = LettuceClientConfiguration.builder()
			.clientResources(resources)
			.clientOptions(options(theirs.getClientOptions().orElseGet(ClientOptions::create), timeout,
					factory.isClusterAware()))
			.commandTimeout(timeout)
			.shutdownQuietPeriod(Duration.ZERO)
			.shutdownTimeout(theirs.getShutdownTimeout());
		theirs.getClientName().ifPresent(ours::clientName);
		theirs.getRedisCredentialsProviderFactory().ifPresent(ours::redisCredentialsProviderFactory);
		if (theirs.isUseSsl()) {
			LettuceSslClientConfigurationBuilder tls = ours.useSsl().verifyPeer(theirs.getVerifyMode());
			if (theirs.isStartTls()) {
				tls.startTls();
			}
		}
		return ours.build();
	}

	private static ClientOptions options(ClientOptions theirs, Duration timeout, boolean cluster) {
		ClientOptions.Builder ours = cluster ? clusterOptions(theirs) : theirs.mutate();
		return ours.autoReconnect(true)
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.replayFilter((command) -> true)
			.socketOptions(theirs.getSocketOptions().mutate().connectTimeout(timeout).build())
			// The caller already waits with this timeout, so no timer is needed.
			.timeoutOptions(TimeoutOptions.create())
			.build();
	}

	private static ClusterClientOptions.Builder clusterOptions(ClientOptions theirs) {
		boolean dynamicSources = !(theirs instanceof ClusterClientOptions options)
				|| options.getTopologyRefreshOptions().useDynamicRefreshSources();
		return ClusterClientOptions.builder(theirs)
			.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
				.dynamicRefreshSources(dynamicSources)
				.enablePeriodicRefresh(TOPOLOGY_REFRESH)
				.adaptiveRefreshTriggersTimeout(LEAST_BETWEEN_REFRESHES)
				.build());
	}

	private static RedisConfiguration servers(LettuceConnectionFactory theirs, ListableBeanFactory beanFactory) {
		if (theirs.getSentinelConfiguration() != null) {
			return theirs.getSentinelConfiguration();
		}
		if (theirs.getClusterConfiguration() != null) {
			return theirs.getClusterConfiguration();
		}
		RedisStaticMasterReplicaConfiguration masterReplica = masterReplica(beanFactory);
		return (masterReplica != null) ? masterReplica : theirs.getStandaloneConfiguration();
	}

	/**
	 * Returns the only kind of servers that the factory of Spring Boot does not expose.
	 */
	private static @Nullable RedisStaticMasterReplicaConfiguration masterReplica(ListableBeanFactory beanFactory) {
		RedisStaticMasterReplicaConfiguration bean = beanFactory
			.getBeanProvider(RedisStaticMasterReplicaConfiguration.class)
			.getIfAvailable();
		DataRedisConnectionDetails details = beanFactory.getBeanProvider(DataRedisConnectionDetails.class)
			.getIfAvailable();
		if (bean != null || details == null || details.getMasterReplica() == null) {
			return bean;
		}
		Node first = details.getMasterReplica().getNodes().get(0);
		RedisStaticMasterReplicaConfiguration servers = new RedisStaticMasterReplicaConfiguration(first.host(),
				first.port());
		details.getMasterReplica()
			.getNodes()
			.stream()
			.skip(1)
			.forEach((node) -> servers.addNode(node.host(), node.port()));
		servers.setUsername(details.getUsername());
		servers.setPassword(RedisPassword.of(details.getPassword()));
		return servers;
	}

}
