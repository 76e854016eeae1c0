package io.sessionkit;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.EnumMap;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.sessionkit.contract.Browser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonPOJOBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/** What set, update, flash and a change in place accept comes back as it was. */
class ValueShapesTests {

	private Browser browser = Storages.browser();

	/** By set, by flash, by update, and by a first get. */
	@SuppressWarnings("unchecked")
	private <T> void assertComesBack(Type type, T value) {
		SessionKey<T> key = (SessionKey<T>) SessionKey.ofType("value", type);
		SessionKey<T> updated = (SessionKey<T>) SessionKey.ofType("updated", type);
		SessionKey<T> first = (SessionKey<T>) SessionKey.ofType("first", type);
		FlashKey<T> flash = (FlashKey<T>) FlashKey.ofType("flash", type);
		this.browser = Storages.browser();
		this.browser.visit((session) -> {
			session.set(key, value);
			session.update(updated, value, (present) -> present);
			session.get(first, () -> value);
			session.flash(flash, value);
		});
		this.browser.visit((session) -> {
			assertThat(session.get(key)).isEqualTo(value);
			assertThat(session.get(updated)).isEqualTo(value);
			assertThat(session.get(first)).isEqualTo(value);
			assertThat(session.get(flash)).isEqualTo(value);
			assertThat(session.keys()).contains("value", "updated", "first");
		});
	}

	private static Type returned(String method) {
		return Arrays.stream(ValueShapesTests.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(method))
			.findFirst()
			.orElseThrow()
			.getGenericReturnType();
	}

	static class Basket {

		private final List<String> items = new ArrayList<>();

		private final Map<String, Integer> counts = new LinkedHashMap<>();

		public List<String> getItems() {
			return this.items;
		}

		public Map<String, Integer> getCounts() {
			return this.counts;
		}

		void add(String item) {
			this.items.add(item);
			this.counts.merge(item, 1, Integer::sum);
		}

	}

