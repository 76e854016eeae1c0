package io.sessionkit.storage.dynamodb;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.StrategyFactory;
import io.sessionkit.contract.TwoProcessContract;

/** Two processes share one table. */
class DynamoDbTwoProcessTests extends TwoProcessContract {

	private final String endpoint = LocalDynamoDb.shared().endpoint().toString();

	@Override
	protected Class<? extends StrategyFactory> factory() {
		return Factory.class;
	}

	@Override
	protected List<String> arguments() {
		return List.of(this.endpoint);
	}

	@Override
	protected int rounds() {
		return 40;
	}

	/** Each process has a client of its own. */
	public static final class Factory implements StrategyFactory {

		@Override
		public SessionIdStorageStrategy strategy(List<String> arguments) {
			return LocalDynamoDb.strategy(Clients.to(URI.create(arguments.get(0))), "processes",
					InstantSource.system());
		}

	}

}
