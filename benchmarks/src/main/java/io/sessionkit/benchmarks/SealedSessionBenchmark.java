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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A session in an encrypted cookie, opened and sealed by the library and by the least
 * code that could do it. The largest is the largest round number of bytes of JSON that
 * fits into a cookie of 4096; 3000 do not. The library is to cost at most twice the sum
 * of {@link #xaesOpen}, {@link #xaesSeal}, {@link #jsonRead} and {@link #jsonWrite}.
 *
 * <p>
 * It warms up for longer than its neighbours, since the first seconds of AES are slow. A
 * session can be committed once, so that sealing alone cannot be repeated: it is what
 * {@link #openAndSeal} costs more than {@link #open}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 14, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class SealedSessionBenchmark {

	/** A cipher that is kept must not profit from opening what it has just opened. */
	private static final int COOKIES = 16;

	private final SessionStorage storage = SampleSession.storage();

	private final RawSession raw = new RawSession();

	private final String[] cookieHeaders = new String[COOKIES];

	private final String[] rawCookies = new String[COOKIES];

	private final byte[][] rawSealed = new byte[COOKIES][];

	@Param({ "100", "500", "2900" })
	private int bytes;

	private Map<String, Object> rawValues = Map.of();

	private byte[] rawJson = {};

	private int turn;

	/**
	 * Seals the same session several times, and makes sure that sessions are what is
	 * opened.
	 */
	@Setup
	public void seal() {
		this.rawValues = SampleSession.values(this.bytes);
		this.rawJson = this.raw.jsonWrite(this.rawValues);
		for (int i = 0; i < COOKIES; i++) {
			this.cookieHeaders[i] = SampleSession.cookieHeader(this.storage, this.bytes);
			this.rawCookies[i] = this.raw.seal(this.rawValues);
			this.rawSealed[i] = this.raw.xaesSeal(this.rawJson);
		}
		if (!SampleSession.USER_ID.equals(open()) || !this.rawValues.equals(rawOpen()) || openAndSeal() == null) {
			throw new IllegalStateException("The sample session cannot be opened and sealed");
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
