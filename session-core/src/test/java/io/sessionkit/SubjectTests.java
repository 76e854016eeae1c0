package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessionkit.SubjectSessions;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Whose session it is, and what that costs. */
class SubjectTests {

	private final MutableClock clock = new MutableClock();

	private final CountingStrategy strategy = new CountingStrategy(new MemoryStorageStrategy(1000, this.clock));

	private final SessionStorage storage = SessionStorage.builder(Storages.SIGNED, this.strategy)
		.clock(this.clock)
		.build();

	private SessionRecord record() {
		SessionRecord record = this.strategy.readData(this.strategy.lastKey());
		assertThat(record).isNotNull();
		return record;
	}

	private String body() {
		return new String(record().body(), StandardCharsets.UTF_8);
	}

	@Test
	void aSessionIsNobodysUntilItIsSaid() {
		for (SessionStorage each : new SessionStorage[] { this.storage, SessionStorage.inCookie(Storages.ENCRYPTED) }) {
			Browser browser = new Browser(each);
			browser.visit((session) -> {
				assertThat(session.subject()).isNull();
				session.set("a", 1);
			});
			assertThat(browser.open().subject()).isNull();
			browser.visit((session) -> {
				session.subject("42");
				assertThat(session.subject()).isEqualTo("42");
				assertThat(session.isDirty()).isTrue();
			});
			assertThat(browser.open().subject()).isEqualTo("42");
			browser.visit(Session::regenerateId);
			assertThat(browser.open().subject()).isEqualTo("42");
			browser.visit((session) -> session.subject(null));
			assertThat(browser.open().subject()).isNull();
			assertThat(browser.get("a")).isEqualTo(1L);
		}
	}

	@Test
	void aSubjectAloneIsWorthASession() {
		Browser browser = new Browser(this.storage);
		assertThat(browser.visit((session) -> session.subject("42"))).isNotNull();
		assertThat(browser.open().subject()).isEqualTo("42");
	}