	@Test
	void aListAndAMapWithoutSettersAreFilled() {
		SessionKey<Basket> key = SessionKey.of("basket", Basket.class);
		this.browser.visit((session) -> session.get(key, Basket::new).add("tea"));
		this.browser.visit((session) -> session.get(key).add("jam"));
		Basket basket = this.browser.<Basket>ask((session) -> session.get(key));
		assertThat(basket.getItems()).containsExactly("tea", "jam");
		assertThat(basket.getCounts()).containsEntry("tea", 1).containsEntry("jam", 1);
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	sealed interface Pet permits Dog, Cat {

	}

	record Dog(String name) implements Pet {
	}

	record Cat(int lives, Pet enemy) implements Pet {
	}

	private static final List<Pet> PETS = List.of(new Dog("Rex"), new Cat(9, new Dog("Rex")));

	@Test
	void listsAndMapsOfSubclassesKeepTheirTypes() {
		assertComesBack(SessionKey.listOf("x", Pet.class).type(), PETS);
		assertComesBack(SessionKey.mapOf("x", Pet.class).type(), Map.of("a", PETS.get(0), "b", PETS.get(1)));
		assertComesBack(Pet.class, PETS.get(1));
		assertComesBack(Pet[].class, PETS.toArray(Pet[]::new));
		assertComesBack(returned("petsByName"), Map.of("a", PETS, "b", List.of()));
		assertComesBack(returned("page"), new Page<>(PETS, 7, Optional.of(PETS.get(0))));
	}

	static Map<String, List<Pet>> petsByName() {
		return Map.of();
	}

	@SuppressWarnings("DoNotCallSuggester") // for its type
	static Page<Pet> page() {
		throw new UnsupportedOperationException();
	}

	record Page<T>(List<T> elements, int number, Optional<T> first) {
	}

	@Test
	void subclassesThatAreAddedInPlaceKeepTheirTypes() {
		SessionKey<List<Pet>> list = SessionKey.listOf("list", Pet.class);
		SessionKey<Map<String, Pet>> map = SessionKey.mapOf("map", Pet.class);
		this.browser.visit((session) -> {
			session.set(list, List.of());
			session.set(map, Map.of());
		});
		this.browser.visit((session) -> {
			session.get(list).addAll(PETS);
			session.get(map).put("a", PETS.get(0));
		});
		this.browser.visit((session) -> {
			assertThat(session.get(list)).isEqualTo(PETS);
			assertThat(session.get(map)).isEqualTo(Map.of("a", PETS.get(0)));
		});
	}

	@Test
	void anUpdateThatRunsAgainAtTheCommitKeepsTheTypes() {
		SessionKey<List<Pet>> key = SessionKey.listOf("pets", Pet.class);
		this.browser.visit((session) -> session.set("other", 1));
		Session late = this.browser.open();
		late.update(key, List.of(), (pets) -> with(pets, PETS.get(1)));
		this.browser.copy().visit((session) -> session.update(key, List.of(), (pets) -> with(pets, PETS.get(0))));
		this.browser.close(late);
		assertThat(this.browser.<List<Pet>>ask((session) -> session.get(key))).isEqualTo(PETS);
	}

	private static List<Pet> with(List<Pet> pets, Pet one) {
		List<Pet> more = new ArrayList<>(pets);
		more.add(one);
		return more;
	}

	enum Size {

		SMALL("klein"), LARGE("gross") {
			@Override
			public String toString() {
				return "very " + super.toString();
			}
		};

		private final String label;

		Size(String label) {
			this.label = label;
		}

		@Override
		public String toString() {
			return this.label;
		}

	}

	@Test
	void anEnumIsStoredByNameAndStillReadByLabel() {
		assertComesBack(Size.class, Size.SMALL);
		assertComesBack(Size.class, Size.LARGE);
		assertComesBack(returned("bySize"), new EnumMap<>(Map.of(Size.LARGE, Size.SMALL)));
		assertThat(this.browser.get("value")).isEqualTo(Map.of("LARGE", "SMALL"));
		this.browser.visit((session) -> {
			session.set("old", Map.of("klein", "very gross"));
			session.set("unknown", "medium");
		});
		this.browser.visit((session) -> {
			assertThat((Object) session.get(SessionKey.ofType("old", returned("bySize"))))
				.isEqualTo(Map.of(Size.SMALL, Size.LARGE));
			assertThat(session.get("unknown", Size.class)).isNull();
		});
	}

	static Map<Size, Size> bySize() {
		return Map.of();
	}

	@ParameterizedTest
	@MethodSource("scalars")
	void datesNumbersAndOtherScalarsComeBackEqualUnderAKeyAndUnderAPlainName(Object value) {
		assertComesBack(typeOf(value), value);
		this.browser.visit((session) -> {
			session.set("plain", value);
			session.flash("plainFlash", value);
		});
		this.browser.visit((session) -> {
			assertThat((Object) session.get("plain", typeOf(value))).isEqualTo(value);
			assertThat((Object) session.get("plainFlash", typeOf(value))).isEqualTo(value);
		});
	}

	private static Class<?> typeOf(Object value) {
		for (Class<?> type : List.<Class<?>>of(InetAddress.class, TimeZone.class, ZoneId.class, Path.class)) {
			if (type.isInstance(value)) {
				return type;
			}
		}
		return value.getClass();
	}

	@SuppressWarnings("JavaUtilDate") // applications have them
	static List<Object> scalars() throws UnknownHostException {
		Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Europe/Helsinki"));
		calendar.setTimeInMillis(1_767_218_400_123L);
		Calendar offset = new GregorianCalendar(TimeZone.getTimeZone("GMT+05:30"));
		return List.of(OffsetDateTime.parse("2026-01-01T00:30+02:00"), OffsetTime.parse("00:30+02:00"),
				ZonedDateTime.parse("2026-01-01T00:30+02:00[Europe/Helsinki]"),
				ZonedDateTime.parse("2026-10-25T01:30+00:00[Europe/London]"), ZonedDateTime.parse("2026-01-01T00:30Z"),
				Instant.parse("2026-11-21T03:00:00.123456789Z"), LocalDate.of(2026, 1, 1), Duration.ofNanos(1),
				new Date(1_767_218_400_123L), calendar, offset, DayOfWeek.MONDAY, new UUID(1, 2), Locale.GERMANY,
				TimeZone.getTimeZone("Europe/Helsinki"), ZoneId.of("Europe/Helsinki"), Path.of("/tmp/a b"),
				new BigDecimal("1.10"), new BigDecimal("1E+3"), 0.1f, 0.1, Double.NaN, 'x', (byte) 1, (short) 2, 3L,
				new byte[] { 1, -1 }, new char[] { 'a', 'b' }, new int[] { 3, 1 }, new String[][] { { "a" }, {} },
				InetAddress.getByName("192.0.2.1"),
				InetAddress.getByAddress("never.resolves.invalid", new byte[] { (byte) 192, 0, 2, 1 }),
				InetAddress.getByName("2001:db8::1"));
	}

	record Everything(OffsetDateTime offset, ZonedDateTime zoned, Optional<Pet> some, Optional<Pet> none, Calendar when,
			Set<String> set, InetAddress address, BigDecimal price, Number number, List<Optional<Integer>> optionals) {
	}

	@Test
	void theyComeBackAsPropertiesToo() throws UnknownHostException {
		assertComesBack(Everything.class,
				new Everything(OffsetDateTime.parse("2026-01-01T00:30+02:00"),
						ZonedDateTime.parse("2026-01-01T00:30+02:00[Europe/Helsinki]"), Optional.of(PETS.get(1)),
						Optional.empty(), new GregorianCalendar(TimeZone.getTimeZone("America/New_York")),
						Set.of("a", "b", "c"), InetAddress.getByName("192.0.2.1"), new BigDecimal("1.10"),
						new BigDecimal("12345678901234567890.10"), List.of(Optional.of(1), Optional.empty())));
	}

	@Test
	void aSetKeepsItsOrder() {
		Set<String> letters = new LinkedHashSet<>(List.of("z", "a", "m", "b", "y"));
		SessionKey<?> key = SessionKey.ofType("value", returned("strings"));
		assertComesBack(returned("strings"), letters);
		assertThat((Set<?>) this.browser.<Object>ask((session) -> session.get(key))).map(Object::toString)
			.containsExactly("z", "a", "m", "b", "y");
		assertComesBack(returned("strings"), new TreeSet<>(letters));
	}

	static Set<String> strings() {
		return Set.of();
	}

	record Tags(HashSet<String> tags, Set<Integer> numbers) {

		Tags {
			numbers = Set.copyOf(numbers); // in another order each time
		}

	}

	@Test
	void aSetWithoutAnOrderIsNoDifference() {
		Set<Integer> numbers = new LinkedHashSet<>(IntStream.range(0, 100).mapToObj((i) -> i * 31).toList());
		HashSet<String> tags = new HashSet<>(4096);
		numbers.forEach((number) -> tags.add("tag" + number));
		for (int i = 0; i < 50; i++) {
			assertComesBack(Tags.class, new Tags(tags, numbers));
		}
	}

	@Test
	void listsUnderAPlainNameKeepWhatIsInThem() {
		List<Cart.Item> items = List.of(new Cart.Item("tea", 1));
		this.browser.visit((session) -> {
			session.set("list", items);
			session.set("set", Set.of(items.get(0), new Cart.Item("jam", 2)));
			session.set("array", items.toArray(Cart.Item[]::new));
			session.set("map", Map.of("a", items));
			session.set("optional", Optional.of(items.get(0)));
			session.set("nulls",
					Arrays.asList(null, 1, "x", new BigDecimal("1.10"), 0.5, 'c', LocalDate.of(2026, 1, 1)));
		});
		this.browser.visit((session) -> {
			assertThat(session.get(SessionKey.listOf("list", Cart.Item.class))).isEqualTo(items);
			assertThat(session.get(SessionKey.listOf("set", Cart.Item.class)))
				.containsExactlyInAnyOrder(new Cart.Item("tea", 1), new Cart.Item("jam", 2));
			assertThat(session.get("array", Cart.Item[].class)).containsExactly(items.get(0));
			assertThat(session.get("map")).isEqualTo(Map.of("a", List.of(Map.of("sku", "tea", "quantity", 1L))));
			assertThat(session.get("optional", Cart.Item.class)).isEqualTo(items.get(0));
		});
	}

	@Test
	void aKeyForObjectsIsPlainJson() {
		SessionKey<Map<String, Object>> key = SessionKey.mapOf("map", Object.class);
		this.browser.visit((session) -> session.set(key, Map.of("item", new Cart.Item("tea", 1), "price", 1.25)));
		assertThat(this.browser.<Object>ask((session) -> session.get(key)))
			.isEqualTo(Map.of("item", Map.of("sku", "tea", "quantity", 1), "price", new BigDecimal("1.25")));
	}

	/** As editors name the accessors of such fields. */
	static final class Lettered {

		private String aName = "";

		private String eMail = "";

		public String getaName() {
			return this.aName;
		}

		public void setaName(String aName) {
			this.aName = aName;
		}

		public String getEMail() {
			return this.eMail;
		}

		public void setEMail(String eMail) {
			this.eMail = eMail;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Lettered lettered && this.aName.equals(lettered.aName)
					&& this.eMail.equals(lettered.eMail);
		}

		@Override
		public int hashCode() {
			return this.aName.hashCode();
		}

	}

	static final class LetteredWithoutEquals {

		private String aName = "";

		public String getaName() {
			return this.aName;
		}

		public void setaName(String aName) {
			this.aName = aName;
		}

	}

	@Test
	void aPropertyWhoseSecondLetterIsACapitalComesBack() {
		Lettered value = new Lettered();
		value.setaName("Ada");
		value.setEMail("ada@example.com");
		assertComesBack(Lettered.class, value);
		LetteredWithoutEquals other = new LetteredWithoutEquals();
		other.setaName("Ada");
		this.browser.visit((session) -> session.set("other", other));
		assertThat(this.browser.ask((session) -> session.get("other", LetteredWithoutEquals.class)).getaName())
			.isEqualTo("Ada");
	}

	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	record Sparse(@Nullable String text, @Nullable List<String> list,
			@JsonInclude(JsonInclude.Include.NON_DEFAULT) @Nullable String title,
			@JsonInclude(content = JsonInclude.Include.NON_EMPTY) @Nullable Map<String, String> map) {
	}

	@Test
	void whatIsLeftOutOfDocumentsWhenItIsEmptyComesBackEmpty() {
		assertComesBack(Sparse.class, new Sparse("", List.of(), "", Map.of("a", "")));
		assertComesBack(Sparse.class, new Sparse(null, null, null, null));
		assertComesBack(Sparse.class, new Sparse("a", List.of("b"), "c", Map.of()));
	}

	/** As Lombok's @Builder and @Jacksonized make it. */
	@JsonDeserialize(builder = Built.Builder.class)
	static final class Built {

		private final String name;

		private final List<Integer> numbers;

		private Built(Builder builder) {
			this.name = builder.name;
			this.numbers = builder.numbers;
		}

		public String getName() {
			return this.name;
		}

		public List<Integer> getNumbers() {
			return this.numbers;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Built built && this.name.equals(built.name) && this.numbers.equals(built.numbers);
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.name, this.numbers);
		}

		@JsonPOJOBuilder(withPrefix = "")
		static final class Builder {

			private String name = "";

			private List<Integer> numbers = List.of();

			Builder name(String name) {
				this.name = name;
				return this;
			}

			Builder numbers(List<Integer> numbers) {
				this.numbers = numbers;
				return this;
			}

			Built build() {
				return new Built(this);
			}

		}

	}

