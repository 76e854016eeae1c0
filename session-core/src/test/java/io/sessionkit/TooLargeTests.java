package io.sessionkit;

import java.time.Duration;
import java.util.Map;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What does not fit is refused before anything is sent or written. */
class TooLargeTests {

	private static final SessionKey<String> FILL = SessionKey.of("fill", String.class);

	private final SessionStorage storage = SessionStorage.inCookie(Storages.ENCRYPTED);

	private final Browser browser = new Browser(this.storage);

	/** The most characters that fit next to what is there. */
	private int most() {
		int fits = 0;
		int tooMany = 4096;
		while (tooMany - fits > 1) {
			int middle = (fits + tooMany) / 2;
			Session session = this.browser.open();
			try {
				session.set(FILL, "x".repeat(middle));
				this.storage.commitSession(session);
				fits = middle;
			}
			catch (SessionTooLargeException ex) {
				tooMany = middle;
			}
		}
		return fits;
	}

	@Test
	void aCookieMayHave4096BytesAndNotOneMore() {
		this.browser.visit((session) -> session.set("userId", "42"));
		int most = most();
		assertThat(most).isBetween(2700, 3000);
		Session full = this.browser.open();
		full.set(FILL, "x".repeat(most));
		String header = this.storage.commitSession(full);
		assertThat(header.getBytes(UTF_8).length).isLessThanOrEqualTo(4096);
		Browser other = this.browser.copy();
		other.receive(header);
		assertThat(other.<String>ask((session) -> session.get(FILL))).hasSize(most);

		Session tooLarge = this.browser.open();
		tooLarge.set("a", "y".repeat(100));
		tooLarge.set("b", "y".repeat(100));
		tooLarge.flash("b", "y".repeat(50));
		tooLarge.set(FILL, "x".repeat(most - 200));
		SessionTooLargeException thrown = catchThrowableOfType(SessionTooLargeException.class,
				() -> this.storage.commitSession(tooLarge));
		assertThat(thrown.size()).isBetween(4097, 4300);
		assertThat(thrown.limit()).isEqualTo(4096);
		assertThat(thrown.bytesPerKey()).containsOnlyKeys("userId", "a", "b", "fill");
		assertThat(thrown.bytesPerKey()).containsEntry("a", 100 + "\"a\":\"\",".length())
			.containsEntry("b", 150 + 2 * "\"b\":\"\",".length());
		assertThat(thrown).hasMessageContaining("4096")
			.hasMessageContaining(String.valueOf(thrown.size()))
			.hasMessageContaining("{fill=");
		assertThat(this.browser.get("userId")).isEqualTo("42");
	}

	/** As after a change of the settings that makes each cookie longer. */
	@Test
	void aFullCookieThatCannotBeRenewedIsReadAllTheSame() {
		MutableClock clock = new MutableClock();
		String secret = "a secret of at least thirty-two bytes";
		int most = most();
		Browser full = new Browser(
				SessionStorage.builder(SessionCookie.builder("__session").encryptedWith(secret).build())
					.clock(clock)
					.build());
		full.visit((session) -> session.set(FILL, "x".repeat(most)));
		SessionCookie longer = SessionCookie.builder("__session")
			.encryptedWith("the newest of all secrets, of thirty-two bytes", secret)
			.domain("a".repeat(60) + ".example.com")
			.build();
		Browser browser = full.on(SessionStorage.builder(longer).clock(clock).build());
		clock.advance(Duration.ofMinutes(10));
		assertThat(browser.<String>ask((session) -> session.get(FILL))).hasSize(most);
		assertThatExceptionOfType(SessionTooLargeException.class)
			.isThrownBy(() -> browser.visit((session) -> session.set("a", 1)));
		assertThat(browser.visit((session) -> session.set(FILL, "x"))).isNotNull();
	}

	@Test
	void theMessageNamesTheFiveLargestKeysShortly() {
		Session session = this.browser.open();
		for (int i = 1; i <= 9; i++) {
			session.set("k" + i + "\n" + "x".repeat(200), "y".repeat(10 * i));
		}
		session.set(FILL, "x".repeat(2900));
		SessionTooLargeException thrown = catchThrowableOfType(SessionTooLargeException.class,
				() -> this.storage.commitSession(session));
		assertThat(thrown.bytesPerKey()).hasSize(10);
		assertThat(thrown.getMessage()).contains("{fill=", "k9\\u{a}xx", "k6\\u{a}xx", ", ...}")
			.doesNotContain("k5", "\n")
			.hasSizeLessThan(600);
	}

	@Test
	void everySizeAroundTheLimitIsEitherWithinItOrRefused() {
		int most = most();
		for (int size = most - 40; size < most + 10; size++) {
			Session session = this.browser.open();
			session.set(FILL, "x".repeat(size));
			if (size <= most) {
				assertThat(this.storage.commitSession(session).length()).isLessThanOrEqualTo(4096);
			}
			else {
				assertThatExceptionOfType(SessionTooLargeException.class)
					.isThrownBy(() -> this.storage.commitSession(session));
			}
		}
	}

