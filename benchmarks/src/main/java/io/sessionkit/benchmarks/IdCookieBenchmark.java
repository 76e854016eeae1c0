package io.sessionkit.benchmarks;

import java.util.concurrent.TimeUnit;

import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.OpenedCookie;
import io.sessionkit.cookie.SessionCookie;
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
 * The signed cookie that names a stored session, beside a bare HMAC-SHA-256 with
 * base64url over as many bytes: what every request pays before a store is asked.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class IdCookieBenchmark {

	/** The moment of issue and the id. */
	private static final int PAYLOAD = 37;

	private final SessionCookie cookie = SessionCookie.builder(SampleSession.COOKIE)
		.signedWith(SampleSession.SECRET)
		.build();

	private final RawHmac raw = new RawHmac();

	private final byte[] payload = new byte[PAYLOAD];

	private final String signed = this.cookie.seal(CookiePurpose.SESSION_ID, this.payload);

	private final String rawSigned = this.raw.sign(this.payload);

	/** Makes sure that authentic cookies are what is verified. */
	@Setup
	public void check() {
		if (verify() == null || rawVerify() == null) {
			throw new IllegalStateException("The sample cookie cannot be verified");
		}
	}

	@Benchmark
	public @Nullable OpenedCookie verify() {
		return this.cookie.open(CookiePurpose.SESSION_ID, this.signed);
	}

	@Benchmark
	public String sign() {
		return this.cookie.seal(CookiePurpose.SESSION_ID, this.payload);
	}

	@Benchmark
	public byte @Nullable [] rawVerify() {
		return this.raw.verify(this.rawSigned);
	}

	@Benchmark
	public String rawSign() {
		return this.raw.sign(this.payload);
	}

}
