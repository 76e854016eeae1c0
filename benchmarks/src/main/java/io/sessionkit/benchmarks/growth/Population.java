package io.sessionkit.benchmarks.growth;

import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.benchmarks.SampleSession;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * The users: each has the cookie of a session, and the record that belongs to it. All
 * sessions are the sample, made by the library itself, but kept by no storage yet. Where
 * there are very many, users are spread evenly among strangers, whose cookies would only
 * take time to make.
 */
final class Population {

	static final SessionCookie COOKIE = SessionCookie.builder(SampleSession.COOKIE)
		.encryptedWith(SampleSession.SECRET)
		.build();

	/** Longer than any measurement, and than what {@link #after} looks ahead. */
	static final Duration LIFE = Duration.ofHours(2);

	private static final int MOST_USERS = 100_000;

	private static final int KEY_BYTES = 32;

	private static final int BATCH = 5_000;

	private static final int SPREAD_SECONDS = 1800;

	private final SplittableRandom random = new SplittableRandom(42);

	private final String[] keys;

	private final String[] cookies;

	private final SessionRecord record;

	Population(int most) {
		int size = Math.min(most, MOST_USERS);
		this.keys = new String[size];
		this.cookies = new String[size];
		Created created = new Created();
		SessionStorage storage = SessionStorage.builder(COOKIE, created).idleTimeout(LIFE).build();
		Map<String, Object> values = SampleSession.values(SampleSession.BYTES);
		for (int i = 0; i < size; i++) {
			Session session = storage.getSession(null);
			values.forEach(session::set);
			String header = Objects.requireNonNull(storage.commitSession(session));
			this.cookies[i] = header.substring(0, header.indexOf(';'));
			this.keys[i] = created.key;
		}
		this.record = Objects.requireNonNull(created.record);
	}

	/** When all records that anybody has put in or written have expired. */
	static Duration after() {
		return LIFE.multipliedBy(2);
	}

	/** A storage of these sessions. */
	static SessionStorage storage(SessionIdStorageStrategy strategy) {
		return SessionStorage.builder(COOKIE, strategy).idleTimeout(LIFE).build();
	}

	/** The records of so many, in batches; each is an object of its own. */
	void records(int sessions, Consumer<Map<String, SessionRecord>> consumer) {
		int stride = Math.max(1, sessions / this.keys.length);
		Map<String, SessionRecord> batch = new LinkedHashMap<>();
		for (int i = 0; i < sessions; i++) {
			boolean user = i % stride == 0 && i / stride < this.keys.length;
			batch.put(user ? this.keys[i / stride] : strangersKey(), record());
			if (batch.size() == BATCH || i == sessions - 1) {
				consumer.accept(batch);
				batch = new LinkedHashMap<>();
			}
		}
	}

	private String strangersKey() {
		byte[] key = new byte[KEY_BYTES];
		this.random.nextBytes(key);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
	}

	/** Sessions that began within half an hour. */
	private SessionRecord record() {
		return new SessionRecord(1, this.record.expires().plusSeconds(this.random.nextInt(SPREAD_SECONDS)), this.record.body().clone());
	}

	/** The {@code Cookie} header of any user whose record is among so many. */
	String anyCookie(int sessions) {
		return this.cookies[this.random.nextInt(Math.min(sessions, this.cookies.length))];
	}

	/** Knows what a storage has created last. */
	private static final class Created implements SessionIdStorageStrategy {

		private String key = "";

		private @Nullable SessionRecord record;

		@Override
		public boolean createData(String key, SessionRecord record) {
			this.key = key;
			this.record = record;
			return true;
		}

		@Override
		public @Nullable SessionRecord readData(String key) {
			throw new UnsupportedOperationException();
		}

		@Override
		public UpdateOutcome updateData(String key, SessionRecord record) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void deleteData(String key) {
			throw new UnsupportedOperationException();
		}

	}

}
