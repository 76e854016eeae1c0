package io.sessionkit;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Values that come back as what they were, beside those of the session.
 */
class SessionAttributesTests {

	private final SessionStorage storage = SessionStorage.builder(Storages.ENCRYPTED, new MemoryStorageStrategy())
		.attributeTypes((name) -> name.startsWith("io.sessionkit.SessionAttributesTests$"))
		.build();

	private String cookie = "";

	private Session open() {
		return this.storage.getSession(this.cookie);
	}

	private void commit(Session session) {
		String sent = this.storage.commitIfNeeded(session);
		this.cookie = (sent != null) ? sent.substring(0, sent.indexOf(';')) : this.cookie;
	}

	static Stream<Object> values() {
		Map<String, Object> mixed = new HashMap<>();
		mixed.put("n", 1);
		mixed.put("l", 1L);
		mixed.put("d", LocalDate.of(2026, 1, 2));
		mixed.put("cart", new Cart(new ArrayList<>(List.of(new Item("tea", 2)))));
		mixed.put("none", null);
		return Stream.of("text", 1, 1L, (short) 1, 1.5, 1.5f, 'c', true, new BigDecimal("1.10"),
				LocalDate.of(2026, 1, 2), Locale.GERMANY, Color.RED, new Item("tea", 2),
				new Cart(new ArrayList<>(List.of(new Item("tea", 2)))), new ArrayList<>(List.of(new Item("a", 1))),
				new Page<>(new ArrayList<>(List.of(new Item("a", 1))), new Item("b", 2)), mixed,
				new TreeMap<>(Map.of(1, new Item("a", 1), 2, new Item("b", 2))),
				new EnumMap<>(Map.of(DayOfWeek.MONDAY, Color.GREEN)), Set.of(1, 2), List.of(),
				new LinkedHashMap<>(Map.of("list", List.of(List.of(1), List.of(2L)))), Arrays.asList(1, null, "x"));
	}

	@ParameterizedTest
	@MethodSource("values")
	void anAttributeComesBackEqualAndOfItsClass(Object value) {
		Session session = open();
		SessionAttributes.of(session).set("it", value);
		commit(session);
		Object back = SessionAttributes.of(open()).get("it");
		assertThat(back).isEqualTo(value);
		if (!value.getClass().getName().contains("Immutable") && !value.getClass().getName().contains("Arrays$")) {
			assertThat(back).hasSameClassAs(value);
		}
	}

	@ParameterizedTest
	@MethodSource("values")
	void afterTheCommitItCanBeToldWhetherAnAttributeIsStoredAsItIs(Object value) {
		Session session = open();
		SessionAttributes attributes = SessionAttributes.of(session);
		assertThat(attributes.contains("it", value)).isFalse();
		attributes.set("it", value);
		LibraryAttributes.of(session).setObject("it", value);
		commit(session);
		assertThat(attributes.contains("it", value)).isTrue();
		assertThat(attributes.contains("other", value)).isFalse();
		assertThat(attributes.contains("it", "another")).isFalse();
		assertThat(attributes.contains("it", new Object())).isFalse();
		assertThat(LibraryAttributes.of(session).containsObject("it", value)).isTrue();
		assertThat(LibraryAttributes.of(session).containsObject("it", "another")).isFalse();
	}

	@Test
	void arraysComeBack() {
		Session session = open();
		SessionAttributes.of(session).set("ints", new int[] { 1, 2 });
		SessionAttributes.of(session).set("items", new Item[] { new Item("a", 1) });
		commit(session);
		assertThat(SessionAttributes.of(open()).get("ints")).isEqualTo(new int[] { 1, 2 });
		assertThat((Item[]) SessionAttributes.of(open()).get("items")).containsExactly(new Item("a", 1));
	}

