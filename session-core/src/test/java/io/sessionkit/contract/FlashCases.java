package io.sessionkit.contract;

import java.util.Map;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Of the {@link StorageContract}: values that are read once (G11). */
interface FlashCases extends StorageFixture {

	FlashKey<String> NOTICE = FlashKey.of("notice", String.class);

	@Test
	default void aFlashIsReadOnceInALaterRequest() {
		Browser browser = browser();
		browser.visit((session) -> session.flash(NOTICE, "saved"));
		assertThat(browser.<String>ask((session) -> session.get(NOTICE))).isEqualTo("saved");
		assertThat(browser.<String>ask((session) -> session.get(NOTICE))).isNull();
		assertThat(browser.hasSession()).isTrue();
	}

	@Test
	default void aRequestThatKeepsFlashReadsItAndLeavesItForTheNext() {
		Browser browser = browser();
		browser.visit((session) -> session.flash(NOTICE, "saved"));
		assertThat(browser.visit((session) -> {
			session.keepFlash();
			assertThat(session.get(NOTICE)).isEqualTo("saved");
			assertThat(session.get("notice")).isEqualTo("saved");
		})).isNull();
		assertThat(browser.<String>ask((session) -> session.get(NOTICE))).isEqualTo("saved");
		assertThat(browser.<String>ask((session) -> session.get(NOTICE))).isNull();
	}

	@Test
	default void aFlashIsReadOnceWithinTheRequestThatSetIt() {
		Browser browser = browser();
		browser.visit((session) -> {
			session.set("a", 1);
			session.flash(NOTICE, "saved");
			assertThat(session.get(NOTICE)).isEqualTo("saved");
			assertThat(session.get(NOTICE)).isNull();
		});
		assertThat(browser.<String>ask((session) -> session.get(NOTICE))).isNull();
	}

	@Test
	default void aFlashSurvivesRequestsThatDoNotReadIt() {
		Browser browser = browser();
		browser.visit((session) -> session.flash(NOTICE, "saved"));
		browser.visit((session) -> {
			assertThat(session.has(NOTICE)).isTrue();
			assertThat(session.has("notice")).isTrue();
			assertThat(session.flashKeys()).containsExactly("notice");
			assertThat(session.data()).containsEntry("notice", "saved");
		});
		browser.visit((session) -> session.set("a", 1));
		browser.visit((session) -> session.regenerateId());
		browser.visit((session) -> {
		});
		assertThat(browser.get("notice")).isEqualTo("saved");
		assertThat(browser.get("notice")).isNull();
	}

	@Test
	default void aPlainNameSeesTheValueFirstAndThenTheFlash() {
		Browser browser = browser();
		browser.visit((session) -> {
			session.flash("x", "flash");
			session.set("x", "value");
		});
		assertThat(browser.get("x")).isEqualTo("value");
		assertThat(browser.ask(Session::flashKeys)).containsExactly("x");
		browser.visit((session) -> {
			session.set("x", null);
			session.flash("x", "flash");
		});
		assertThat(browser.get("x")).isEqualTo("flash");
		assertThat(browser.get("x")).isNull();
	}

	@Test
	default void unsettingAPlainNameRemovesValueAndFlash() {
		Browser browser = browser();
		browser.visit((session) -> {
			session.set("other", 1);
			session.flash("x", "flash");
			session.set("x", "value");
		});
		browser.visit((session) -> session.unset("x"));
		assertThat(browser.ask(Session::data)).isEqualTo(Map.of("other", 1L));
	}

	@Test
	default void twoRequestsThatOverlapMayBothShowAFlashAndThenItIsGone() {
		Browser browser = browser();
		browser.visit((session) -> session.flash(NOTICE, "saved"));
		Session one = browser.open();
		Session two = browser.open();
		assertThat(one.get(NOTICE)).isEqualTo("saved");
		assertThat(two.get(NOTICE)).isEqualTo("saved");
		browser.close(one);
		browser.close(two);
		assertThat(browser.<String>ask((session) -> session.get(NOTICE))).isNull();
	}

	@Test
	default void aFlashThatNobodyReadBeforeTheCommitStaysForTheNextRequest() {
		Browser browser = browser();
		Session session = browser.open();
		session.flash(NOTICE, "saved");
		session.set("a", 1);
		browser.close(session);
		assertThat(session.get(NOTICE)).isNull();
		assertThat(session.has(NOTICE)).isFalse();
		assertThat(session.flashKeys()).isEmpty();
		assertThat(session.data()).isEqualTo(Map.of("a", 1L));
		assertThat(browser.<String>ask((next) -> next.get(NOTICE))).isEqualTo("saved");
	}

	@Test
	default void aFlashSetMeanwhileIsNotLostToARequestThatNeverReadsIt() {
		requires(Promise.NO_LOST_CHANGE);
		Browser browser = browser();
		browser.visit((session) -> session.set("a", 1));
		Session slow = browser.open();
		slow.set("a", 2);
		browser.visit((session) -> session.flash(NOTICE, "saved"));
		browser.close(slow);
		assertThat(browser.get("a")).isEqualTo(2L);
		assertThat(browser.get("notice")).isEqualTo("saved");
	}

	@Test
	default void aFlashReadMeanwhileDoesNotComeBack() {
		requires(Promise.NO_LOST_CHANGE);
		Browser browser = browser();
		browser.visit((session) -> session.flash(NOTICE, "saved"));
		Session slow = browser.open();
		slow.set("a", 2);
		assertThat(browser.get("notice")).isEqualTo("saved");
		browser.close(slow);
		assertThat(browser.get("a")).isEqualTo(2L);
		assertThat(browser.get("notice")).isNull();
	}

	@Test
	default void takingAFlashRemovesOnlyTheOneThatWasRead() {
		requires(Promise.NO_LOST_CHANGE);
		Browser browser = browser();
		browser.visit((session) -> session.flash(NOTICE, "first"));
		Session slow = browser.open();
		assertThat(slow.get(NOTICE)).isEqualTo("first");
		browser.visit((session) -> session.flash(NOTICE, "second"));
		browser.close(slow);
		assertThat(browser.get("notice")).isEqualTo("second");
	}

}
