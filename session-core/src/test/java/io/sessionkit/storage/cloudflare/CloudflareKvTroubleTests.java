package io.sessionkit.storage.cloudflare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sessionkit.CapturedLog;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.MutableClock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A KV that is busy, slow, broken or set up wrongly is a failure that says so within the
 * timeout, and says no key, value or token.
 */
@Timeout(60)
@Tag("timing")
class CloudflareKvTroubleTests {

	private static final String VALUE = "Val-9f2c71";

	private static final String KEY = "kEy0123456789_kEy0123456789-kEy0123456789_k";

	private static final Duration SHORT = Duration.ofMillis(300);

	private final MutableClock clock = new MutableClock();

	private final SessionRecord record = new SessionRecord(1, this.clock.instant().plusSeconds(600),
			VALUE.getBytes(StandardCharsets.UTF_8));

	private final CapturedLog log = new CapturedLog();

	private final List<String> said = new ArrayList<>();

	private final KvStub kv = new KvStub(this.clock);

	private final CloudflareKvStorageStrategy patient = this.kv.strategy().build();

	private final CloudflareKvStorageStrategy strategy = this.kv.strategy().timeout(SHORT).build();

	@AfterEach
	void nothingSaysAKeyAValueOrTheToken() {
		this.kv.close();
		this.log.close();
		this.said.addAll(this.log.everything());
		assertThat(this.said)
			.allSatisfy((text) -> assertThat(text).doesNotContain(VALUE, KEY.substring(0, 9), LocalKv.TOKEN));
	}

	private void assertFails(ThrowingCallable call, String... texts) {
		Throwable failure = catchThrowable(call);
		assertThat(failure).isInstanceOf(SessionStorageException.class).hasMessageContainingAll(texts);
		for (Throwable each = failure; each != null; each = each.getCause()) {
			this.said.add(each.toString());
		}
	}

	private List<ThrowingCallable> everyCall() {
		return everyCall(this.strategy);
	}

