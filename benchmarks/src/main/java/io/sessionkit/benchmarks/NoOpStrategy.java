package io.sessionkit.benchmarks;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A store that costs nothing, so that what is measured on top of it is the library: every
 * key names the record that was created last, and no update changes it. For one thread.
 */
final class NoOpStrategy implements SessionIdStorageStrategy {

	private @Nullable SessionRecord record;

	private @Nullable SessionRecord written;

	private long updates;

	/** The last update. */
	@Nullable SessionRecord written() {
		return this.written;
	}

	long updates() {
		return this.updates;
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		this.record = record;
		return true;
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return this.record;
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		this.written = record;
		this.updates++;
		return UpdateOutcome.UPDATED;
	}

	@Override
	public void deleteData(String key) {
		// There is nothing to remove.
	}

}
