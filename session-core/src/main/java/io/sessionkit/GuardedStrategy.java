package io.sessionkit;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Turns whatever a strategy throws into a {@link SessionStorageException}, so that a
 * store that is down is one thing to everybody above.
 */
record GuardedStrategy(SessionIdStorageStrategy strategy) implements SessionIdStorageStrategy {

	@Override
	public boolean createData(String key, SessionRecord record) {
		return call("create", () -> this.strategy.createData(key, record));
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return this.<@Nullable SessionRecord>call("read", () -> this.strategy.readData(key));
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return call("update", () -> this.strategy.updateData(key, record));
	}

	@Override
	public void deleteData(String key) {
		call("delete", () -> {
			this.strategy.deleteData(key);
			return true;
		});
	}

	private <T extends @Nullable Object> T call(String verb, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (SessionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new SessionStorageException("%s failed to %s a session record: %s; see the cause"
				.formatted(this.strategy.getClass().getSimpleName(), verb, ex.getClass().getSimpleName()), ex);
		}
	}

}
