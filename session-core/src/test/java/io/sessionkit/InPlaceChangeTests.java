package io.sessionkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.sessionkit.contract.Browser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Values live until the commit: what is changed in them is saved (G13). */
class InPlaceChangeTests {

	private static final SessionKey<Cart> CART = SessionKey.of("cart", Cart.class);

	private static final SessionKey<List<String>> NAMES = SessionKey.listOf("names", String.class);

	private final Browser browser = Storages.browser();

	private Cart storedCart() {
		return this.browser.<Cart>ask((session) -> session.get(CART));
	}

	@Test
	void aValueThatIsReadIsTheSameObjectEachTime() {
		this.browser.visit((session) -> session.set(CART, new Cart()));
		this.browser.visit((session) -> {
			Cart cart = session.get(CART);
			assertThat(session.get(CART)).isSameAs(cart);
			assertThat(session.get("cart", Cart.class)).isSameAs(cart);
			assertThat(session.get(SessionKey.of("cart", Cart.class))).isSameAs(cart);
		});
	}

	@Test
	void aValueThatIsSetStaysThisVeryObject() {
		this.browser.visit((session) -> {
			Cart cart = new Cart();
			session.set("cart", cart);
			assertThat(session.get(CART)).isSameAs(cart);
			List<String> names = new ArrayList<>();
			session.set(NAMES, names);
			assertThat(session.get(NAMES)).isSameAs(names);
		});
	}

	@Test
	void aChangedObjectIsSaved() {
		this.browser.visit((session) -> session.set(CART, new Cart()));
		this.browser.visit((session) -> session.get(CART).setNote("gift"));
		assertThat(storedCart().getNote()).isEqualTo("gift");
	}

	@Test
	void aChangeDeepInsideIsSaved() {
		this.browser.visit((session) -> session.set(CART, new Cart().with("tea", 1)));
		this.browser.visit((session) -> session.get(CART).getItems().set(0, new Cart.Item("tea", 7)));
		assertThat(storedCart().getItems()).containsExactly(new Cart.Item("tea", 7));
	}

	@Test
	void aChangeAfterSetIsSaved() {
		this.browser.visit((session) -> {
			Cart cart = new Cart();
			session.set(CART, cart);
			cart.with("tea", 1);
		});
		assertThat(storedCart().getItems()).hasSize(1);
	}

	@Test
	void aChangedListAndMapAreSaved() {
		SessionKey<Map<String, Integer>> counts = SessionKey.mapOf("counts", Integer.class);
		this.browser.visit((session) -> {
			session.set(NAMES, List.of("a"));
			session.set(counts, Map.of("a", 1));
		});
		this.browser.visit((session) -> {
			session.get(NAMES).add("b");
			session.get(counts).put("b", 2);
		});
		assertThat(this.browser.ask(Session::data))
			.isEqualTo(Map.of("names", List.of("a", "b"), "counts", Map.of("a", 1L, "b", 2L)));
	}

	/** It cannot have changed, so that nobody has to look. */
	@Test
	void aRecordOfScalarsIsNotWrittenAgainToSeeWhetherItHasChanged() {
		this.browser.visit((session) -> session.set("point", new Point(1, new Point(2, null, Level.HIGH), Level.LOW)));
		int written = Point.WRITTEN.get();
		this.browser.visit((session) -> {
			Point point = session.get("point", Point.class);
			assertThat(point).isEqualTo(new Point(1, new Point(2, null, Level.HIGH), Level.LOW));
			assertThat(session.get("point", Point.class)).isSameAs(point);
			assertThat(session.isDirty()).isFalse();
		});
		assertThat(Point.WRITTEN).hasValue(written);
	}

	@Test
	void whatARecordHoldsCanChange() {
		this.browser.visit((session) -> session.set("basket", new Basket("a", new ArrayList<>(), new Object[] { 1 })));
		this.browser.visit((session) -> session.get("basket", Basket.class).items().add("tea"));
		this.browser.visit((session) -> session.get("basket", Basket.class).more()[0] = 2);
		assertThat(this.browser.get("basket"))
			.isEqualTo(Map.of("owner", "a", "items", List.of("tea"), "more", List.of(2L)));
		this.browser.visit((session) -> session.set("outer", new Outer(new Basket("b", new ArrayList<>(), null))));
		this.browser.visit((session) -> session.get("outer", Outer.class).basket().items().add("cup"));
		assertThat(this.browser.<List<String>>ask((session) -> session.get("outer", Outer.class).basket().items()))
			.containsExactly("cup");
	}

