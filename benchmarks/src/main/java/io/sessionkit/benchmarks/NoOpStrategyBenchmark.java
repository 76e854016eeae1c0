package io.sessionkit.benchmarks;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.sessionkit.Session;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Whole requests to a session that a store keeps, where the store costs nothing: what is
 * left is the library. The floor is a signed cookie and Jackson over the same values by
 * hand, with no hash of the id, no expiry, no version and no change log.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class NoOpStrategyBenchmark {

	private static final int ID = 32;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final NoOpStrategy strategy = new NoOpStrategy();

	private final SessionStorage storage = SessionStorage
		.of(SessionCookie.builder(SampleSession.COOKIE).signedWith(SampleSession.SECRET).build(), this.strategy);

	private final RawSession raw = new RawSession();

	private final RawHmac rawHmac = new RawHmac();

	private final String rawCookie = this.rawHmac.sign(rawId());

	@Param({ "100", "500", "3000" })
	private int bytes;

	private Map<String, Object> values = Map.of();

	private byte[] rawJson = {};

	private String cookieHeader = "";

	/** Creates the session that is read and written. */
	@Setup
	public void create() {
		this.values = SampleSession.values(this.bytes);
		this.rawJson = this.raw.jsonWrite(this.values);
		this.cookieHeader = SampleSession.cookieHeader(this.storage, this.bytes);
		check();
	}

	/**
	 * Makes sure that reading finds the session and writes nothing, also in the end, when
	 * it is older, and that writing writes.
	 */
	@TearDown
	public void check() {
		long before = this.strategy.updates();
		boolean read = SampleSession.USER_ID.equals(noOpRead()) && this.strategy.updates() == before;
		SessionRecord written = noOpWrite();
		boolean wrote = written != null && written.version() == 2 && this.strategy.updates() == before + 1
				&& written.body().length > this.bytes;
		if (!read || !wrote || noOpCreate() == null || !this.values.equals(rawNoOpRead())) {
			throw new IllegalStateException("The strategy that does nothing was not used as expected");
		}
	}

	/** A request that reads one value. */
	@Benchmark
	public @Nullable String noOpRead() {
		Session session = this.storage.getSession(this.cookieHeader);
		String userId = session.get("userId", String.class);
		boolean sent = this.storage.commitIfNeeded(session) != null;
		return sent ? null : userId;
	}

	/** A request that reads one value and sets another. */
	@Benchmark
	public @Nullable SessionRecord noOpWrite() {
		Session session = this.storage.getSession(this.cookieHeader);
		String userId = session.get("userId", String.class);
		session.set("theme", (userId != null) ? "light" : "dark");
		boolean sent = this.storage.commitIfNeeded(session) != null;
		return sent ? null : this.strategy.written();
	}

	/** The first request of a visitor, which sets every value. */
	@Benchmark
	public @Nullable String noOpCreate() {
		Session session = this.storage.getSession(null);
		this.values.forEach(session::set);
		return this.storage.commitIfNeeded(session);
	}

	@Benchmark
	public Map<String, Object> rawNoOpRead() {
		if (this.rawHmac.verify(this.rawCookie) == null) {
			throw new IllegalStateException("The sample cookie cannot be verified");
		}
		return this.raw.jsonRead(this.rawJson);
	}

	@Benchmark
	public byte[] rawNoOpWrite() {
		Map<String, Object> read = rawNoOpRead();
		read.put("theme", (read.get("userId") != null) ? "light" : "dark");
		return this.raw.jsonWrite(read);
	}

	@Benchmark
	public String rawNoOpCreate(Blackhole store) {
		store.consume(this.raw.jsonWrite(this.values));
		return this.rawHmac.sign(rawId());
	}

	private static byte[] rawId() {
		byte[] id = new byte[ID];
		RANDOM.nextBytes(id);
		return id;
	}

}