	@Test
	void sessionAndAttributesSeeOneObject() {
		Session session = open();
		SessionAttributes.of(session).set("cart", new Cart(new ArrayList<>()));
		commit(session);
		session = open();
		Cart cart = (Cart) SessionAttributes.of(session).get("cart");
		assertThat(session.get("cart", Cart.class)).isSameAs(cart);
		cart.items().add(new Item("tea", 1));
		commit(session);
		session = open();
		assertThat(session.get("cart", Cart.class).items()).hasSize(1);
		assertThat(SessionAttributes.of(session).get("cart")).isInstanceOf(Cart.class);
	}

	@Test
	void aChangeInPlaceIsSavedWithTheClassesThatItAdds() {
		Session session = open();
		SessionAttributes.of(session).set("it", new HashMap<>(Map.of("list", new ArrayList<>(List.of(1)))));
		commit(session);
		session = open();
		nested(session).add(new Item("tea", 1));
		nested(session).add(2L);
		commit(session);
		session = open();
		assertThat(nested(session)).isEqualTo(List.of(1, new Item("tea", 1), 2L));
		nested(session).remove(0);
		commit(session);
		session = open();
		assertThat(nested(session)).isEqualTo(List.of(new Item("tea", 1), 2L));
		nested(session).set(0, new Stranger("x"));
		Session changed = session;
		assertThatThrownBy(() -> commit(changed)).isInstanceOf(AttributeTypeException.class);
	}

	@SuppressWarnings("unchecked")
	private static List<Object> nested(Session session) {
		return (List<Object>) ((Map<String, Object>) SessionAttributes.of(session).get("it")).get("list");
	}

	@Test
	void aChangeThroughTheSessionLeavesNoClassOfWhatWasThere() {
		Session session = open();
		SessionAttributes.of(session).set("it", new Page<>(new ArrayList<>(List.of(new Item("a", 1), 2L)), 3L));
		commit(session);
		session = open();
		Page<?> page = session.get("it", Page.class);
		page.items().remove(0);
		commit(session);
		Object back = SessionAttributes.of(open()).get("it");
		assertThat(back).isInstanceOf(Page.class);
		assertThat(((Page<?>) back).items()).hasSize(1).first().isInstanceOf(Number.class).hasToString("2");
	}

	@Test
	void whatIsUnchangedWritesNothing() {
		Session session = open();
		SessionAttributes.of(session).set("cart", new Cart(new ArrayList<>()));
		commit(session);
		session = open();
		SessionAttributes.of(session).set("cart", SessionAttributes.of(session).get("cart"));
		assertThat(session.isDirty()).isFalse();
	}

	@Test
	void aClassComesFromAnAttributeAlone() {
		Session session = open();
		SessionAttributes.of(session).set("cart", new Cart(new ArrayList<>()));
		session.set("cart", Map.of("items", List.of()));
		commit(session);
		assertThat(SessionAttributes.of(open()).get("cart")).isEqualTo(Map.of("items", List.of()));
	}

	@Test
	void aClassThatIsNotAllowedIsNamed() {
		Session session = open();
		assertThatThrownBy(() -> SessionAttributes.of(session).set("it", List.of(new Stranger("x"))))
			.isInstanceOf(AttributeTypeException.class)
			.hasMessageContaining(Stranger.class.getName())
			.extracting((ex) -> ((AttributeTypeException) ex).typeName())
			.isEqualTo(Stranger.class.getName());
		assertThat(session.isDirty()).isFalse();
	}

	@Test
	void aHandleIsThereBeforeTheCommitAndStaysUntilTheNextId() {
		Session session = open();
		String handle = session.handle();
		session.set("a", 1);
		commit(session);
		assertThat(session.handle()).isEqualTo(handle);
		session = open();
		assertThat(session.handle()).isEqualTo(handle).isNotEqualTo(session.id());
		session.regenerateId();
		String next = session.handle();
		assertThat(next).isNotEqualTo(handle);
		commit(session);
		assertThat(open().handle()).isEqualTo(next);
	}

	record Item(String name, int count) {
	}

	record Cart(List<Item> items) {
	}

	record Page<T>(List<T> items, T first) {
	}

	enum Color {

		RED, GREEN

	}

}

record Stranger(String name) {
}
