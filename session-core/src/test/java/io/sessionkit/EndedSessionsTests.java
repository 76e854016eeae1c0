package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.sessionkit.BroughtCookies.Brought;
import io.sessionkit.EndedSessions.Successor;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The memory of ended cookie-held sessions is bounded. */
class EndedSessionsTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final EndedSessions ended = new EndedSessions();

	@Test
	void anEndIsRememberedWithItsMomentAndOnlyOnce() {
		assertThat(this.ended.endOf("a")).isNull();
		assertThat(this.ended.add("a", false, NOW, NOW.plusSeconds(100), null)).isTrue();
		assertThat(this.ended.add("a", false, NOW.plusSeconds(1), NOW.plusSeconds(200), null)).isFalse();
		assertThat(this.ended.endOf("a")).isEqualTo(NOW);
	}

	@Test
	void whatNoCookieCanCarryAnyMoreIsForgottenWithALaterEnd() {
		this.ended.add("a", false, NOW, NOW.plusSeconds(100), null);
		this.ended.add("b", false, NOW.plusSeconds(100), NOW.plusSeconds(200), null);
		assertThat(this.ended.endOf("a")).isEqualTo(NOW);
		this.ended.add("c", false, NOW.plusSeconds(101), NOW.plusSeconds(200), null);
		assertThat(this.ended.endOf("a")).isNull();
		assertThat(this.ended.endOf("b")).isNotNull();
	}

	@Test
	void whenFullTheOldestGoes() {
		for (int i = 0; i <= EndedSessions.CAPACITY; i++) {
			this.ended.add("id" + i, false, NOW, NOW.plusSeconds(100), null);
		}
		assertThat(this.ended.endOf("id0")).isNull();
		assertThat(this.ended.endOf("id1")).isEqualTo(NOW);
		assertThat(this.ended.endOf("id" + EndedSessions.CAPACITY)).isEqualTo(NOW);
	}

	@Test
	void whatASessionWasLeftForIsKnownAsLongAsATombstoneLives() {
		Successor successor = new Successor("b", true, Duration.ofDays(1));
		this.ended.add("a", false, NOW, NOW.plusSeconds(10_000), successor);
		assertThat(this.ended.successorOf("a", NOW.plusSeconds(149))).isEqualTo(successor);
		assertThat(this.ended.successorOf("a", NOW.plusSeconds(150))).isNull();
		assertThat(this.ended.successorOf("b", NOW)).isNull();
	}

	@Test
	void aHundredThousandEndingsOfNobodyPushOutNoneThatIsSomebodys() {
		this.ended.add("of alice", true, NOW, NOW.plusSeconds(100), null);
		for (int i = 0; i < 2 * EndedSessions.CAPACITY; i++) {
			this.ended.add("id" + i, false, NOW, NOW.plusSeconds(100), null);
		}
		assertThat(this.ended.endOf("of alice")).isEqualTo(NOW);
		assertThat(this.ended.endOf("id" + EndedSessions.CAPACITY)).isNull();
		assertThat(this.ended.endOf("id" + (EndedSessions.CAPACITY + 1))).isEqualTo(NOW);
		assertThat(this.ended.add("of alice", true, NOW, NOW.plusSeconds(100), null)).isFalse();
	}

	@Test
	void whenAllAreSomebodysTheOldestGoes() {
		this.ended.add("nobody", false, NOW, NOW.plusSeconds(100), null);
		for (int i = 0; i <= EndedSessions.CAPACITY; i++) {
			this.ended.add("id" + i, true, NOW, NOW.plusSeconds(100), null);
		}
		this.ended.add("stranger", false, NOW, NOW.plusSeconds(100), null);
		assertThat(this.ended.endOf("nobody")).isNull();
		assertThat(this.ended.endOf("id1")).isNull();
		assertThat(this.ended.endOf("id2")).isEqualTo(NOW);
		assertThat(this.ended.endOf("stranger")).isEqualTo(NOW);
	}

	@Test
	void aStolenCopyStaysDeadAfterAHundredThousandLogoutsOfStrangers() {
		MutableClock clock = new MutableClock();
		Lifetimes lifetimes = new Lifetimes(Duration.ofDays(1), Duration.ofDays(30), true, clock);
		StorageCookie cookie = new StorageCookie(Storages.ENCRYPTED, CookiePurpose.SESSION, lifetimes, Listeners.NONE);
		ContentRules rules = ContentRules.ofCookies(SessionJson.STANDARD,
				TypedJson.of(SessionJson.STANDARD, (name) -> false), OwnSessionFormat.INSTANCE, SessionIds::key,
				SessionCookie.MAX_BYTES, Listeners.NONE, clock);
		LifeEvents events = new LifeEvents(Listeners.NONE, new SubjectKeys(Storages.ENCRYPTED),
				OwnSessionFormat.INSTANCE);
		SessionEngine engine = new SessionEngine(
				new CookieSessions(cookie, rules, lifetimes, new Endings(lifetimes, null), events), cookie, rules,
				events, lifetimes, false);
		Session alice = engine.open(List.of());
		alice.subject("alice");
		String stolen = engine.commit(alice, CommitOptions.defaults(), true).value();
		logout(engine, engine.open(List.of(stolen)));
		assertThat(engine.open(List.of(stolen)).isNew()).isTrue();
		for (int i = 0; i < EndedSessions.CAPACITY; i++) {
			logout(engine, new Session(rules, stranger("id" + i, lifetimes.now())));
		}
		assertThat(engine.open(List.of(stolen)).isNew()).isTrue();
	}

	private static Origin stranger(String id, Instant now) {
		CookieId cookie = new CookieId(id, now, false);
		Found told = Found.live(0, now, now.plusSeconds(1800), new SessionDocument());
		Origin origin = new Origin(new BroughtCookies(List.of(new Brought(cookie, new byte[0])), true, false),
				Map.of(cookie, told), (read) -> told);
		origin.found();
		return origin;
	}

	private static void logout(SessionEngine engine, Session session) {
		session.destroy();
		engine.commit(session, CommitOptions.defaults(), true);
	}

}
