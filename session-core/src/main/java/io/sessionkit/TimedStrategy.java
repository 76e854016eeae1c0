package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessionkit.SessionStorageListener.StoreCall;
import io.sessionkit.SessionStorageListener.StoreCallEnd;
import io.sessionkit.SessionStorageListener.StoreOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listener of every call of a strategy.
 */
record TimedStrategy(SubjectIndexStrategy strategy, SessionStorageListener listener) implements SubjectIndexStrategy {

	/** Leaves a strategy as it is where nobody listens. */
	static SubjectIndexStrategy of(SubjectIndexStrategy strategy, SessionStorageListener listener) {
		return (listener != Listeners.NONE) ? new TimedStrategy(strategy, listener) : strategy;
	}

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
		return call(StoreCall.UPDATE, () -> this.strategy.updateData(key, record), (outcome) -> switch (outcome) {
			case UPDATED -> StoreOutcome.DONE;
			case CONFLICT -> StoreOutcome.CONFLICT;
			case GONE -> StoreOutcome.GONE;
		});
	}

	@Override
	public void deleteData(String key) {
		call(StoreCall.DELETE, () -> {
			this.strategy.deleteData(key);
			return true;
		}, (done) -> StoreOutcome.DONE);
	}

	@Override
	public Map<String, SessionRecord> findData(String subject, int limit) {
		return call(StoreCall.FIND, () -> this.strategy.findData(subject, limit),
				(found) -> found.isEmpty() ? StoreOutcome.ABSENT : StoreOutcome.DONE);
	}

	@Override
	public void indexData(String subject, String key, Instant until) {
		call(StoreCall.INDEX, () -> {
			this.strategy.indexData(subject, key, until);
			return true;
		}, (done) -> StoreOutcome.DONE);
	}

	private <T extends @Nullable Object> T call(StoreCall verb, Supplier<T> call, Function<T, StoreOutcome> outcome) {
		StoreCallEnd end = this.listener.storeCalling(verb);
		long begin = System.nanoTime();
		StoreOutcome result = StoreOutcome.FAILED;
		RuntimeException failure = null;
		try {
			T value = call.get();
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

}
