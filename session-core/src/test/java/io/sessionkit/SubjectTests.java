package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

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

	private final SideIndexStrategy side = new SideIndexStrategy(this.clock);

	private final SessionStorage indexed = SessionStorage.builder(Storages.SIGNED, this.side)
		.clock(this.clock)
		.absoluteTimeout(Duration.ofDays(3))
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
		Browser browser = new Browser(this.indexed);
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
		SubjectSessions sessions = new SubjectSessions(this.indexed);
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
	void theIndexSeesAKeyedHashAndNeverTheSubject() {
		String subject = "a person whose name is told to nobody";
		new Browser(this.storage).visit((session) -> session.subject(subject));
		String index = record().subject();
		assertThat(index).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(SessionIds.key(subject));
		new Browser(this.storage).visit((session) -> session.subject(subject));
		assertThat(record().subject()).isEqualTo(index);
		new Browser(this.storage).visit((session) -> session.subject(subject + "."));
		assertThat(record().subject()).isNotEqualTo(index);
		SessionCookie renamed = SessionCookie.builder("other").signedWith(Storages.SECRET).build();
		new Browser(SessionStorage.of(renamed, this.strategy)).visit((session) -> session.subject(subject));
		assertThat(record().subject()).isNotEqualTo(index);
		assertThat(record()).asString().doesNotContain(index);
	}

	@Test
	void settingASubjectCostsNoCallMoreThanAValueButForTheNewId() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.subject("42"));
		assertThat(this.strategy.takeCalls()).containsExactly("create");
		browser.visit((session) -> session.subject("42"));
		assertThat(this.strategy.takeCalls()).containsExactly("read");
		browser.visit((session) -> session.subject("43", false));
		assertThat(this.strategy.takeCalls()).containsExactly("read", "update");
		browser.visit((session) -> session.subject("42"));
		assertThat(this.strategy.takeCalls()).containsExactly("read", "create", "update");
		browser.visit((session) -> session.subject("43", false));
		assertThat(this.strategy.takeCalls()).containsExactly("read", "update");
		browser.visit((session) -> assertThat(session.subject()).isEqualTo("43"));
		assertThat(this.strategy.takeCalls()).containsExactly("read");
	}

	@Test
	void anIndexBesideTheRecordsIsWrittenOnlyWhereTheSubjectChanges() {
		Browser browser = new Browser(this.indexed);
		browser.visit((session) -> session.set("a", 1));
		assertThat(this.side.takeIndexed()).isZero();
		browser.visit((session) -> session.subject("42"));
		assertThat(this.side.takeIndexed()).isOne();
		for (int i = 2; i < 10; i++) {
			int value = i;
			this.clock.advance(Duration.ofMinutes(10));
			browser.visit((session) -> session.set("a", value));
			browser.get("a");
		}
		assertThat(this.side.takeIndexed()).isZero();
		browser.visit((session) -> session.subject("43"));
		assertThat(this.side.takeIndexed()).isOne();
		browser.visit(Session::regenerateId);
		assertThat(this.side.takeIndexed()).isOne();
		browser.visit((session) -> session.subject(null));
		browser.visit(Session::destroy);
		assertThat(this.side.takeIndexed()).isZero();
	}

	@Test
	void anIndexIsToldHowLongTheSessionCanLive() {
		Browser browser = new Browser(this.indexed);
		browser.visit((session) -> session.subject("42"));
		this.clock.advance(Duration.ofMinutes(20));
		browser.visit((session) -> session.subject("43", false));
		assertThat(this.side.index.values()).flatExtracting(Map::values)
			.containsOnly(this.clock.instant().minus(Duration.ofMinutes(20)).plus(Duration.ofDays(3)));
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
		Session session = this.storage.getSession(null);
		session.subject("42");
		assertThatIllegalStateException()
			.isThrownBy(() -> new SubjectSessions(SessionStorage.inCookie(Storages.ENCRYPTED)).list("42"))
			.withMessageContaining("memory, file, redis, jdbc or dynamodb");
		assertThatIllegalStateException().isThrownBy(() -> new SubjectSessions(this.storage).list(session))
			.withMessageContaining("CountingStrategy")
			.withMessageContaining("SubjectIndexStrategy");
		SessionCookie unsigned = SessionCookie.builder("__session").build();
		SessionStorage unsignedStorage = SessionStorage.of(unsigned, new MemoryStorageStrategy());
		new Browser(unsignedStorage).visit((visit) -> visit.subject("42"));
		assertThatIllegalStateException().isThrownBy(() -> new SubjectSessions(unsignedStorage).count("42"))
			.withMessageContaining("signedWith");
		assertThat(Stream.of(SessionStorage.inCookie(Storages.ENCRYPTED), this.storage, unsignedStorage, this.indexed))
			.extracting((each) -> new SubjectSessions(each).canList())
			.containsExactly(false, false, false, true);
	}

	@Test
	void aStoreThatFailsToIndexOrToFindIsAFailedStore() {
		Browser browser = new Browser(this.indexed);
		browser.visit((session) -> session.set("a", 1));
		this.side.broken.set(true);
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> browser.visit((session) -> session.subject("a person")))
			.withMessageContaining("SideIndexStrategy failed to index")
			.withMessageNotContaining("person")
			.withCauseInstanceOf(UnsupportedOperationException.class);
		assertThatExceptionOfType(SessionStorageException.class)
			.isThrownBy(() -> new SubjectSessions(this.indexed).endAll("a person"))
			.withMessageContaining("failed to find");
		this.side.broken.set(false);
		assertThat(browser.open().subject()).isNull();
		assertThat(browser.get("a")).isEqualTo(1L);
	}

	@Test
	void nobodyHasNoOtherDevices() {
		SubjectSessions sessions = new SubjectSessions(this.indexed);
		Session nobodys = this.indexed.getSession(null);
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
