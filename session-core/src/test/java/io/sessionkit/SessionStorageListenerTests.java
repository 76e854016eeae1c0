package io.sessionkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a listener hears, and what becomes of one that fails. */
class SessionStorageListenerTests {

	private static final String OLD_SECRET = "an older secret of the tests of the core";

	private static final String FOREIGN_SECRET = "a secret that nobody here has configured";

	private final MutableClock clock = new MutableClock();

	private final Ear ear = new Ear();

	private final MemoryStorageStrategy records = new MemoryStorageStrategy(100, this.clock);

	/** Where the sessions are. */
	enum Kind {

		COOKIE, RECORDS

	}

	private SessionStorage.Builder builder(Kind kind, String... secrets) {
		SessionCookie.Builder cookie = SessionCookie.builder("__session");
		SessionStorage.Builder builder = (kind == Kind.COOKIE)
				? SessionStorage.builder(cookie.encryptedWith(secrets).build())
				: SessionStorage.builder(cookie.signedWith(secrets).build(), this.records);
		return builder.clock(this.clock);
	}

	private SessionStorage storage(Kind kind, String... secrets) {
		SessionStorage storage = builder(kind, secrets).listener(this.ear).build();
		this.ear.forget();
		return storage;
	}

	private SessionStorage storage(Kind kind) {
		return storage(kind, Storages.SECRET);
	}

	private static String commit(SessionStorage storage, Session session) {
		String setCookie = storage.commitIfNeeded(session);
		return (setCookie != null) ? setCookie.substring(0, setCookie.indexOf(';')) : "";
	}

	private static String login(SessionStorage storage) {
		Session session = storage.getSession(null);
		session.set("userId", "42");
		return commit(storage, session);
	}

	@ParameterizedTest
	@EnumSource
	void aLifeIsHeardOf(Kind kind) {
		SessionStorage storage = storage(kind);
		String cookie = login(storage);
		assertThat(this.ear.heard("store")).containsExactly("created", "committed true");

		Session session = storage.getSession(cookie);
		session.set("cart", "pen");
		String changed = commit(storage, session);
		String second = changed.isEmpty() ? cookie : changed;
		assertThat(this.ear.heard("store")).containsExactly("cookieOpened 0", "committed " + !changed.isEmpty());

		session = storage.getSession(second);
		session.regenerateId();
		String third = commit(storage, session);
		assertThat(this.ear.heard("store")).containsExactly("cookieOpened 0", "idRegenerated", "committed true");

		session = storage.getSession(third);
		session.destroy();
		commit(storage, session);
		assertThat(this.ear.heard("store")).containsExactly("cookieOpened 0", "destroyed", "committed true");

		assertThat(storage.getSession(third).isNew()).isTrue();
		assertThat(this.ear.heard("store")).containsExactlyInAnyOrder("cookieOpened 0", "rejected ENDED");
	}

	@ParameterizedTest
	@EnumSource
	void whoOnlyReadsIsHeardOfByTheCookieAlone(Kind kind) {
		SessionStorage storage = storage(kind);
		String cookie = login(storage);
		this.ear.forget();
		Session session = storage.getSession(cookie);
		session.get("userId");
		commit(storage, session);
		assertThat(this.ear.heard("store")).containsExactly("cookieOpened 0");
		commit(storage, storage.getSession(null));
		assertThat(this.ear.heard("none")).isEmpty();
	}

	@Test
	void everyCallOfTheStoreIsHeardOf() {
		SessionStorage storage = storage(Kind.RECORDS);
		String cookie = login(storage);
		assertThat(this.ear.only("store")).containsExactly("storeCalled CREATE DONE");
		Session session = storage.getSession(cookie);
		session.set("cart", "pen");
		Session concurrent = storage.getSession(cookie);
		concurrent.set("theme", "dark");
		commit(storage, concurrent);
		assertThat(this.ear.only("store")).containsExactly("storeCalled READ DONE", "storeCalled READ DONE",
				"storeCalled UPDATE DONE");
		commit(storage, session);
		assertThat(this.ear.heard("none")).containsExactly("storeCalled UPDATE CONFLICT", "conflict",
				"storeCalled UPDATE DONE", "committed false");
	}

	@ParameterizedTest
	@EnumSource
	void aCommitThatFindsItsSessionEndedIsGone(Kind kind) {
		SessionStorage storage = storage(kind);
		String cookie = login(storage);
		Session late = storage.getSession(cookie);
		late.set("cart", "pen");
		Session logout = storage.getSession(cookie);
		logout.destroy();
		commit(storage, logout);
		this.ear.forget();
		assertThat(commit(storage, late)).isEmpty();
		assertThat(this.ear.heard("store")).contains("gone").doesNotContain("committed true", "committed false");
	}

