package io.sessionkit.storage.memory;

import java.time.InstantSource;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.RecordStorageContract;

/** Sessions in memory keep every promise of the contract. */
class MemoryStorageTests extends RecordStorageContract {

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		return new MemoryStorageStrategy(100_000, clock);
	}

	@Override
	protected SessionIdStorageStrategy secondNode(SessionIdStorageStrategy first, InstantSource clock) {
		return first;
	}

	/** As many as of the strategy by itself: they cost nothing here. */
	@Override
	public int rounds() {
		return 3000;
	}

	@Override
	public Set<Promise> notPromised() {
		return Set.of();
	}

}