	@Test
	void aCookieOf4096BytesIsSentAndOneOf4097IsNot() {
		Map<String, String> content = Map.of("a", "x".repeat(2300));
		int rest = 4096 - this.storage.commitSession(Session.create(content)).length();
		assertThat(withPath(rest).commitSession(Session.create(content))).hasSize(4096);
		SessionTooLargeException thrown = catchThrowableOfType(SessionTooLargeException.class,
				() -> withPath(rest + 1).commitSession(Session.create(content)));
		assertThat(thrown.size()).isEqualTo(4097);
		assertThat(thrown.limit()).isEqualTo(4096);
	}

	private static SessionStorage withPath(int length) {
		return SessionStorage.inCookie(SessionCookie.builder("__session")
			.encryptedWith(Storages.SECRET)
			.path("/" + "p".repeat(length))
			.build());
	}

	@Test
	void theAttributesCountToo() {
		SessionStorage longPath = withPath(999);
		String value = "x".repeat(most() - 700);
		assertThat(this.storage.commitSession(Session.create(Map.of("a", value)))).hasSizeLessThan(4096);
		assertThatExceptionOfType(SessionTooLargeException.class)
			.isThrownBy(() -> longPath.commitSession(Session.create(Map.of("a", value))));
	}

	@Test
	void whatCanNeverFitIsRefusedAtTheCall() {
		this.browser.visit((session) -> session.set("a", 1));
		Session session = this.browser.open();
		String value = "x".repeat(4000);
		assertThatExceptionOfType(SessionTooLargeException.class).isThrownBy(() -> session.set("b", value))
			.withMessageContaining("use a storage with records")
			.satisfies((ex) -> assertThat(ex.bytesPerKey()).isEqualTo(Map.of("a", 6, "b", 4002)))
			.satisfies((ex) -> assertThat(ex.size()).as("in all").isEqualTo(4008));
		assertThatExceptionOfType(SessionTooLargeException.class).isThrownBy(() -> session.flash("b", value));
		assertThatExceptionOfType(SessionTooLargeException.class)
			.isThrownBy(() -> session.update(FILL, "", (fill) -> value));
		assertThat(session.isDirty()).isFalse();
		assertThat(session.data()).isEqualTo(Map.of("a", 1L));
		session.set("c", 2);
		this.browser.close(session);
		assertThat(this.browser.ask(Session::data)).isEqualTo(Map.of("a", 1L, "c", 2L));
	}

	@Test
	void aRefusedExplicitCommitCanBeTriedAgainWithLess() {
		Session session = this.browser.open();
		session.set("a", "x".repeat(2000));
		session.set("b", "x".repeat(2000));
		assertThatExceptionOfType(SessionTooLargeException.class).isThrownBy(() -> this.storage.commitSession(session));
		session.unset("b");
		this.browser.receive(this.storage.commitSession(session));
		assertThat(this.browser.ask(Session::keys)).containsExactly("a");
	}

	@Test
	void aLoginThatDoesNotFitLeavesTheOldSessionAlive() {
		this.browser.visit((session) -> session.set("a", "x".repeat(2000)));
		Session session = this.browser.open();
		session.regenerateId();
		session.set("b", "x".repeat(2000));
		assertThatExceptionOfType(SessionTooLargeException.class).isThrownBy(() -> this.browser.close(session));
		assertThat(this.browser.ask(Session::keys)).containsExactly("a");
	}

	@Test
	void whoHasARecordIsNotSentToOne() {
		Session session = new Browser(Storages.records()).open();
		assertThatExceptionOfType(SessionTooLargeException.class)
			.isThrownBy(() -> session.set("a", "x".repeat(300 * 1024)))
			.withMessageEndingWith("Keep less in it (an id instead of the thing).");
	}

	@Test
	void aRecordMayHave256KibibytesInAll() {
		SessionStorage records = Storages.records();
		Browser visitor = new Browser(records);
		visitor.visit((session) -> {
			session.set("a", "x".repeat(100 * 1024));
			session.set("b", "x".repeat(100 * 1024));
			session.set("c", "x".repeat(55 * 1024));
		});
		assertThat(visitor.ask(Session::keys)).containsExactly("a", "b", "c");
		Session session = visitor.open();
		session.set("d", "x".repeat(1024));
		SessionTooLargeException thrown = catchThrowableOfType(SessionTooLargeException.class,
				() -> visitor.close(session));
		assertThat(thrown.limit()).isEqualTo(256 * 1024);
		assertThat(thrown.bytesPerKey()).containsOnlyKeys("a", "b", "c", "d");
		assertThat(visitor.ask(Session::keys)).containsExactly("a", "b", "c");
	}

}
