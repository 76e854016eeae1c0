package io.sessionkit.spring.test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static io.sessionkit.spring.test.SessionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Assertions hold, or say what is there instead.
 */
class SessionAssertTests {

	private static final SessionKey<Item> ITEM = SessionKey.of("item", Item.class);

	private static final FlashKey<Item> NOTICE = FlashKey.of("notice", Item.class);

	private final Session session = Session.create(Map.of("userId", "42", "count", 3, "item", new Item("pen", 2)));

	@Test
	void valuesAreComparedAsTheJsonTheyBecome() {
		this.session.set("price", new BigDecimal("9.90"));
		this.session.set("items", List.of(new Item("ink", 1)));
		assertThat(this.session).hasValue("userId")
			.hasValue("userId", "42")
			.hasValue("count", 3)
			.hasValue("count", 3L)
			.hasValue("price", new BigDecimal("9.90"))
			.hasValue("item", new Item("pen", 2))
			.hasValue("item", Map.of("name", "pen", "count", 2))
			.hasValue(ITEM, new Item("pen", 2))
			.hasValue("items", List.of(new Item("ink", 1)))
			.hasNoValue("other");
	}

	@Test
	void aFlashCanBeLookedAtTwice() {
		this.session.flash(NOTICE, new Item("ink", 1));
		assertThat(this.session).hasFlash("notice")
			.hasFlash(NOTICE, new Item("ink", 1))
			.hasFlash(NOTICE, new Item("ink", 1))
			.hasNoFlash("other")
			.hasNoValue("notice");
	}

	@Test
	void aFlashUnderTheNameOfAValueIsTheFlash() {
		this.session.flash("count", 5);
		assertThat(this.session).hasValue("count", 3).hasFlash("count", 5);
	}

	@Test
	void aFailureSaysWhatIsThere() {
		this.session.flash("notice", "Saved");
		fails(() -> assertThat(this.session).hasValue("other"), "values are", "userId");
		fails(() -> assertThat(this.session).hasValue("userId", "43"), "'userId'", "<43>", "<42>");
		fails(() -> assertThat(this.session).hasValue("notice", "Saved"), "value 'notice'", "values are");
		fails(() -> assertThat(this.session).hasValue(ITEM, new Item("ink", 2)), "ink", "pen");
		fails(() -> assertThat(this.session).hasNoValue("userId"), "<42>");
		fails(() -> assertThat(this.session).hasFlash("other"), "flash attributes are", "notice");
		fails(() -> assertThat(this.session).hasFlash("notice", "Sent"), "<Sent>", "<Saved>");
		fails(() -> assertThat(this.session).hasFlash("userId"), "flash attribute 'userId'");
		fails(() -> assertThat(this.session).hasNoFlash("notice"), "notice");
		fails(() -> assertThat(this.session).isEmpty(), "userId", "notice");
		fails(() -> assertThat(this.session).isNotNew(), "none");
		fails(() -> assertThat(this.session).isDestroyed(), "not");
		fails(() -> assertThat((Session) null).isEmpty(), "not to be null");
	}

	@Test
	void aDestroyedSessionHasNothing() {
		this.session.destroy();
		assertThat(this.session).isDestroyed().isEmpty().hasNoValue("userId");
		fails(() -> assertThat(this.session).isNotDestroyed(), "destroyed");
	}

	private static void fails(ThrowingCallable assertion, String... parts) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion)
			.satisfies((error) -> org.assertj.core.api.Assertions.assertThat(error.getMessage()).contains(parts));
	}

	record Item(String name, int count) {
	}

}