	private List<ThrowingCallable> everyCall(CloudflareKvStorageStrategy strategy) {
		return List.of(() -> strategy.createData(KEY, this.record), () -> strategy.readData(KEY),
				() -> strategy.updateData(KEY, this.record), () -> strategy.deleteData(KEY));
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500, 502, 503, 504 })
	void whatPassesIsRepeated(int status) {
		this.kv.next(KvStub.status(status, 10000));
		this.kv.next(KvStub.status(status, 10000));
		assertThat(this.patient.createData(KEY, this.record)).isTrue();
		assertThat(this.kv.takeRequests()).containsExactlyElementsOf(Collections.nCopies(3, "PUT expiration_ttl=600"));
		this.kv.next(KvStub.status(status, 10000));
		assertThat(this.patient.readData(KEY)).isEqualTo(this.record);
		this.kv.next(KvStub.status(status, 10000));
		this.patient.deleteData(KEY);
		assertThat(this.kv.takeRequests()).containsExactly("GET", "GET", "DELETE", "DELETE");
	}

	@Test
	void aLimitThatStaysIsAFailureAfterFiveAttemptsThatNamesIt() {
		this.kv.always(KvStub.status(429, 10013));
		assertFails(() -> this.patient.readData(KEY), "status 429", "tried 5 times within 10000 ms",
				"about 4 calls a second");
		assertThat(this.kv.takeRequests()).hasSize(5);
	}

	@Test
	void aServerErrorThatStaysIsAFailureWithinTheTimeout() {
		this.kv.always(KvStub.status(500, 10013));
		for (ThrowingCallable call : everyCall(this.kv.strategy().timeout(Duration.ofSeconds(2)).build())) {
			long begin = System.nanoTime();
			assertFails(call, "status 500", "tried ", "within 2000 ms", "try again later");
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
		}
		assertThat(this.kv.takeRequests()).hasSizeBetween(4, 20);
	}

	@Test
	void aWaitThatCloudflareAsksForAndTheTimeoutForbidsIsNotBegun() {
		this.kv.always(KvStub.status(429, 10000, "Retry-After", "300"));
		assertFails(() -> this.patient.readData(KEY), "status 429", "tried 1 times");
		assertThat(this.kv.takeRequests()).containsExactly("GET");
	}

	@Test
	void aWaitThatCloudflareAsksForIsKept() {
		this.kv.next(KvStub.status(429, 10000, "Retry-After", "1"));
		long begin = System.nanoTime();
		assertThat(this.patient.readData(KEY)).isNull();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void aServerThatHangsIsAFailureInTime() throws InterruptedException {
		CountDownLatch end = new CountDownLatch(1);
		this.kv.always((exchange) -> await(end));
		for (ThrowingCallable call : everyCall()) {
			long begin = System.nanoTime();
			assertFails(call, "did not answer within 300 ms", "raise the timeout");
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SHORT, Duration.ofSeconds(5));
		}
		end.countDown();
	}

	@Test
	void anUpdateHasOneTimeoutForBothOfItsRequests() {
		CloudflareKvStorageStrategy aSecond = this.kv.strategy().timeout(Duration.ofSeconds(1)).build();
		this.patient.createData(KEY, this.record);
		CountDownLatch never = new CountDownLatch(1);
		this.kv.next((exchange) -> {
			sleep(800);
			this.kv.keep(exchange);
		});
		this.kv.next((exchange) -> await(never));
		long begin = System.nanoTime();
		assertFails(() -> aSecond.updateData(KEY, next()), "within 1000 ms");
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1750));
	}

	private SessionRecord next() {
		return new SessionRecord(2, this.record.expires(), this.record.body());
	}

	@Test
	void aBodyWithoutAnEndIsCutAndReadAsADamagedRecord() throws InterruptedException {
		CountDownLatch refused = new CountDownLatch(1);
		this.kv.always((exchange) -> pour(exchange, 64 * 1024, 0, refused));
		assertThat(this.patient.readData(KEY)).isNull();
		assertThat(refused.await(10, TimeUnit.SECONDS)).as("the connection was closed").isTrue();
		assertThat(this.log.everything()).anySatisfy((text) -> assertThat(text).contains(KEY.substring(0, 8)));
	}

	@Test
	void aBodyThatTricklesIsAFailureInTimeAndIsNotReceivedAnyLonger() throws InterruptedException {
		CountDownLatch refused = new CountDownLatch(1);
		this.kv.always((exchange) -> pour(exchange, 1, 20, refused));
		assertFails(() -> this.strategy.readData(KEY), "did not answer within 300 ms");
		assertThat(refused.await(10, TimeUnit.SECONDS)).as("the connection was closed").isTrue();
	}

	/** Until the client closes the connection. */
	private static void pour(HttpExchange exchange, int bytes, int pause, CountDownLatch refused) throws IOException {
		exchange.sendResponseHeaders(200, 0);
		try {
			while (true) {
				exchange.getResponseBody().write(new byte[bytes]);
				exchange.getResponseBody().flush();
				sleep(pause);
			}
		}
		catch (IOException ex) {
			refused.countDown();
			throw ex;
		}
	}

	@ParameterizedTest
	@CsvSource({ "401, 10000", "403, 10000", "403, 9109", "400, 6003" })
	void aRefusedTokenIsNamedAtOnce(int status, int code) {
		this.kv.always(KvStub.status(status, code));
		for (ThrowingCallable call : everyCall()) {
			assertFails(call, "refused the API token", "status " + status + ", code " + code,
					"Workers KV Storage: Edit");
		}
		assertThat(this.kv.takeRequests()).hasSize(4);
	}

	@ParameterizedTest
	@CsvSource({ "404, 10013", "404, 7003", "404, 0" })
	void aNamespaceThatIsMissingIsAFailureAndNotAbsent(int status, int code) {
		this.kv.always(KvStub.status(status, code));
		for (ThrowingCallable call : everyCall()) {
			assertFails(call, "the KV namespace " + LocalKv.NAMESPACE, "status 404", "check the namespace id");
		}
		assertThat(this.kv.takeRequests()).hasSize(4);
	}

	@Test
	void aPageThatIsNotFromTheApiIsAFailureAndNotAbsent() {
		this.kv.always((exchange) -> {
			byte[] page = "<html>10009 not found \\\"code\\\":10009</html>".getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(404, page.length);
			exchange.getResponseBody().write(page);
		});
		assertFails(() -> this.patient.readData(KEY), "status 404)");
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 307, 308 })
	void aRedirectIsNotFollowedWithTheToken(int status) {
		this.kv.always(KvStub.status(status, 0, "Location", this.kv.baseUrl() + "/elsewhere"));
		assertFails(() -> this.patient.readData(KEY), "could not be read", "status " + status);
		assertThat(this.kv.takeRequests()).containsExactly("GET");
	}

	@Test
	void aConnectionThatBreaksIsTriedAgain() {
		HttpHandler broken = HttpExchange::close;
		this.kv.next(broken);
		assertThat(this.patient.createData(KEY, this.record)).isTrue();
		this.kv.always(broken);
		assertFails(() -> this.patient.createData(KEY, this.record), "at 127.0.0.1 failed", "check the network");
	}

	@Test
	void aServerThatIsNotThereIsAFailureAtOnce() {
		this.kv.close();
		long begin = System.nanoTime();
		assertFails(() -> this.patient.readData(KEY), "at 127.0.0.1 failed: ConnectException", "check the network");
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void anInterruptEndsTheCallAndStaysVisible() throws InterruptedException {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		this.kv.always((exchange) -> {
			asked.countDown();
			await(end);
		});
		AtomicBoolean interrupted = new AtomicBoolean();
		Thread thread = new Thread(() -> {
			assertFails(() -> this.patient.readData(KEY), "The thread was interrupted");
			interrupted.set(Thread.currentThread().isInterrupted());
		});
		thread.start();
		asked.await();
		thread.interrupt();
		thread.join();
		end.countDown();
		assertThat(interrupted).isTrue();
	}

	@Test
	void afterTheTroubleTheSameStrategyWorks() {
		this.kv.always(KvStub.status(500, 0));
		assertFails(() -> this.patient.createData(KEY, this.record), "status 500");
		this.kv.always(this.kv::keep);
		assertThat(this.patient.createData(KEY, this.record)).isTrue();
		assertThat(this.patient.updateData(KEY, next())).isEqualTo(UpdateOutcome.UPDATED);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void sleep(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