	@Test
	void aSessionIsDestroyedOnce() {
		SessionStorage storage = storage(Kind.RECORDS);
		String cookie = login(storage);
		List<Session> logouts = List.of(storage.getSession(cookie), storage.getSession(cookie));
		logouts.forEach((session) -> assertThat(session.isNew()).isFalse());
		logouts.forEach(Session::destroy);
		logouts.forEach((session) -> commit(storage, session));
		assertThat(this.ear.heard("none")).containsOnlyOnce("destroyed");
	}

	@ParameterizedTest
	@EnumSource
	void aCookieOfAnOlderSecretSaysWhich(Kind kind) {
		String cookie = login(storage(kind, OLD_SECRET));
		SessionStorage storage = builder(kind, Storages.SECRET, OLD_SECRET).listener(this.ear).build();
		assertThat(this.ear.keyIds()).hasSize(2).doesNotHaveDuplicates().allMatch((id) -> id.matches("[0-9a-f]{8}"));
		this.ear.forget();
		assertThat(storage.getSession(cookie).isNew()).isFalse();
		assertThat(this.ear.heard("store")).containsExactly("cookieOpened 1");
		assertThat(this.ear.openedBy()).isEqualTo(this.ear.keyIds().get(1));
	}

	@ParameterizedTest
	@EnumSource
	void whatDoesNotCountSaysWhy(Kind kind) {
		String foreign = login(builder(kind, FOREIGN_SECRET).build());
		SessionStorage storage = storage(kind);
		String cookie = login(storage);
		char other = (cookie.charAt(60) == 'A') ? 'B' : 'A';
		this.ear.forget();
		assertRejected(storage, "__session=nonsense", "MALFORMED");
		assertRejected(storage, cookie.substring(0, 60) + other + cookie.substring(61), "FORGED");
		assertRejected(storage, foreign, "UNKNOWN_KEY");
		this.clock.advance(Duration.ofHours(2));
		String ahead = login(storage);
		this.ear.forget();
		assertRejected(storage, cookie, (kind == Kind.COOKIE) ? "EXPIRED" : "ABSENT");
		this.clock.advance(Duration.ofHours(-1));
		assertRejected(storage, ahead, "FROM_THE_FUTURE");
	}

	@ParameterizedTest
	@EnumSource
	void twoSessionsThatLiveSaySo(Kind kind) {
		SessionStorage storage = storage(kind);
		String cookies = login(storage) + "; " + login(storage);
		this.ear.forget();
		assertRejected(storage, cookies, "AMBIGUOUS");
	}

	@Test
	void aRecordThatIsNoSessionSaysSo() {
		SessionStorage storage = storage(Kind.RECORDS);
		Session session = storage.getSession(null);
		session.set("userId", "42");
		String cookie = commit(storage, session);
		String key = SessionIds.key(session.id());
		SessionRecord record = this.records.readData(key);
		this.records.updateData(key, new SessionRecord(2, record.expires(), new byte[] { '{' }));
		this.ear.forget();
		assertRejected(storage, cookie, "UNREADABLE");
	}

	private void assertRejected(SessionStorage storage, String cookie, String reason) {
		assertThat(storage.getSession(cookie).isNew()).isTrue();
		assertThat(this.ear.only("rejected")).containsExactly("rejected " + reason);
	}

	@Test
	void aValueThatNoLongerFitsIsHeardOf() {
		SessionStorage storage = storage(Kind.COOKIE);
		assertThat(storage.getSession(login(storage)).get("userId", Duration[].class)).isNull();
		assertThat(this.ear.only("value")).containsExactly("valueUnreadable");
	}

