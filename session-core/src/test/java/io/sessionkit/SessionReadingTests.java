package io.sessionkit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.sessionkit.contract.Browser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a session gives back. */
class SessionReadingTests {

	private static final SessionKey<Cart> CART = SessionKey.of("cart", Cart.class);

	private static final SessionKey<String> USER = SessionKey.of("userId", String.class);

	private final Browser browser = Storages.browser();

	@Test
	void aTypedKeyReadsWhatItSet() {
		SessionKey<List<Cart.Item>> items = SessionKey.listOf("items", Cart.Item.class);
		SessionKey<Map<String, Cart.Item>> bySku = SessionKey.mapOf("bySku", Cart.Item.class);
		this.browser.visit((session) -> {
			session.set(CART, new Cart().with("tea", 2));
			session.set(USER, "42");
			session.set(items, List.of(new Cart.Item("jam", 1)));
			session.set(bySku, Map.of("jam", new Cart.Item("jam", 1)));
		});
		this.browser.visit((session) -> {
			assertThat(session.get(CART).getItems()).containsExactly(new Cart.Item("tea", 2));
			assertThat(session.get(USER)).isEqualTo("42");
			assertThat(session.get(items)).containsExactly(new Cart.Item("jam", 1));
			assertThat(session.get(bySku)).isEqualTo(Map.of("jam", new Cart.Item("jam", 1)));
			assertThat(session.get("userId", String.class)).isEqualTo("42");
			assertThat(session.has(CART)).isTrue();
			assertThat(session.has("cart")).isTrue();
		});
	}

	@Test
	void aKeyForAReflectiveTypeReadsGenerics() throws NoSuchMethodException {
		this.browser.visit((session) -> session.set("nested", Map.of("a", List.of(new Cart.Item("jam", 1)))));
		SessionKey<?> key = SessionKey.ofType("nested",
				getClass().getDeclaredMethod("parameter", Map.class).getGenericParameterTypes()[0]);
		assertThat(this.browser.<Object>ask((session) -> session.get(key)))
			.isEqualTo(Map.of("a", List.of(new Cart.Item("jam", 1))));
	}

	@SuppressWarnings("unused")
	private void parameter(Map<String, List<Cart.Item>> type) {
	}

	@Test
	void theUntypedViewIsPlainJson() {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("text", "\u017e\ud83d\ude00\u0000\"\\");
		all.put("true", true);
		all.put("int", 42);
		all.put("long", Long.MIN_VALUE);
		all.put("larger", BigInteger.TWO.pow(80));
		all.put("decimal", new BigDecimal("1.10"));
		all.put("double", 0.5);
		all.put("list", Arrays.asList(1, null, "x", List.of(2)));
		all.put("map", Map.of("a", Map.of("b", 1)));
		all.put("item", new Cart.Item("jam", 1));
		this.browser.visit((session) -> all.forEach(session::set));
		this.browser.visit((session) -> {
			assertThat(session.get("text")).isEqualTo("\u017e\ud83d\ude00\u0000\"\\");
			assertThat(session.get("true")).isEqualTo(true);
			assertThat(session.get("int")).isEqualTo(42L);
			assertThat(session.get("long")).isEqualTo(Long.MIN_VALUE);
			assertThat(session.get("larger")).isEqualTo(new BigDecimal(BigInteger.TWO.pow(80)));
			assertThat(session.get("decimal")).isEqualTo(new BigDecimal("1.10"));
			assertThat(session.get("double")).isEqualTo(new BigDecimal("0.5"));
			assertThat(session.get("list")).isEqualTo(Arrays.asList(1L, null, "x", List.of(2L)));
			assertThat(session.get("map")).isEqualTo(Map.of("a", Map.of("b", 1L)));
			assertThat(session.get("item")).isEqualTo(Map.of("sku", "jam", "quantity", 1L));
		});
	}

	@Test
	void theUntypedViewIsTheSameBeforeAndAfterTheCommit() {
		Session session = this.browser.open();
		session.set("int", 42);
		session.set("item", new Cart.Item("jam", 1));
		assertThat(session.get("int")).isEqualTo(42L);
		assertThat(session.get("item")).isEqualTo(Map.of("sku", "jam", "quantity", 1L));
		this.browser.close(session);
		assertThat(session.get("int")).isEqualTo(42L);
		assertThat(session.get(SessionKey.of("int", Integer.class))).isEqualTo(42);
	}

