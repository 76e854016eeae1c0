package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import ch.qos.logback.classic.Level;
import io.sessionkit.SubjectSessions;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.contract.SetCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What revocation asks the store, and what becomes of requests while that is down. */
class RevocationCostTests {

	private final MutableClock clock = new MutableClock();

	private final BreakableStrategy breakable = new BreakableStrategy();

	private final CountingStrategy strategy = new CountingStrategy(this.breakable);

	private final SessionStorage storage = builder(Revocation.in(this.strategy)).build();

	private SessionStorage.Builder builder(Revocation revocation) {
		return SessionStorage.builder(Storages.ENCRYPTED)
			.clock(this.clock)
			.idleTimeout(Duration.ofSeconds(1000))
			.revocation(revocation);
	}

	private static Browser visitor(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		return browser;
	}

	private static Browser login(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> {
			session.regenerateId();
			session.subject("42");
		});
		return browser;
	}

	private void down() {
		this.breakable.broken.add("create");
		this.breakable.broken.add("read");
		this.breakable.broken.add("update");
	}

	@Test
	void aSessionThatIsUsedIsOneReadPerCacheTime() {
		Browser browser = visitor(this.storage);
		assertThat(this.strategy.takeCalls()).isEmpty();
		for (int second = 0; second < 20; second++) {
			int value = second;
			browser.get("a");
			browser.visit((session) -> session.set("a", value));
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(this.strategy.takeCalls()).containsExactly("read", "read", "read", "read");
	}

	@Test
	void aSubjectIsOneReadMorePerCacheTime() {
		Browser browser = login(this.storage);
		assertThat(this.strategy.takeCalls()).containsExactly("read");
		this.clock.advance(Duration.ofSeconds(5));
		for (int second = 0; second < 5; second++) {
			browser.get("a");
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(this.strategy.takeCalls()).containsExactly("read", "read");
		browser.get("a");
		login(this.storage).get("a");
		assertThat(this.strategy.takeCalls()).containsExactly("read", "read", "read", "read");
	}

	@Test
	void aLogoutIsOneWriteAndANewIdToo() {
		Browser browser = visitor(this.storage);
		browser.visit(Session::regenerateId);
		assertThat(this.strategy.takeCalls()).containsExactly("read", "create");
		browser.visit(Session::destroy);
		assertThat(this.strategy.takeCalls()).containsExactly("create");
	}

	@Test
	void aLogoutOnAnotherNodeFollowsAFewNewIdsAndNoChainOfThousands() {
		for (int ids : new int[] { 10, 200 }) {
			Browser browser = visitor(this.storage);
			Browser left = browser.copy().on(builder(Revocation.in(this.strategy)).build());
			for (int i = 0; i < ids; i++) {
				browser.visit(Session::regenerateId);
			}
			this.strategy.takeCalls();
			left.visit(Session::destroy);
			assertThat(this.strategy.takeCalls()).hasSizeLessThan(45);
			this.clock.advance(Duration.ofSeconds(6));
			assertThat(browser.hasSession()).isEqualTo(ids > 100);
		}
	}

	@Test
	void whoDoesNotUseASessionOrHasNoneAsksNothing() {
		Browser browser = visitor(this.storage);
		this.clock.advance(Duration.ofSeconds(500));
		assertThat(browser.visit((session) -> {
		})).isNull();
		assertThat(this.storage.getSession("__session=s1.AAAA").get("a")).isNull();
		assertThat(this.storage.getSession(browser.header() + "x").get("a")).isNull();
		assertThat(this.storage.destroySession(this.storage.getSession(null))).isNotNull();
		this.clock.advance(Duration.ofSeconds(500));
		assertThat(browser.hasSession()).isFalse();
		browser.visit(Session::destroy);
		assertThat(this.strategy.takeCalls()).isEmpty();
	}

	@Test
	void withoutACacheEveryRequestAsks() {
		SessionStorage eager = builder(Revocation.in(this.strategy).cachedFor(Duration.ZERO)).build();
		Browser browser = visitor(eager);
		browser.get("a");
		browser.get("a");
		assertThat(this.strategy.takeCalls()).containsOnly("read").hasSizeGreaterThanOrEqualTo(2);
	}

	@Test
	void neitherIdsNorSubjectsReachTheStore() {
		Browser browser = login(this.storage);
		String id = browser.open().id();
		browser.visit(Session::destroy);
		new SubjectSessions(this.storage).endAll("42");
		String moment = Long.toString(this.clock.instant().getEpochSecond());
		for (String key : this.strategy.keys()) {
			assertThat(key).matches("[A-Za-z0-9_-]{43}").doesNotContain(id).isNotEqualTo(SessionIds.key(id));
			SessionRecord record = this.breakable.memory.readData(key);
			assertThat(record.ofSubject()).isFalse();
			assertThat(new String(record.body(), StandardCharsets.UTF_8))
				.startsWith("![{},{},{\"c\":" + moment.charAt(0))
				.doesNotContain("42\"");
		}
		assertThat(this.strategy.keys()).hasSize(2);
	}

	@Test
	void whileTheStoreIsDownSessionsFailButALogoutWorks() {
		Browser browser = visitor(this.storage);
		Browser other = visitor(this.storage);
		down();
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> browser.get("a"));
		assertThat(new Browser(this.storage).visit((session) -> session.set("a", 1))).isNotNull();
		Browser stolen = browser.copy();
		try (CapturedLog log = new CapturedLog()) {
			SetCookie cookie = browser.visit(Session::destroy);
			assertThat(cookie).isNotNull();
			assertThat(cookie.isDeletion()).isTrue();
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("copies of its cookie");
		}
		this.breakable.broken.clear();
		assertThat(stolen.hasSession()).isFalse();
		assertThat(other.get("a")).isEqualTo(1L);
		down();
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> other.visit(Session::regenerateId));
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> login(this.storage));
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> new SubjectSessions(this.storage).endAll("42"));
		this.breakable.broken.clear();
		assertThat(other.get("a")).isEqualTo(1L);
	}

	@Test
	void whileTheStoreIsDownRequestsMayGoOnAnonymous() {
		SessionStorage lenient = builder(Revocation.in(this.strategy)).anonymousOnFailure(true).build();
		Browser browser = visitor(lenient);
		down();
		assertThat(browser.visit((session) -> {
			assertThat(session.get("a")).isNull();
			session.set("a", 2);
		})).isNull();
		this.breakable.broken.clear();
		assertThat(browser.get("a")).isEqualTo(1L);
	}

	@Test
	void aLogoutAfterAReadThatFailedIsRememberedOnThisNodeAndSaysWhatRemains() {
		SessionStorage lenient = builder(Revocation.in(this.strategy)).anonymousOnFailure(true).build();
		Browser browser = visitor(lenient);
		Browser stolen = browser.copy();
		down();
		try (CapturedLog log = new CapturedLog()) {
			assertThat(browser.visit((session) -> {
				assertThat(session.get("a")).isNull();
				session.destroy();
			}).isDeletion()).isTrue();
			assertThat(log.messages(Level.WARN)).anySatisfy((warning) -> assertThat(warning).contains("stay valid on"));
		}
		this.breakable.broken.clear();
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void whoFailsOpenLetsSessionsCountAndSaysSoOncePerCacheTime() {
		SessionStorage open = builder(Revocation.in(this.strategy).failOpen()).build();
		Browser browser = visitor(open);
		down();
		this.strategy.takeCalls();
		try (CapturedLog log = new CapturedLog()) {
			for (int i = 0; i < 5; i++) {
				assertThat(browser.get("a")).isEqualTo(1L);
			}
			assertThat(this.strategy.takeCalls()).containsExactly("read");
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("may have been ended elsewhere");
		}
		Browser left = browser.copy();
		browser.visit(Session::regenerateId);
		assertThat(browser.get("a")).isEqualTo(1L);
		assertThat(left.hasSession()).isFalse();
		assertThat(login(open).open().subject()).isEqualTo("42");
	}

	@Test
	void whatIsKnownToHaveEndedStaysSoWhileTheStoreIsDown() {
		SessionStorage open = builder(Revocation.in(this.strategy).failOpen()).build();
		SessionStorage other = builder(Revocation.in(this.strategy).failOpen()).build();
		Browser browser = login(open);
		Browser stolen = browser.copy().on(other);
		new SubjectSessions(open).endAll("42");
		assertThat(stolen.hasSession()).isFalse();
		down();
		this.clock.advance(Duration.ofSeconds(50));
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void theCacheIsBoundedAndForgetsNoRevocationForAnOlderAnswer() {
		RevocationCache cache = new RevocationCache(Duration.ofSeconds(5));
		Instant now = this.clock.instant();
		for (int i = 0; i < 2 * RevocationCache.CAPACITY; i++) {
			cache.put("key" + i, new RevocationCache.Answer(null, now));
		}
		assertThat(cache.get("key0")).isNull();
		assertThat(cache.get("key" + (2 * RevocationCache.CAPACITY - 1))).isNotNull();
		cache.put("key", new RevocationCache.Answer(now, now));
		cache.put("key", new RevocationCache.Answer(null, now.plusSeconds(1)));
		assertThat(cache.get("key")).isEqualTo(new RevocationCache.Answer(now, now.plusSeconds(1)));
	}

	@Test
	void recordsNeedNoRevocation() {
		SessionStorage.Builder builder = SessionStorage.builder(Storages.SIGNED, new MemoryStorageStrategy())
			.revocation(Revocation.in(this.strategy));
		assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("revocation(...)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Revocation.in(this.strategy).cachedFor(Duration.ofSeconds(-1)))
			.withMessageContaining("PT-1S");
		assertThat(Revocation.in(this.strategy).failOpen())
			.hasToString("Revocation[CountingStrategy, cacheTime=PT5S, open=true]");
		assertThatIllegalStateException().isThrownBy(() -> new SubjectSessions(this.storage).list("42"))
			.withMessageContaining("can't be listed");
	}

}
