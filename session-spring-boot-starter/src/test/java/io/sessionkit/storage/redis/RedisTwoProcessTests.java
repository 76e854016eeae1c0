package io.sessionkit.storage.redis;

import java.util.List;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.StrategyFactory;
import io.sessionkit.contract.TwoProcessContract;
import io.sessionkit.spring.autoconfigure.OwnConnections;

/** Two processes share one Redis. */
class RedisTwoProcessTests extends TwoProcessContract {

	private final List<String> server = List.of(RedisProcess.running().properties());

	@Override
	protected Class<? extends StrategyFactory> factory() {
		return Factory.class;
	}

	@Override
	protected List<String> arguments() {
		return this.server;
	}

	/** Each process has a connection of its own. */
	public static final class Factory implements StrategyFactory {

		@Override
		public SessionIdStorageStrategy strategy(List<String> arguments) {
			return new RedisStorageStrategy(OwnConnections.to(arguments.toArray(String[]::new)), "shared:");
		}

	}

}
