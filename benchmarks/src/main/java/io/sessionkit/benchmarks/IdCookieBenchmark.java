package io.sessionkit.benchmarks;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The signed cookie that names a stored session, beside a bare HMAC-SHA-256 with
 * base64url over as many bytes: what every request pays before a store is asked.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 15, time = 1)
@Measurement(iterations = 5, time = 1)
public class IdCookieBenchmark {

	/** The moment of issue and the id. */
	private static final int PAYLOAD = 37;

	private static final String HMAC = "HmacSHA256";

	private final SessionCookie cookie = SessionCookie.builder(SampleSession.COOKIE)
		.signedWith(SampleSession.SECRET)
		.build();

	private final SecretKeySpec rawKey = new SecretKeySpec(SampleSession.SECRET.getBytes(US_ASCII), HMAC);

	private final byte[] payload = new byte[PAYLOAD];

	private final String signed = this.cookie.seal(CookiePurpose.SESSION_ID, this.payload);

	private final String rawSigned = encode(this.payload, rawTag(this.payload));

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
		byte[] bytes = Base64.getUrlDecoder().decode(this.rawSigned);
		byte[] id = Arrays.copyOf(bytes, PAYLOAD);
		byte[] tag = Arrays.copyOfRange(bytes, PAYLOAD, bytes.length);
		return Arrays.equals(rawTag(id), tag) ? id : null;
	}

	@Benchmark
	public String rawSign() {
		return encode(this.payload, rawTag(this.payload));
	}

	private static String encode(byte[] id, byte[] tag) {
		byte[] bytes = Arrays.copyOf(id, id.length + tag.length);
		System.arraycopy(tag, 0, bytes, id.length, tag.length);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private byte[] rawTag(byte[] bytes) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(this.rawKey);
			return mac.doFinal(bytes);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
