package io.sessionkit.spring.app;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.storage.memory.MemoryStorageStrategy;

/**
 * Keeps records in memory, writes down each call, and fails where it is told to.
 */
public final class CountingStrategy implements SessionIdStorageStrategy {

	/** The four calls. */
	public enum Call {

		CREATE, READ, UPDATE, DELETE

	}

	private final SessionIdStorageStrategy records = new MemoryStorageStrategy();

	private final List<Call> calls = new ArrayList<>();

	private final Set<Call> failing = EnumSet.noneOf(Call.class);

	private Supplier<RuntimeException> failure = CountingStrategy::down;

	private static SessionStorageException down() {
		return new SessionStorageException("The store of this test is down", null);
	}

	/** The calls since the last time that this was asked. */
	public synchronized List<Call> calls() {
		List<Call> calls = List.copyOf(this.calls);
		this.calls.clear();
		return calls;
	}

	public void fail(Call... calls) {
		fail(CountingStrategy::down, calls);
	}

	public synchronized void fail(Supplier<RuntimeException> failure, Call... calls) {
		this.failing.addAll(List.of(calls));
		this.failure = failure;
	}

	public synchronized void recover() {
		this.failing.clear();
		this.calls.clear();
	}

	private synchronized SessionIdStorageStrategy counted(Call call) {
		this.calls.add(call);
		if (this.failing.contains(call)) {
			throw this.failure.get();
		}
		return this.records;
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		return counted(Call.CREATE).createData(key, record);
	}

	@Override
	public SessionRecord readData(String key) {
		return counted(Call.READ).readData(key);
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return counted(Call.UPDATE).updateData(key, record);
	}

	@Override
	public void deleteData(String key) {
		counted(Call.DELETE).deleteData(key);
	}

}
