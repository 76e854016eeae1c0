package io.sessionkit.storage.cloudflare;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.RecordStorageContract;

/**
 * Sessions in a real KV namespace keep the contract where requests do not overlap and
 * reads are fresh; what KV itself cannot promise is declared.
 */
class CloudflareKvStorageTests extends RecordStorageContract {

	private final String prefix = "storage/" + UUID.randomUUID() + ":";

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		return LocalKv.shared().strategy(this.prefix, clock);
	}

	@Override
	public Set<Promise> notPromised() {
		return Set.of(Promise.SHARED_BETWEEN_NODES, Promise.NO_LOST_CHANGE, Promise.FINAL_LOGOUT);
	}

	@Override
	public Duration tombstoneLife() {
		return Duration.ofMinutes(5);
	}

}
