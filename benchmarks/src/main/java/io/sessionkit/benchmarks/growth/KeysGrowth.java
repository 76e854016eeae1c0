package io.sessionkit.benchmarks.growth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionTooLargeException;
import io.sessionkit.benchmarks.Measured;
import io.sessionkit.benchmarks.Results;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes one key of a session that has many: in memory, in a cookie as far as
 * it fits, and by the floor, which is Jackson of the whole into a map and back, kept
 * nowhere.
 */
final class KeysGrowth {

	private static final int[] KEYS = { 1, 3, 10, 30, 100 };

	/** A cipher that is kept must not profit from opening what it has just opened. */
	private static final int SESSIONS = 16;

	private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
	};

	private final CallMeter meter = new CallMeter(Duration.ofMillis(700), Duration.ofMillis(700));

	private final StringBuilder table = new StringBuilder("""
			| keys in a session | by | read one, us | bytes | write one, us | bytes |
			|---|---|---:|---:|---:|---:|
			""");

	private final JsonMapper json = JsonMapper.shared();

	private final Results results;

	private int turn;

	KeysGrowth(Results results) {
		this.results = results;
	}

	void run() {
		warmUp();
		for (int keys : KEYS) {
			measure(Integer.toString(keys), keys, KeysGrowth::characters);
		}
		int most = KEYS[KEYS.length - 1];
		measure(most + "-objects", most, KeysGrowth::item);
		this.results.table("growth-keys", this.table.toString());
	}

	/** So that the first number is not that of code that nobody has compiled yet. */
	private void warmUp() {
		Map<String, Object> session = session(KEYS[KEYS.length / 2], KeysGrowth::item);
		for (Subject subject : List.of(memory(session), cookie(session), floor(session))) {
			read(subject);
			write(subject, KeysGrowth::item);
		}
	}

	/** Of 20 characters. */
	private static Object characters(int number) {
		return String.format(Locale.ROOT, "value of 20 ch %05d", number % 100_000);
	}

	private static Object item(int number) {
		return Map.of("sku", "TEA-" + number % 10_000, "quantity", number % 10, "price", "12.50");
	}

	private static Map<String, Object> session(int keys, IntFunction<Object> values) {
		Map<String, Object> session = new LinkedHashMap<>();
		for (int i = 0; i < keys; i++) {
			session.put("key" + i, values.apply(i));
		}
		return session;
	}

	private void measure(String name, int keys, IntFunction<Object> values) {
		Map<String, Object> session = session(keys, values);
		row(name, "memory", "", memory(session), values);
		try {
			row(name, "cookie", "cookie-", cookie(session), values);
		}
		catch (SessionTooLargeException ex) {
			this.table.append("| ").append(name).append(" | cookie | too large for a cookie | | | |\n");
		}
		row(name, "floor", "floor-", floor(session), values);
	}

	private void row(String keys, String by, String prefix, Subject subject, IntFunction<Object> values) {
		Measured read = read(subject);
		Measured write = write(subject, values);
		String name = "growth.keys." + keys + "." + prefix;
		this.results.put(name + "read-micros", read.nanos() / 1e3);
		this.results.put(name + "read-bytes", read.bytes());
		this.results.put(name + "write-micros", write.nanos() / 1e3);
		this.results.put(name + "write-bytes", write.bytes());
		this.table.append(String.format(Locale.ROOT, "| %s | %s | %.2f | %,.0f | %.2f | %,.0f |%n", keys, by,
				read.nanos() / 1e3, read.bytes(), write.nanos() / 1e3, write.bytes()));
	}

	private Measured read(Subject subject) {
		return this.meter.measure(() -> "key" + this.turn++ % subject.keys, subject.read);
	}

	private Measured write(Subject subject, IntFunction<Object> values) {
		return this.meter.measure(() -> Map.entry("key" + this.turn % subject.keys, values.apply(this.turn++)),
				subject.write);
	}

	private Subject memory(Map<String, Object> values) {
		return storage(SessionStorage.of(Population.COOKIE, new MemoryStorageStrategy()), values);
	}

	private Subject cookie(Map<String, Object> values) {
		return storage(SessionStorage.inCookie(Population.COOKIE), values);
	}

	private Subject storage(SessionStorage storage, Map<String, Object> values) {
		List<String> cookies = new ArrayList<>();
		for (int i = 0; i < SESSIONS; i++) {
			Session session = storage.getSession(null);
			values.forEach(session::set);
			String header = Objects.requireNonNull(storage.commitSession(session));
			cookies.add(header.substring(0, header.indexOf(';')));
		}
		values.forEach((key, value) -> check(text(value).equals(text(storage.getSession(cookies.get(0)).get(key)))));
		return new Subject(values.size(), (key) -> check(storage.getSession(anyOf(cookies)).get(key) != null),
				(change) -> {
					Session session = storage.getSession(anyOf(cookies));
					session.set(change.getKey(), change.getValue());
					check(storage.commitSession(session) != null);
				});
	}

	/** As JSON, where a number is the same whichever type it has. */
	private String text(@Nullable Object value) {
		return this.json.writeValueAsString(value);
	}

	private String anyOf(List<String> cookies) {
		return cookies.get(this.turn++ % SESSIONS);
	}

	private Subject floor(Map<String, Object> values) {
		byte[] bytes = this.json.writeValueAsBytes(values);
		check(this.json.readValue(bytes, MAP).equals(values));
		return new Subject(values.size(), (key) -> check(this.json.readValue(bytes, MAP).get(key) != null),
				(change) -> {
					Map<String, Object> session = this.json.readValue(bytes, MAP);
					session.put(change.getKey(), change.getValue());
					check(this.json.writeValueAsBytes(session).length > 0);
				});
	}

	private static void check(boolean expected) {
		if (!expected) {
			throw new IllegalStateException("The session is not what is to be measured");
		}
	}

	private record Subject(int keys, Consumer<String> read, Consumer<Map.Entry<String, Object>> write) {
	}

}
