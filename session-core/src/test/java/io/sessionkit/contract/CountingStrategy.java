package io.sessionkit.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Passes everything on to another strategy and remembers what was asked.
 */
public class CountingStrategy implements SessionIdStorageStrategy {

	private final SessionIdStorageStrategy strategy;

	private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();

	/** Counts the calls to this strategy. */
	public CountingStrategy(SessionIdStorageStrategy strategy) {
		this.strategy = strategy;
	}

	/**
	 * One call.
	 *
	 * @param verb create, read, update, delete, move or readAll
	 * @param key the key
	 * @param record what was to be written
	 */
	record Call(String verb, String key, @Nullable SessionRecord record) {
	}

	@Override
	public void onExpired(BiConsumer<String, SessionRecord> listener) {
		this.strategy.onExpired(listener);
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		this.calls.add(new Call("create", key, record));
		return this.strategy.createData(key, record);
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		this.calls.add(new Call("read", key, null));
		return this.strategy.readData(key);
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		this.calls.add(new Call("update", key, record));
		return this.strategy.updateData(key, record);
	}

	@Override
	public UpdateOutcome moveData(String oldKey, SessionRecord tombstone, String newKey, SessionRecord record) {
		this.calls.add(new Call("move", newKey, record));
		return this.strategy.moveData(oldKey, tombstone, newKey, record);
	}

	@Override
	public Map<String, SessionRecord> readAll(Collection<String> keys) {
		keys.forEach((key) -> this.calls.add(new Call("readAll", key, null)));
		return this.strategy.readAll(keys);
	}

	@Override
	public boolean isConsistent() {
		return this.strategy.isConsistent();
	}

	@Override
	public void deleteData(String key) {
		this.calls.add(new Call("delete", key, null));
		this.strategy.deleteData(key);
	}

	/** Returns the verbs called since the last time, in order. */
	public List<String> takeCalls() {
		List<String> verbs = new ArrayList<>();
		for (Call call = this.calls.poll(); call != null; call = this.calls.poll()) {
			verbs.add(call.verb());
		}
		return verbs;
	}

	/** Returns the keys that were to be created. */
	public Set<String> keys() {
		return this.calls.stream()
			.filter((call) -> Set.of("create", "move").contains(call.verb()))
			.map(Call::key)
			.collect(Collectors.toSet());
	}

	/** Returns the key that was to be created last. */
	public String lastKey() {
		return this.calls.stream()
			.filter((call) -> Set.of("create", "move").contains(call.verb()))
			.map(Call::key)
			.reduce((one, other) -> other)
			.orElseThrow();
	}

	/** Returns keys and bodies as text. */
	List<String> everythingSeen() {
		return this.calls.stream()
			.map((call) -> call.key()
					+ ((call.record() != null) ? new String(call.record().body(), StandardCharsets.UTF_8) : ""))
			.toList();
	}

	/** Replaces the body of a record, as another version of the library would. */
	public void overwrite(String key, byte[] body) {
		SessionRecord present = this.strategy.readData(key);
		if (present == null
				|| !this.strategy.updateData(key, new SessionRecord(present.version() + 1, present.expires(), body))
					.isUpdated()) {
			throw new AssertionError("There is no record to overwrite");
		}
	}

}
