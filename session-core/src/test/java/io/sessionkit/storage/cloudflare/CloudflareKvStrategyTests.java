package io.sessionkit.storage.cloudflare;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StrategyContract;

/**
 * A real KV namespace keeps the contract, but for what needs a compare-and-set or a read
 * before a create.
 */
class CloudflareKvStrategyTests extends StrategyContract {

	private final String prefix = "strategy/" + UUID.randomUUID() + ":";

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		return LocalKv.shared().strategy(this.prefix, clock);
	}

	@Override
	protected Set<Promise> notPromised() {
		return Set.of(Promise.CONDITIONAL_WRITES, Promise.TELLS_TAKEN);
	}

	@Override
	protected Duration tombstoneLife(Duration asked) {
		return Duration.ofMinutes(5);
	}

	@Override
	protected void corrupt(String key, byte[] stored) {
		LocalKv.shared().put(this.prefix + key, stored);
	}

	@Override
	protected Collection<byte[]> dump() {
		return LocalKv.shared().dump(this.prefix);
	}

}
