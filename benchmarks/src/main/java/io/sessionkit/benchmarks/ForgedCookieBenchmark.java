package io.sessionkit.benchmarks;

import java.util.concurrent.TimeUnit;

import io.sessionkit.SessionStorage;
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
 * Cookies that are not ours, as long as one that is: an attacker must not be able to buy
 * more work with one than an honest client does with {@link SealedSessionBenchmark#open}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 14, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class ForgedCookieBenchmark {

	/** Behind the name, {@code =s1.} and what the version takes of base64url. */
	private static final int KEY_ID = SampleSession.COOKIE.length() + 6;

	private final SessionStorage storage = SampleSession.storage();

	@Param("500")
	private int bytes;

	private String authentic = "";

	private String tampered = "";

	private String foreignKey = "";

	private String malformed = "";

	/** Makes sure that forged cookies are what is rejected. */
	@Setup
	public void forge() {
		this.authentic = SampleSession.cookieHeader(this.storage, this.bytes);
		this.tampered = changed(this.authentic.length() / 2);
		this.foreignKey = changed(KEY_ID);
		this.malformed = this.authentic.replace('-', '+').replaceFirst("..$", "+/");
		if (this.storage.getSession(this.authentic).isNew() || !rejectTampered() || !rejectForeignKey()
				|| !rejectMalformed()) {
			throw new IllegalStateException("A cookie was not judged as expected");
		}
	}

	/** The version and the key id are right, the rest has one changed character. */
	@Benchmark
	public boolean rejectTampered() {
		return this.storage.getSession(this.tampered).isNew();
	}

	/** Sealed with somebody else's secret. */
	@Benchmark
	public boolean rejectForeignKey() {
		return this.storage.getSession(this.foreignKey).isNew();
	}

	/** Base64 of another alphabet. */
	@Benchmark
	public boolean rejectMalformed() {
		return this.storage.getSession(this.malformed).isNew();
	}

	private String changed(int index) {
		char other = (this.authentic.charAt(index) != 'A') ? 'A' : 'B';
		return this.authentic.substring(0, index) + other + this.authentic.substring(index + 1);
	}

}