	@Test
	void clearingForgetsTheSubjectAndADestroyedSessionIsNobodys() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.subject("42"));
		browser.visit((session) -> {
			session.clear();
			assertThat(session.subject()).isNull();
		});
		assertThat(browser.open().subject()).isNull();
		browser.visit((session) -> {
			session.subject("42");
			session.destroy();
			assertThat(session.subject()).isNull();
			assertThatIllegalStateException().isThrownBy(() -> session.subject("43"));
		});
	}

	@Test
	void aDroppedRequestLeavesTheSubjectAsItWas() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.subject("42"));
		browser.visit((session) -> {
			session.subject("43");
			session.discardChanges();
			assertThat(session.subject()).isEqualTo("42");
		});
		assertThat(browser.open().subject()).isEqualTo("42");
	}

	@Test
	void aSubjectIsSetOnTopOfWhatOthersWroteMeanwhile() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("a", 1));
		Session slow = browser.open();
		slow.subject("42", false);
		browser.visit((session) -> {
			session.set("a", 2);
			session.subject("7", false);
		});
		browser.close(slow);
		assertThat(browser.open().subject()).isEqualTo("42");
		assertThat(browser.get("a")).isEqualTo(2L);
		SubjectSessions sessions = new SubjectSessions(this.storage);
		assertThat(sessions.count("42")).isOne();
		assertThat(sessions.count("7")).isZero();
	}

	@Test
	void theDocumentSaysItOnlyWhereItIsUsed() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("a", 1));
		String without = "[{\"a\":1},{},{\"c\":" + this.clock.instant().getEpochSecond() + "}]";
		assertThat(body()).isEqualTo(without);
		browser.visit((session) -> session.subject("\u017e \"42\""));
		assertThat(body()).isEqualTo(without.replace("}]", ",\"s\":\"\u017e \\\"42\\\"\"}]"));
		assertThat(browser.open().subject()).isEqualTo("\u017e \"42\"");
	}

	@Test
	void aDocumentWhoseSubjectIsNoTextIsUnreadable() {
		Browser browser = new Browser(this.storage);
		for (String subject : new String[] { "1", "null", "{}", "[\"a\"]" }) {
			browser.visit((session) -> session.set("a", 1));
			this.strategy.overwrite(this.strategy.lastKey(),
					("[{\"a\":1},{},{\"c\":" + this.clock.instant().getEpochSecond() + ",\"s\":" + subject + "}]")
						.getBytes(StandardCharsets.UTF_8));
			assertThat(browser.hasSession()).as(subject).isFalse();
		}
	}

	@Test
	void theListIsUnderAKeyedHashAndNeverSaysTheSubject() {
		String subject = "a person whose name is told to nobody";
		Set<String> lists = new HashSet<>();
		for (String each : List.of(subject, subject, subject + ".")) {
			new Browser(this.storage).visit((session) -> session.subject(each));
			lists.addAll(lists());
		}
		SessionCookie renamed = SessionCookie.builder("other").signedWith(Storages.SECRET).build();
		new Browser(SessionStorage.of(renamed, this.strategy)).visit((session) -> session.subject(subject));
		lists.addAll(lists());
		assertThat(lists).hasSize(3)
			.allMatch((key) -> key.matches("[A-Za-z0-9_-]{43}"))
			.doesNotContain(SessionIds.key(subject));
		for (String list : lists) {
			assertThat(new String(this.strategy.readData(list).body(), StandardCharsets.ISO_8859_1)).startsWith("#1")
				.doesNotContain("person");
		}
	}

	private Set<String> lists() {
		return this.strategy.keys()
			.stream()
			.filter((key) -> this.strategy.readData(key).isSubjectList())
			.collect(Collectors.toSet());
	}

	@Test
	void aLoginCostsTheListAndANewId() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.subject("42"));
		assertThat(this.strategy.takeCalls()).containsExactly("read", "create", "create");
		browser.visit((session) -> session.subject("42"));
		assertThat(this.strategy.takeCalls()).containsExactly("read");
		browser.visit((session) -> session.subject("43", false));
		assertThat(this.strategy.takeCalls()).containsExactly("read", "read", "create", "update");
		browser.visit((session) -> session.subject("42"));
		assertThat(this.strategy.takeCalls()).containsExactly("read", "read", "update", "move");
		browser.visit(Session::regenerateId);
		assertThat(this.strategy.takeCalls()).containsExactly("read", "read", "update", "move");
		browser.visit((session) -> session.subject(null));
		assertThat(this.strategy.takeCalls()).containsExactly("read", "update");
		browser.visit((session) -> assertThat(session.subject()).isNull());
		assertThat(this.strategy.takeCalls()).containsExactly("read");
	}

	@Test
	void theListIsWrittenOnlyWhereTheSubjectOrTheIdChanges() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.subject("42"));
		this.strategy.takeCalls();
		for (int i = 2; i < 10; i++) {
			int value = i;
			this.clock.advance(Duration.ofMinutes(10));
			browser.visit((session) -> session.set("a", value));
			assertThat(this.strategy.takeCalls()).containsExactly("read", "update");
		}
		browser.visit(Session::destroy);
		assertThat(this.strategy.takeCalls()).containsExactly("read", "update");
	}

	@Test
	void listingIsTwoCallsAndOneForEachSecretMore() {
		new Browser(this.storage).visit((session) -> session.subject("42"));
		SubjectSessions sessions = new SubjectSessions(this.storage);
		this.strategy.takeCalls();
		assertThat(sessions.list("42")).hasSize(1);
		assertThat(this.strategy.takeCalls()).containsExactly("read", "readAll");
		assertThat(sessions.list("nobody")).isEmpty();
		assertThat(this.strategy.takeCalls()).containsExactly("read");
		sessions.endAll("42");
		assertThat(this.strategy.takeCalls()).containsExactly("read", "update", "readAll", "update", "delete", "read",
				"update", "read", "read");
	}

	@Test
	void theListLivesAsLongAsASessionCanAndNoLonger() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("a", 1));
		Instant begin = this.clock.instant();
		this.clock.advance(Duration.ofMinutes(20));
		browser.visit((session) -> session.subject("43", false));
		assertThat(lists()).singleElement()
			.extracting((list) -> this.strategy.readData(list).expires())
			.isEqualTo(begin.plus(Duration.ofDays(30)));
	}

	@Test
	void aSubjectHas1To255Characters() {
		Session session = Session.create();
		assertThatIllegalArgumentException().isThrownBy(() -> session.subject(""))
			.withMessageContaining("1 to 255 characters");
		assertThatIllegalArgumentException().isThrownBy(() -> session.subject("x".repeat(256)))
			.withMessageContaining("256");
		assertThatIllegalArgumentException().isThrownBy(() -> session.subject("\ud83d"));
		assertThatCode(() -> session.subject("x".repeat(255))).doesNotThrowAnyException();
	}

	@Test
	void whatCannotListSaysWhatCan() {
		assertThatIllegalStateException()
			.isThrownBy(() -> new SubjectSessions(SessionStorage.inCookie(Storages.ENCRYPTED)).list("42"))
			.withMessageContaining("keep them in a store");
		SessionStorage late = SessionStorage.of(Storages.SIGNED, new CountingStrategy(new MemoryStorageStrategy()) {
			@Override
			public boolean isConsistent() {
				return false;
			}
		});
		new Browser(late).visit((visit) -> visit.subject("42"));
		assertThatIllegalStateException().isThrownBy(() -> new SubjectSessions(late).list("42"))
			.withMessageContaining("not consistent");
		SessionCookie unsigned = SessionCookie.builder("__session").build();
		SessionStorage unsignedStorage = SessionStorage.of(unsigned, new MemoryStorageStrategy());
		new Browser(unsignedStorage).visit((visit) -> visit.subject("42"));
		assertThatIllegalStateException().isThrownBy(() -> new SubjectSessions(unsignedStorage).count("42"))
			.withMessageContaining("signedWith");
		assertThat(Stream.of(SessionStorage.inCookie(Storages.ENCRYPTED), late, unsignedStorage, this.storage))
			.extracting((each) -> new SubjectSessions(each).canList())
			.containsExactly(false, false, false, true);
	}

	@Test
	void aStoreThatFailsToListIsAFailedStore() {
		BreakableStrategy breakable = new BreakableStrategy();
		SessionStorage fragile = SessionStorage.builder(Storages.SIGNED, breakable).build();
		Browser browser = new Browser(fragile);
		browser.visit((session) -> session.set("a", 1));
		Session login = browser.open();
		assertThat(login.get("a")).isEqualTo(1L);
		login.subject("a person");
		breakable.broken.add("read");
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> browser.close(login))
			.withMessageContaining("BreakableStrategy failed to read")
			.withMessageNotContaining("person")
			.withCauseInstanceOf(UnsupportedOperationException.class);
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> new SubjectSessions(fragile).endAll("a person"));
		breakable.broken.clear();
		assertThat(browser.open().subject()).isNull();
		assertThat(browser.get("a")).isEqualTo(1L);
	}

	@Test
	void nobodyHasNoOtherDevices() {
		SubjectSessions sessions = new SubjectSessions(this.storage);
		Session nobodys = this.storage.getSession(null);
		assertThat(sessions.list(nobodys)).isEmpty();
		assertThatIllegalStateException().isThrownBy(() -> sessions.endOthers(nobodys))
			.withMessageContaining("subject(...)");
		assertThatIllegalStateException().isThrownBy(() -> sessions.endOldest(nobodys, 3));
		assertThatIllegalArgumentException().isThrownBy(() -> sessions.endOldest(nobodys, 0))
			.withMessageContaining("0");
		assertThatIllegalArgumentException().isThrownBy(() -> sessions.endOldest(nobodys, 101))
			.withMessageContaining("101");
	}

}
