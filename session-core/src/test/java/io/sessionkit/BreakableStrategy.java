package io.sessionkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;

/** Memory whose verbs can be broken one by one. */
final class BreakableStrategy implements SessionIdStorageStrategy {

	final SessionIdStorageStrategy memory = new MemoryStorageStrategy();

	final Set<String> broken = new TreeSet<>();

	final List<String> calls = new ArrayList<>();

	RuntimeException failure = new UnsupportedOperationException("broken for a test");

	boolean taken;

	boolean conflict;

	String created = "";

	String lastKey = "";

	private void called(String verb, String key) {
		this.calls.add(verb);
		this.lastKey = key;
		if (this.broken.contains(verb)) {
			throw this.failure;
		}
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		called("create", key);
		this.created = key;
		return !this.taken && this.memory.createData(key, record);
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		called("read", key);
		return this.memory.readData(key);
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		called("update", key);
		return this.conflict ? UpdateOutcome.CONFLICT : this.memory.updateData(key, record);
	}

	@Override
	public void deleteData(String key) {
		called("delete", key);
		this.memory.deleteData(key);
	}

}