	@Test
	@SuppressWarnings("unchecked")
	void theUntypedViewCannotBeModifiedAtAnyDepth() {
		this.browser.visit((session) -> session.set("map", Map.of("list", List.of(Map.of("a", 1)))));
		Session session = this.browser.open();
		Map<String, Object> map = (Map<String, Object>) session.get("map");
		List<Object> list = (List<Object>) map.get("list");
		Map<String, Object> inner = (Map<String, Object>) list.get(0);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.put("x", 1));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(1));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> inner.clear());
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> session.data().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> session.keys().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> session.flashKeys().clear());
		assertThat(session.isDirty()).isFalse();
	}

	@Test
	void whatIsAbsentReadsAsNull() {
		this.browser.visit((session) -> {
			assertThat(session.get("x")).isNull();
			assertThat(session.get("x", String.class)).isNull();
			assertThat(session.get(CART)).isNull();
			assertThat(session.get(FlashKey.of("x", String.class))).isNull();
			assertThat(session.has("x")).isFalse();
			assertThat(session.has(CART)).isFalse();
			assertThat(session.keys()).isEmpty();
			assertThat(session.data()).isEmpty();
		});
	}

	@Test
	void whereAValueIsAbsentTheSupplierMakesItAndItIsKept() {
		this.browser.visit((session) -> {
			Cart cart = session.get(CART, Cart::new);
			cart.with("tea", 1);
			assertThat(session.get(CART)).isSameAs(cart);
		});
		this.browser.visit((session) -> {
			Cart cart = session.get(CART, () -> {
				throw new AssertionError("asked although the value is there");
			});
			assertThat(cart.getItems()).containsExactly(new Cart.Item("tea", 1));
		});
	}

	@Test
	void aValueThatFitsItsTypeNoMoreReadsAsAbsentAloneAndIsCountedAndKept() {
		SessionStorage storage = Storages.records();
		Browser visitor = new Browser(storage);
		visitor.visit((session) -> {
			session.set("cart", "not a cart");
			session.set("userId", "42");
		});
		visitor.visit((session) -> {
			assertThat(session.get(CART)).isNull();
			assertThat(session.get(CART)).isNull();
			assertThat(session.get(USER)).isEqualTo("42");
		});
		assertThat(storage.unreadableValues()).isOne();
		assertThat(visitor.get("cart")).isEqualTo("not a cart");
	}

	@Test
	void aClassWhoseConstructorRefusesTheValueReadsAsAbsent() {
		this.browser.visit((session) -> session.set("picky", Map.of("amount", -1)));
		assertThat(this.browser.<Picky>ask((session) -> session.get("picky", Picky.class))).isNull();
	}

	record Picky(int amount) {

		Picky {
			if (amount < 0) {
				throw new IllegalStateException("never");
			}
		}

	}

	@Test
	void datesAndOtherTypesOfTheJdkRoundTrip() {
		Instant moment = Instant.parse("2026-11-21T03:00:00.123456789Z");
		this.browser.visit((session) -> {
			session.set("moment", moment);
			session.set("set", Set.of("x"));
			session.set("day", DayOfWeek.MONDAY);
			session.set("id", new UUID(1, 2));
		});
		this.browser.visit((session) -> {
			assertThat(session.get("moment", Instant.class)).isEqualTo(moment);
			assertThat((Object) session.get("set", Set.class)).isEqualTo(Set.of("x"));
			assertThat(session.get("day", DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
			assertThat(session.get("id", UUID.class)).isEqualTo(new UUID(1, 2));
		});
	}

	@Test
	void aKeyNamesItselfAndEqualsItsTwin() {
		assertThat(SessionKey.of("cart", Cart.class)).isEqualTo(CART).hasSameHashCodeAs(CART);
		assertThat(SessionKey.listOf("cart", Cart.class)).isNotEqualTo(CART)
			.isEqualTo(SessionKey.listOf("cart", Cart.class));
		assertThat(CART.name()).isEqualTo("cart");
		assertThat(CART.type()).isEqualTo(Cart.class);
		assertThat(CART.toString()).contains("cart", "Cart");
		assertThat(FlashKey.of("x", String.class)).isEqualTo(FlashKey.of("x", String.class))
			.isNotEqualTo(FlashKey.of("x", Integer.class))
			.hasToString("FlashKey[x, java.lang.String]");
	}

}