	@Test
	void aStoreThatFailsIsHeardOf() {
		SessionIdStorageStrategy down = (SessionIdStorageStrategy) Proxy.newProxyInstance(
				SessionIdStorageStrategy.class.getClassLoader(), new Class<?>[] { SessionIdStorageStrategy.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("onExpired")) {
						return null;
					}
					throw new IllegalStateException("down");
				});
		SessionStorage storage = SessionStorage.builder(Storages.SIGNED, down).listener(this.ear).build();
		this.ear.forget();
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> login(storage));
		assertThat(this.ear.heard("none")).containsExactly("storeCalled CREATE FAILED");
	}

	@Test
	void whatSurroundsACallIsClosedInReverseOrderAndMayFail() {
		List<String> told = new ArrayList<>();
		SessionStorage storage = builder(Kind.RECORDS, Storages.SECRET).listener(new Surrounding("outer", told))
			.listener(new Surrounding("failing", told) {

				@Override
				public StoreCallEnd storeCalling(StoreCall call) {
					super.storeCalling(call);
					return (outcome, failure) -> {
						throw new IllegalStateException("the listener's own");
					};
				}

			})
			.listener(this.ear)
			.listener(new Surrounding("inner", told))
			.build();
		login(storage);
		assertThat(told).containsExactly("outer CREATE", "failing CREATE", "inner CREATE", "inner DONE null",
				"outer DONE null");
		assertThat(this.ear.only("store")).containsExactly("storeCalled CREATE DONE");
	}

	@ParameterizedTest
	@EnumSource
	void aListenerThatFailsChangesNothingAndIsLoggedOnce(Kind kind) {
		InvocationHandler fails = (proxy, method, arguments) -> {
			throw new IllegalStateException("the listener's own");
		};
		SessionStorageListener failing = (SessionStorageListener) Proxy.newProxyInstance(
				SessionStorageListener.class.getClassLoader(), new Class<?>[] { SessionStorageListener.class }, fails);
		try (CapturedLog log = new CapturedLog()) {
			SessionStorage storage = builder(kind, Storages.SECRET).listener(failing).listener(this.ear).build();
			this.ear.forget();
			String cookie = login(storage);
			assertThat(storage.getSession(cookie).get("userId")).isEqualTo("42");
			storage.getSession("__session=nonsense").isNew();
			assertThat(this.ear.heard("store")).containsExactly("created", "committed true", "cookieOpened 0",
					"rejected MALFORMED");
			assertThat(log.messages(Level.WARN)).singleElement().asString().contains("failed", "nothing");
		}
	}

	@ParameterizedTest
	@EnumSource
	void noListenerLearnsAnId(Kind kind) {
		List<String> everything = new ArrayList<>();
		SessionStorageListener tap = (SessionStorageListener) Proxy.newProxyInstance(
				SessionStorageListener.class.getClassLoader(), new Class<?>[] { SessionStorageListener.class },
				(proxy, method, arguments) -> {
					Stream.of((arguments != null) ? arguments : new Object[0])
						.forEach((argument) -> everything.add(argument.toString()));
					return null;
				});
		SessionStorage storage = builder(kind, Storages.SECRET).listener(tap).build();
		Session session = storage.getSession(null);
		session.set("userId", "the-value");
		String cookie = commit(storage, session);
		Session login = storage.getSession(cookie);
		login.subject("ann");
		login.regenerateId();
		String second = commit(storage, login);
		login(storage);
		Session again = storage.getSession(second);
		again.destroy();
		commit(storage, again);
		this.clock.advance(Duration.ofHours(1));
		login(storage);
		assertThat(everything).anyMatch((text) -> text.contains("ann"))
			.noneMatch((text) -> Stream.of(session.id(), login.id())
				.anyMatch((id) -> text.contains(id) || text.contains(SessionIds.key(id))) || text.contains("userId")
					|| text.contains("the-value"));
	}

	@ParameterizedTest
	@EnumSource
	void aLifeIsToldByHandlesAndWithItsSubject(Kind kind) {
		SessionStorage storage = storage(kind);
		String cookie = login(storage);
		SessionIdentity begun = this.ear.told().get(0);
		assertThat(begun.subject()).isNull();
		Session login = storage.getSession(cookie);
		login.subject("ann");
		login.regenerateId();
		String second = commit(storage, login);
		SessionIdentity known = this.ear.told().get(0);
		assertThat(this.ear.former()).isEqualTo(begun.handle()).isNotEqualTo(known.handle());
		assertThat(known.subject()).isEqualTo("ann");
		Session logout = storage.getSession(second);
		logout.destroy();
		commit(storage, logout);
		assertThat(this.ear.told()).containsExactly(known);
	}

	/** What a late logout ends is what the session has become. */
	@ParameterizedTest
	@EnumSource
	void aLogoutUnderAFormerIdTellsOfThePresentOne(Kind kind) {
		SessionStorage storage = storage(kind);
		String cookie = login(storage);
		Session login = storage.getSession(cookie);
		login.regenerateId();
		commit(storage, login);
		String present = this.ear.told().get(1).handle();
		Session logout = storage.getSession(cookie);
		logout.destroy();
		commit(storage, logout);
		assertThat(this.ear.told()).extracting(SessionIdentity::handle).containsExactly(present);
	}

	@Test
	void aSessionBehindAnUnsignedCookieHasAHandleToo() {
		SessionStorage storage = SessionStorage.builder(SessionCookie.builder("__session").build(), this.records)
			.clock(this.clock)
			.listener(this.ear)
			.build();
		Session session = storage.getSession(null);
		session.set("userId", "42");
		storage.commitSession(session);
		assertThat(this.ear.told()).singleElement()
			.extracting(SessionIdentity::handle)
			.asString()
			.isNotEmpty()
			.isNotEqualTo(session.id())
			.isNotEqualTo(SessionIds.key(session.id()));
	}

	private static class Surrounding implements SessionStorageListener {

		private final String name;

		private final List<String> told;

		Surrounding(String name, List<String> told) {
			this.name = name;
			this.told = told;
		}

		@Override
		public StoreCallEnd storeCalling(StoreCall call) {
			this.told.add(this.name + " " + call);
			return (outcome, failure) -> this.told.add(this.name + " " + outcome + " " + failure);
		}

	}

}
