package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What a session that is shared with a peer has, and has no room for. */
class SharedSessionTests {

	private final MutableClock clock = new MutableClock();

	private static SessionCookie cookie(CookieFormat format) {
		return SessionCookie.builder("__session")
			.format(format)
			.signedWith("a secret that is shared with a peer")
			.secure(false)
			.build();
	}

	@Test
	void aValueWhoseNameLooksLikeAFlashOfReactRouterIsRefusedAtSet() {
		Browser browser = new Browser(SessionStorage.inCookie(cookie(CookieFormat.REACT_ROUTER)));
		Session session = browser.open();
		for (String name : List.of("__flash_error__", "__flash___", "__flash______")) {
			assertThatIllegalArgumentException().isThrownBy(() -> session.set(name, 1))
				.withMessageContaining("__flash_...__");
			assertThatIllegalArgumentException().isThrownBy(() -> session.set(SessionKey.of(name, Integer.class), 1));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> session.update(SessionKey.of(name, Integer.class), 1, (one) -> one));
		}
		assertThat(session.isDirty()).isFalse();
		session.set("__flash__", 1);
		session.set("__flash_error_", 2);
		session.set("x__flash_error__", 3);
		session.flash("__flash_error__", "a flash of an odd name");
		browser.close(session);
		assertThat(browser.ask(Session::data)).hasSize(4).containsEntry("__flash__", 1L);
		assertThat(browser.get("__flash_error__")).isEqualTo("a flash of an odd name");
		browser.visit((next) -> next.unset("__flash_error__"));
	}

	@Test
	void suchANameIsFineWhereValuesAndFlashAreApart() {
		for (SessionCookie cookie : List.of(cookie(CookieFormat.REMIX), Storages.ENCRYPTED)) {
			Browser browser = new Browser(SessionStorage.inCookie(cookie));
			browser.visit((session) -> session.set("__flash_error__", 1));
			assertThat(browser.get("__flash_error__")).isEqualTo(1L);
		}
	}

	@Test
	void aSessionMadeOutOfNothingIsCheckedWhenItIsCommitted() {
		SessionStorage storage = SessionStorage.inCookie(cookie(CookieFormat.REACT_ROUTER));
		Session odd = Session.create(Map.of("__flash_error__", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> storage.commitSession(odd));
		Session somebodys = Session.create(Map.of("a", 1));
		somebodys.subject("42");
		assertThatIllegalStateException().isThrownBy(() -> storage.commitSession(somebodys));
	}

	@ParameterizedTest
	@EnumSource(names = { "REACT_ROUTER", "REMIX" })
	void thereIsNoRoomForASubjectOrALifeOfItsOwn(CookieFormat format) {
		SessionStorage storage = SessionStorage.inCookie(cookie(format));
		Session session = storage.getSession(null);
		assertThat(storage.isShared()).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> session.subject("42"))
			.withMessageContaining("shared with " + format.peer())
			.withMessageContaining("no room");
		assertThatIllegalStateException().isThrownBy(() -> session.maxAge(Duration.ofDays(1)));
		session.untilBrowserCloses();
		session.subject(null);
		assertThat(session.subject()).isNull();
		assertThat(session.isDirty()).isFalse();
		assertThat(SessionStorage.inCookie(Storages.ENCRYPTED).isShared()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACT_ROUTER", "REMIX" })
	void itsAgeIsUnknownSoItBeganNow(CookieFormat format) {
		SessionStorage storage = SessionStorage.builder(cookie(format), new SharedMemoryStrategy(format, this.clock))
			.clock(this.clock)
			.build();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(browser.open().createdAt()).isEqualTo(this.clock.instant());
	}

	@Test
	void cookieAndStrategyAreOfTheSameFormat() {
		SharedMemoryStrategy shared = new SharedMemoryStrategy(CookieFormat.REMIX, this.clock);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SessionStorage.of(cookie(CookieFormat.REMIX), new MemoryStorageStrategy()))
			.withMessageContaining("shared with Remix")
			.withMessageContaining("MemoryStorageStrategy keeps records in the default format")
			.withMessageContaining("SharedStorageStrategy");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SessionStorage.of(cookie(CookieFormat.REACT_ROUTER), shared))
			.withMessageContaining("shared with React Router")
			.withMessageContaining("records of Remix");
		assertThatIllegalArgumentException().isThrownBy(() -> SessionStorage.of(Storages.SIGNED, shared))
			.withMessageContaining("format(CookieFormat.REMIX)");
	}

	@Test
	void whatHasNoIdCannotBeRevoked() {
		Revocation revocation = Revocation.in(new MemoryStorageStrategy());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SessionStorage.builder(cookie(CookieFormat.REACT_ROUTER)).revocation(revocation).build())
			.withMessageContaining("has no id");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SessionStorage.builder(Storages.ENCRYPTED)
				.revocation(Revocation.in(new SharedMemoryStrategy(CookieFormat.REMIX, this.clock)))
				.build())
			.withMessageContaining("SharedMemoryStrategy");
	}

	@Test
	void aSessionOfRemixInACookieIsRevokedOnAllNodes() {
		Revocation revocation = Revocation.in(new MemoryStorageStrategy()).cachedFor(Duration.ZERO);
		Browser browser = new Browser(
				SessionStorage.builder(cookie(CookieFormat.REMIX)).revocation(revocation).build());
		browser.visit((session) -> session.set("userId", "42"));
		Browser stolen = browser.copy()
			.on(SessionStorage.builder(cookie(CookieFormat.REMIX)).revocation(revocation).build());
		assertThat(stolen.get("userId")).isEqualTo("42");
		browser.visit(Session::destroy);
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void whoEqualsSomebodyElseInReactRoutersCookieIsNotLoggedOutWithThem() {
		SessionStorage storage = SessionStorage.inCookie(cookie(CookieFormat.REACT_ROUTER));
		Browser one = new Browser(storage);
		Browser other = new Browser(storage);
		one.visit((session) -> session.set("theme", "dark"));
		other.visit((session) -> session.set("theme", "dark"));
		assertThat(one.header()).isEqualTo(other.header());
		one.visit(Session::destroy);
		assertThat(other.get("theme")).isEqualTo("dark");
	}

	@Test
	void anIdIsNeverInALogAndOfAnUnreadableRecordOnlyTheBeginningOfItsHash() {
		SharedMemoryStrategy strategy = new SharedMemoryStrategy(CookieFormat.REACT_ROUTER, this.clock);
		SessionStorage storage = SessionStorage.builder(cookie(CookieFormat.REACT_ROUTER), strategy)
			.clock(this.clock)
			.build();
		Browser browser = new Browser(storage);
		try (CapturedLog log = new CapturedLog()) {
			browser.visit((session) -> session.set("count", "no number"));
			String id = browser.open().id();
			browser.visit((session) -> session.get("count", Integer.class));
			strategy.put(id, "no session".getBytes(StandardCharsets.UTF_8));
			assertThat(browser.hasSession()).isFalse();
			browser.visit(Session::destroy);
			assertThat(log.everything()).isNotEmpty()
				.allSatisfy((line) -> assertThat(line).doesNotContain(id.substring(0, 8)));
			assertThat(log.everything())
				.anySatisfy((line) -> assertThat(line).contains(SessionIds.key(id).substring(0, 8), "not readable"));
		}
	}

}