	@Test
	void aRecordOfScalarsIsReadAgainWhereAnotherCopyOfItHasChanged() {
		this.browser.visit((session) -> session.set("point", new Point(1, null, Level.LOW)));
		this.browser.visit((session) -> {
			Point point = session.get("point", Point.class);
			session.get("point", MutablePoint.class).x = 7;
			assertThat(session.isDirty()).isTrue();
			assertThat(session.get("point", Point.class)).isNotSameAs(point).isEqualTo(new Point(7, null, Level.LOW));
		});
		assertThat(this.browser.<Object>ask((session) -> session.get("point", Point.class)))
			.isEqualTo(new Point(7, null, Level.LOW));
	}

	enum Level {

		LOW, HIGH

	}

	record Point(int x, @Nullable Point next, Level level) {

		private static final AtomicInteger WRITTEN = new AtomicInteger();

		@Override
		public int x() {
			WRITTEN.incrementAndGet();
			return this.x;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Point point && this.x == point.x && Objects.equals(this.next, point.next)
					&& this.level == point.level;
		}

		@Override
		public int hashCode() {
			return this.x;
		}

	}

	static class MutablePoint {

		public int x;

		public @Nullable Point next;

		public Level level = Level.LOW;

	}

	record Basket(String owner, List<String> items, Object @Nullable [] more) {
	}

	record Outer(Basket basket) {
	}

	@Test
	void everyOtherViewShowsTheChangeAtOnce() {
		this.browser.visit((session) -> session.set(NAMES, List.of("a")));
		Session session = this.browser.open();
		assertThat(session.isDirty()).isFalse();
		session.get(NAMES).add("b");
		assertThat(session.get("names")).isEqualTo(List.of("a", "b"));
		session.get(NAMES).add("c");
		assertThat(session.get("names", String[].class)).containsExactly("a", "b", "c");
		session.get(NAMES).add("d");
		assertThat(session.data()).isEqualTo(Map.of("names", List.of("a", "b", "c", "d")));
		Session other = this.browser.open();
		other.get(NAMES).add("b");
		assertThat(other.isDirty()).isTrue();
	}

