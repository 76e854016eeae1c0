package io.sessionkit;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessionkit.SessionStorageListener.StoreCall;
import io.sessionkit.SessionStorageListener.StoreCallEnd;
import io.sessionkit.SessionStorageListener.StoreOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Reports every call of a strategy to the listener, and turns every exception of the
 * strategy into a {@link SessionStorageException}.
 */
record GuardedStrategy(SessionIdStorageStrategy strategy,
		SessionStorageListener listener) implements SessionIdStorageStrategy {

	@Override
	public boolean createData(String key, SessionRecord record) {
		return call(StoreCall.CREATE, () -> this.strategy.createData(key, record),
				(created) -> created ? StoreOutcome.DONE : StoreOutcome.TAKEN);
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return this.<@Nullable SessionRecord>call(StoreCall.READ, () -> this.strategy.readData(key),
				(found) -> (found != null) ? StoreOutcome.DONE : StoreOutcome.ABSENT);
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return call(StoreCall.UPDATE, () -> this.strategy.updateData(key, record), GuardedStrategy::outcome);
	}

	@Override
	public UpdateOutcome moveData(String oldKey, SessionRecord tombstone, String newKey, SessionRecord record) {
		return call(StoreCall.MOVE, () -> this.strategy.moveData(oldKey, tombstone, newKey, record),
				GuardedStrategy::outcome);
	}

	private static StoreOutcome outcome(UpdateOutcome outcome) {
		return outcome.isConflict() ? StoreOutcome.CONFLICT
				: (outcome.isGone()) ? StoreOutcome.GONE : StoreOutcome.DONE;
	}

	@Override
	public void deleteData(String key) {
		call(StoreCall.DELETE, () -> {
			this.strategy.deleteData(key);
			return true;
		}, (done) -> StoreOutcome.DONE);
	}

	@Override
	public Map<String, SessionRecord> readAll(Collection<String> keys) {
		return call(StoreCall.READ_ALL, () -> this.strategy.readAll(keys),
				(found) -> found.isEmpty() ? StoreOutcome.ABSENT : StoreOutcome.DONE);
	}

	@Override
	public boolean isConsistent() {
		return this.strategy.isConsistent();
	}

	private <T extends @Nullable Object> T call(StoreCall verb, Supplier<T> call, Function<T, StoreOutcome> outcome) {
		if (this.listener == Listeners.NONE) {
			return guarded(verb, call);
		}
		StoreCallEnd end = this.listener.storeCalling(verb);
		long begin = System.nanoTime();
		StoreOutcome result = StoreOutcome.FAILED;
		RuntimeException failure = null;
		try {
			T value = guarded(verb, call);
			result = outcome.apply(value);
			return value;
		}
		catch (RuntimeException ex) {
			failure = ex;
			throw ex;
		}
		finally {
			Duration time = Duration.ofNanos(System.nanoTime() - begin);
			if (end != null) {
				end.ended(result, failure);
			}
			this.listener.storeCalled(verb, result, time);
		}
	}

	private <T extends @Nullable Object> T guarded(StoreCall verb, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (SessionException ex) {
			throw ex;
		}
		catch (Exception ex) { // Kotlin declares none
			throw new SessionStorageException("%s failed to %s a session record: %s; its text is logged at DEBUG"
				.formatted(this.strategy.getClass().getSimpleName(), verb.name().toLowerCase(Locale.ROOT),
						ex.getClass().getSimpleName()),
					ex);
		}
	}

}
