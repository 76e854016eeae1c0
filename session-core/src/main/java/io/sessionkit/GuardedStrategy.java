package io.sessionkit;

import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Turns whatever a strategy throws into a {@link SessionStorageException}, so that a
 * store that is down is one thing to everybody above.
 */
record GuardedStrategy(SessionIdStorageStrategy strategy) implements SubjectIndexStrategy {

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

	@Override
	public Map<String, SessionRecord> findData(String subject, int limit) {
		if (this.strategy instanceof SubjectIndexStrategy index) {
			return call("find", () -> index.findData(subject, limit));
		}
		throw new IllegalStateException(this.strategy.getClass().getSimpleName()
				+ " cannot find the sessions of a subject; let it implement SubjectIndexStrategy");
	}

	@Override
	public void indexData(String subject, String key, Instant until) {
		if (this.strategy instanceof SubjectIndexStrategy index) {
			call("index", () -> {
				index.indexData(subject, key, until);
				return true;
			});
		}
	}

	private <T extends @Nullable Object> T call(String verb, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (SessionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new SessionStorageException("%s failed to %s a session record: %s; its text is logged at DEBUG"
				.formatted(this.strategy.getClass().getSimpleName(), verb, ex.getClass().getSimpleName()), ex);
		}
	}

}
