package io.sessionkit.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A session of 500 bytes in an encrypted cookie, opened and sealed by the library and by
 * the least code that could do it. The library is to cost at most twice the sum of
 * {@link #xaesOpen}, {@link #xaesSeal}, {@link #jsonRead} and {@link #jsonWrite}.
 *
 * <p>
 * A session can be committed once, so that sealing alone cannot be repeated: it is what
 * {@link #openAndSeal} costs more than {@link #open}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 15, time = 1)
@Measurement(iterations = 5, time = 1)
public class SealedSessionBenchmark {

	/** A cipher that is kept must not profit from opening what it has just opened. */
	private static final int COOKIES = 16;

	private final SessionStorage storage = SampleSession.storage();

	private final RawSession raw = new RawSession();

	private final Map<String, Object> rawValues = SampleSession.values();

	private final byte[] rawJson = this.raw.jsonWrite(this.rawValues);

	private final String[] cookieHeaders = new String[COOKIES];

	private final String[] rawCookies = new String[COOKIES];

	private final byte[][] rawSealed = new byte[COOKIES][];

	private int turn;

	/** Seals the same session several times. */
	public SealedSessionBenchmark() {
		for (int i = 0; i < COOKIES; i++) {
			this.cookieHeaders[i] = SampleSession.cookieHeader(this.storage);
			this.rawCookies[i] = this.raw.seal(this.rawValues);
			this.rawSealed[i] = this.raw.xaesSeal(this.rawJson);
		}
	}

	/** Makes sure that sessions are what is opened. */
	@Setup
	public void check() {
		if (!SampleSession.USER_ID.equals(open()) || !SampleSession.USER_ID.equals(rawOpen().get("userId"))) {
			throw new IllegalStateException("The sample session cannot be opened");
		}
	}

	/** A request that reads one value. */
	@Benchmark
	public @Nullable String open() {
		return this.storage.getSession(this.cookieHeaders[next()]).get("userId", String.class);
	}

	/** A request that reads one value and sets another. */
	@Benchmark
	public @Nullable String openAndSeal() {
		Session session = this.storage.getSession(this.cookieHeaders[next()]);
		String userId = session.get("userId", String.class);
		session.set("theme", (userId != null) ? "light" : "dark");
		return this.storage.commitSession(session);
	}

	@Benchmark
	public Map<String, Object> rawOpen() {
		return this.raw.open(this.rawCookies[next()]);
	}

	@Benchmark
	public String rawSeal() {
		return this.raw.seal(this.rawValues);
	}

	@Benchmark
	public String rawOpenAndSeal() {
		Map<String, Object> values = this.raw.open(this.rawCookies[next()]);
		values.put("theme", (values.get("userId") != null) ? "light" : "dark");
		return this.raw.seal(values);
	}

	@Benchmark
	public byte[] xaesOpen() {
		return this.raw.xaesOpen(this.rawSealed[next()]);
	}

	@Benchmark
	public byte[] xaesSeal() {
		return this.raw.xaesSeal(this.rawJson);
	}

	@Benchmark
	public Map<String, Object> jsonRead() {
		return this.raw.jsonRead(this.rawJson);
	}

	@Benchmark
	public byte[] jsonWrite() {
		return this.raw.jsonWrite(this.rawValues);
	}

	private int next() {
		this.turn = (this.turn + 1) % COOKIES;
		return this.turn;
	}

}
