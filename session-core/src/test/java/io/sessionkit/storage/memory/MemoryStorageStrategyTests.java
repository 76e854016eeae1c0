package io.sessionkit.storage.memory;

import java.time.InstantSource;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StrategyContract;

/** Memory keeps the promises of the contract; it has no stored form to look at. */
class MemoryStorageStrategyTests extends StrategyContract {

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		return new MemoryStorageStrategy(10_000, clock);
	}

	@Override
	protected Set<Promise> notPromised() {
		return Set.of(Promise.RAW_ACCESS);
	}

}
