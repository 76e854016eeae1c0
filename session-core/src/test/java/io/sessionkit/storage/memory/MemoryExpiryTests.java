package io.sessionkit.storage.memory;

import java.time.InstantSource;
import java.util.UUID;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.contract.ExpiryContract;
import org.jspecify.annotations.Nullable;

/** Memory tells of what has expired, by the threads of later writes. */
class MemoryExpiryTests extends ExpiryContract {

	private @Nullable MemoryStorageStrategy memory;

	private InstantSource clock = InstantSource.system();

	@Override
	protected SessionIdStorageStrategy node(InstantSource clock) {
		if (this.memory == null) {
			this.memory = new MemoryStorageStrategy(1000, clock);
			this.clock = clock;
		}
		return this.memory;
	}

	@Override
	protected void cleanUp(SessionIdStorageStrategy node) {
		for (int i = 0; i < 100; i++) {
			String key = UUID.randomUUID().toString();
			node.createData(key, new SessionRecord(1, this.clock.instant().plusSeconds(1), new byte[] { '{' }));
			node.deleteData(key);
		}
	}

}