	@Test
	void readingAClassWithFewerFieldsThanAreStoredLosesAndWritesNothing() {
		this.browser.visit((session) -> session.set("cart", Map.of("note", "gift", "coupon", "X")));
		Session session = this.browser.open();
		assertThat(session.get("cart", Older.class).note).isEqualTo("gift");
		assertThat(session.isDirty()).isFalse();
		this.browser.close(session);
		assertThat(this.browser.get("cart")).isEqualTo(Map.of("note", "gift", "coupon", "X"));
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	static class Older {

		public String note = "";

	}

	@Test
	void aFieldThatIsNotKnownIsNoReasonToLoseTheValue() {
		this.browser.visit((session) -> session.set("cart", Map.of("note", "gift", "coupon", "X")));
		assertThat(storedCart().getNote()).isEqualTo("gift");
	}

	@Test
	void readingAValueOfUnusualSpellingWritesNothing() {
		this.browser.visit((session) -> session.set("cart", Map.of("note", "gift")));
		Session session = this.browser.open();
		assertThat(session.get(CART).getItems()).isEmpty();
		assertThat(session.isDirty()).isFalse();
	}

	@Test
	void theOrderOfMapEntriesCountsAsItWasHandedOut() {
		Map<String, Integer> ordered = new LinkedHashMap<>();
		ordered.put("z", 1);
		ordered.put("a", 2);
		this.browser.visit((session) -> session.set("map", ordered));
		SessionKey<Map<String, Integer>> map = SessionKey.mapOf("map", Integer.class);
		Session session = this.browser.open();
		assertThat(session.get(map).keySet()).containsExactly("z", "a");
		assertThat(session.isDirty()).isFalse();
		Integer moved = session.get(map).remove("z");
		session.get(map).put("z", moved);
		assertThat(session.isDirty()).isTrue();
	}

	@Test
	void anotherTypeGetsACopyOfItsOwn() {
		this.browser.visit((session) -> session.set(CART, new Cart()));
		this.browser.visit((session) -> {
			Cart cart = session.get(CART);
			Older other = session.get("cart", Older.class);
			assertThat(session.get("cart", Older.class)).isSameAs(other);
			other.note = "changed there";
			assertThat(cart.getNote()).isEmpty();
		});
		assertThat(storedCart().getNote()).isEqualTo("changed there");
	}

	@Test
	void aChangeInTwoCopiesIsAMistakeThatIsReported() {
		this.browser.visit((session) -> session.set(CART, new Cart()));
		Session session = this.browser.open();
		session.get(CART).setNote("here");
		session.get("cart", Older.class).note = "and there";
		assertThatIllegalStateException().isThrownBy(() -> this.browser.close(session)).withMessageContaining("cart");
		assertThat(storedCart().getNote()).isEmpty();

		Session other = this.browser.open();
		Cart cart = other.get(CART);
		Older older = other.get("cart", Older.class);
		cart.setNote("here");
		older.note = "and there";
		assertThatIllegalStateException().isThrownBy(() -> this.browser.close(other)).withMessageContaining("cart");
	}

	@Test
	void settingAnewForgetsTheOldObject() {
		this.browser.visit((session) -> session.set(CART, new Cart()));
		this.browser.visit((session) -> {
			Cart old = session.get(CART);
			session.set(CART, new Cart().with("tea", 1));
			old.setNote("too late");
		});
		assertThat(storedCart().getNote()).isEmpty();
		this.browser.visit((session) -> {
			Cart old = session.get(CART);
			session.unset(CART);
			old.setNote("too late");
		});
		assertThat(this.browser.ask(Session::keys)).isEmpty();
		this.browser.visit((session) -> session.set(CART, new Cart()));
		this.browser.visit((session) -> {
			Cart old = session.get(CART);
			session.clear();
			old.setNote("too late");
		});
		assertThat(this.browser.ask(Session::keys)).isEmpty();
	}

	@Test
	void aFlashIsKeptAsItWasWhenItWasSet() {
		List<String> list = new ArrayList<>(List.of("a"));
		this.browser.visit((session) -> {
			session.flash("list", list);
			list.add("b");
		});
		assertThat(this.browser.get("list")).isEqualTo(List.of("a"));
	}

	@Test
	void anObjectThatIsNoJsonAnyMoreFailsTheCommitAndNothingIsWritten() {
		this.browser.visit((session) -> session.set("list", List.of("a")));
		Session session = this.browser.open();
		List<Object> list = session.get(SessionKey.listOf("list", Object.class));
		list.add(list);
		session.set("other", 1);
		assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(() -> this.browser.close(session));
		assertThat(this.browser.ask(Session::data)).isEqualTo(Map.of("list", List.of("a")));
	}

	@Test
	void aChangeMadeAfterTheCommitIsNotSaved() {
		this.browser.visit((session) -> session.set(CART, new Cart()));
		Session session = this.browser.open();
		Cart cart = session.get(CART);
		this.browser.close(session);
		cart.setNote("too late");
		assertThat(storedCart().getNote()).isEmpty();
	}

	@Test
	void anUpdateThroughASecondTypeSeesWhatTheFirstOneChanged() {
		SessionKey<Map<String, Object>> plain = SessionKey.mapOf("cart", Object.class);
		this.browser.visit((session) -> session.set(CART, new Cart()));
		this.browser.visit((session) -> {
			Cart cart = session.get(CART);
			session.get(plain);
			cart.setNote("gift");
			assertThat(session.update(plain, Map.of(), (map) -> map)).containsEntry("note", "gift");
		});
		assertThat(storedCart().getNote()).isEqualTo("gift");
	}

	@Test
	void aChangeThatIsRefusedStaysRefusedUntilTheCommit() {
		this.browser.visit((session) -> session.set(NAMES, List.of("a")));
		Session session = this.browser.open();
		session.get(NAMES).add("x".repeat(ContentRules.RECORD_LIMIT));
		assertThatExceptionOfType(SessionTooLargeException.class).isThrownBy(session::isDirty);
		assertThatExceptionOfType(SessionTooLargeException.class).isThrownBy(() -> this.browser.close(session));
	}

}