	@Test
	void whatABuilderMakesComesBack() {
		assertComesBack(Built.class, new Built.Builder().name("a").numbers(List.of(1, 2)).build());
	}

	record Money(@JsonValue String text) {

		@JsonCreator
		static Money parse(String text) {
			return new Money(text);
		}

	}

	/** What is derived, volatile, explicitly left out or only infrastructure. */
	static class Shop {

		private final Object lock = new Object();

		private transient int hits = 7;

		@JsonIgnore
		private String ignored = "x";

		@JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
		private String writeOnly = "x";

		private final List<Money> prices_ = new ArrayList<>(); // named otherwise

		private long born = 1;

		public List<Money> getPrices() {
			return this.prices_;
		}

		public void setPrices(List<Money> prices) {
			this.prices_.clear();
			this.prices_.addAll(prices);
		}

		public int getTotal() {
			return this.prices_.size();
		}

		public long getAge() {
			return System.nanoTime() - this.born;
		}

		public boolean isOpen() {
			synchronized (this.lock) {
				return this.hits == 7 && this.ignored.isEmpty() && this.writeOnly.isEmpty();
			}
		}

	}

	@Test
	void whatIsDerivedOrLeftOutOnPurposeIsNoLoss() {
		SessionKey<Shop> key = SessionKey.of("shop", Shop.class);
		Shop shop = new Shop();
		shop.setPrices(List.of(new Money("1.00")));
		this.browser.visit((session) -> session.set(key, shop));
		assertThat(this.browser.<Shop>ask((session) -> session.get(key)).getPrices())
			.containsExactly(new Money("1.00"));
	}

	record Grown(String name, int added, boolean flag, List<String> more) {
	}

	@Test
	void aClassMayGetAndLosePropertiesWhileSessionsAreStored() {
		this.browser.visit((session) -> session.set("grown", Map.of("name", "a", "removed", 1)));
		assertThat(this.browser.<Grown>ask((session) -> session.get("grown", Grown.class)))
			.isEqualTo(new Grown("a", 0, false, null));
		assertThat(this.browser.get("grown")).isEqualTo(Map.of("name", "a", "removed", 1L));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 300 })
	void aValueUnderAKeyForAnInterfaceOfTheJdkComesBack(int size) {
		List<String> texts = IntStream.range(0, size).mapToObj((i) -> "t" + i).toList();
		assertComesBack(returned("iterable"), new ArrayList<>(texts));
		assertComesBack(CharSequence.class, "text" + size);
		assertComesBack(Number.class, size);
		assertComesBack(Object.class, "text" + size);
	}

	static Iterable<String> iterable() {
		return List.of();
	}

}
