package io.sessionkit.storage.cloudflare;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which requests a call costs, how long KV keeps a value, and how old a read may be. */
class CloudflareKvRequestTests {

	private static final String KEY = "kEy0123456789_kEy0123456789-kEy0123456789_k";

	private final MutableClock clock = new MutableClock();

	private final KvStub kv = new KvStub(this.clock);

	private final CloudflareKvStorageStrategy strategy = this.kv.strategy().build();

	private final SessionStorage storage = SessionStorage
		.builder(SessionCookie.builder("__session")
			.signedWith("a secret of the tests for KV's requests")
			.clock(this.clock)
			.build(), this.strategy)
		.clock(this.clock)
		.build();

	@AfterEach
	void stopTheServer() {
		this.kv.close();
	}

	private SessionRecord record(long version, long millis, String body) {
		return new SessionRecord(version, this.clock.instant().plusMillis(millis),
				body.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void aCreateAReadAndADeleteAreOneRequestAndAnUpdateIsTwo() {
		this.strategy.createData(KEY, record(1, 600_000, "1"));
		assertThat(this.kv.takeRequests()).containsExactly("PUT expiration_ttl=600");
		this.strategy.readData(KEY);
		assertThat(this.kv.takeRequests()).containsExactly("GET");
		this.strategy.updateData(KEY, record(2, 600_000, "2"));
		assertThat(this.kv.takeRequests()).containsExactly("GET", "PUT expiration_ttl=600");
		this.strategy.updateData(KEY, record(2, 600_000, "2"));
		assertThat(this.kv.takeRequests()).as("a conflict").containsExactly("GET");
		this.strategy.deleteData(KEY);
		assertThat(this.kv.takeRequests()).containsExactly("DELETE");
		this.strategy.updateData(KEY, record(2, 600_000, "2"));
		assertThat(this.kv.takeRequests()).as("gone").containsExactly("GET");
	}

	@Test
	void aNewSessionIsOneRequestAReadOneAndAChangeOrAnEndThree() {
		String cookie = visit(null, (session) -> session.set("a", 1));
		assertThat(this.kv.takeRequests()).containsExactly("PUT expiration_ttl=2400");
		visit(cookie, (session) -> assertThat(session.get("a")).isEqualTo(1L));
		assertThat(this.kv.takeRequests()).containsExactly("GET");
		visit(cookie, (session) -> session.set("a", 2));
		assertThat(this.kv.takeRequests()).containsExactly("GET", "GET", "PUT expiration_ttl=2400");
		visit(cookie, Session::destroy);
		assertThat(this.kv.takeRequests()).containsExactly("GET", "GET", "PUT expiration_ttl=300");
	}

	@ParameterizedTest
	@CsvSource({ "-5000, 60", "0, 60", "1000, 60", "60000, 60", "60001, 61", "61000, 61", "3600000, 3600" })
	void theTimeToLiveIsRoundedUpAndNeverBelowWhatKvTakes(long millis, long seconds) {
		this.strategy.createData(KEY, record(1, millis, "1"));
		assertThat(this.kv.takeRequests()).containsExactly("PUT expiration_ttl=" + seconds);
		assertThat(this.strategy.readData(KEY) != null).isEqualTo(millis > 0);
	}

	@Test
	void aRecordIsAbsentFromItsExpiryOnAlsoWhereKvStillKeepsIt() {
		this.strategy.createData(KEY, record(1, 10_000, "1"));
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(this.strategy.readData(KEY)).isNull();
		assertThat(this.strategy.updateData(KEY, record(2, 10_000, "2"))).isEqualTo(UpdateOutcome.GONE);
	}

	@Test
	void aTombstoneThatAsksForMoreThanFiveMinutesGetsIt() {
		this.strategy.createData(KEY, record(1, 400_000, ""));
		assertThat(this.kv.takeRequests()).containsExactly("PUT expiration_ttl=400");
		assertThat(this.strategy.readData(KEY)).isEqualTo(record(1, 400_000, ""));
	}

	@Test
	void aReplicaThatLagsShowsAnOlderSessionForAMinute() {
		String cookie = visit(null, (session) -> session.set("cart", 1));
		this.clock.advance(Duration.ofSeconds(60));
		this.kv.lag(Duration.ofSeconds(60));
		visit(cookie, (session) -> session.set("cart", 2));
		this.clock.advance(Duration.ofSeconds(59));
		visit(cookie, (session) -> assertThat(session.get("cart")).isEqualTo(1L));
		this.clock.advance(Duration.ofSeconds(1));
		visit(cookie, (session) -> assertThat(session.get("cart")).isEqualTo(2L));
	}

	@Test
	void aReplicaThatLagsDoesNotKnowANewSessionYetAndAdoptsNoId() {
		this.kv.lag(Duration.ofSeconds(60));
		String cookie = visit(null, (session) -> session.set("cart", 1));
		visit(cookie, (session) -> assertThat(session.isNew()).isTrue());
		this.clock.advance(Duration.ofSeconds(60));
		visit(cookie, (session) -> assertThat(session.get("cart")).isEqualTo(1L));
	}

	@Test
	void aReplicaThatLagsLosesTheChangeBeforeTheLast() {
		String cookie = visit(null, (session) -> session.set("cart", 1));
		this.clock.advance(Duration.ofSeconds(60));
		this.kv.lag(Duration.ofSeconds(60));
		visit(cookie, (session) -> session.set("theme", "dark"));
		this.clock.advance(Duration.ofSeconds(1));
		visit(cookie, (session) -> session.set("cart", 2));
		this.clock.advance(Duration.ofSeconds(60));
		visit(cookie, (session) -> assertThat(session.data()).isEqualTo(Map.of("cart", 2L)));
	}

	@Test
	void aLogoutIsKnownAfterAMinuteAndRememberedForFive() {
		String cookie = visit(null, (session) -> session.set("userId", "42"));
		this.clock.advance(Duration.ofSeconds(60));
		this.kv.lag(Duration.ofSeconds(60));
		visit(cookie, Session::destroy);
		this.clock.advance(Duration.ofSeconds(59));
		visit(cookie, (session) -> assertThat(session.get("userId")).as("stale").isEqualTo("42"));
		for (int second = 60; second < 300; second += 30) {
			this.clock.advance(Duration.ofSeconds((second == 60) ? 1 : 30));
			assertThat(visit(cookie, (session) -> {
				assertThat(session.isNew()).isTrue();
				session.set("csrf", "x");
			})).as("no cookie, as after a logout").isNull();
		}
	}

	@Test
	void aRequestOfThreeMinutesDoesNotReviveASessionThatWasEndedMeanwhile() {
		String cookie = visit(null, (session) -> session.set("userId", "42"));
		Session slow = this.storage.getSession(cookie);
		slow.set("cart", 1);
		visit(cookie, Session::destroy);
		this.clock.advance(Duration.ofSeconds(200));
		assertThat(this.storage.commitIfNeeded(slow)).isNull();
		visit(cookie, (session) -> assertThat(session.isNew()).isTrue());
	}

	private String visit(String cookie, Consumer<Session> request) {
		Session session = this.storage.getSession(cookie);
		request.accept(session);
		String header = this.storage.commitIfNeeded(session);
		return (header != null) ? List.of(header.split(";")).get(0) : null;
	}

}
