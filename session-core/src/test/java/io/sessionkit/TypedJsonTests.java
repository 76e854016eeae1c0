package io.sessionkit;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Values come back as what they were, or are refused.
 */
class TypedJsonTests {

	private static final TypedJson typed = TypedJson.of(SessionJson.STANDARD,
			(name) -> name.startsWith("io.sessionkit.TypedJsonTests$"));

	private Object back(Object value) {
		TypedJson.Typed written = typed.write("it", value);
		return typed.read(written.json(), written.classes());
	}

	private String classes(Object value) {
		JsonSlice classes = typed.write("it", value).classes();
		return (classes != null)
				? new String(classes.bytes(), classes.offset(), classes.length(), StandardCharsets.UTF_8) : "";
	}

	static Stream<Object> scalars() {
		return Stream.of("text", "", true, 1, Integer.MIN_VALUE, 1L, Long.MAX_VALUE, (short) 1, (byte) 1, 1.5f,
				Float.NaN, 1.5, 1.0, 0.1, -0.0, Double.NEGATIVE_INFINITY, 'c', '"', new BigDecimal("1.10"),
				new BigDecimal("1"), new BigInteger("12345678901234567890"), BigInteger.ONE, new UUID(1, 2),
				JsonNodeFactory.instance.objectNode().put("a", 1), new Date(1), new GregorianCalendar(2026, 1, 2),
				Locale.GERMANY, TimeZone.getTimeZone("Europe/Berlin"), Currency.getInstance("EUR"),
				URI.create("https://example.com/a?b"), TimeUnit.DAYS, ChronoUnit.DAYS, Instant.ofEpochSecond(1, 1),
				LocalDate.of(2026, 1, 2), LocalTime.of(1, 2), LocalDateTime.of(2026, 1, 2, 3, 4),
				OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(5)), OffsetDateTime.parse("2026-01-02T03:04:05+06:00"),
				ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Berlin]"), Duration.ofMillis(1), Period.ofDays(1),
				Year.of(2026), YearMonth.of(2026, 1), MonthDay.of(1, 2), Month.MAY, DayOfWeek.MONDAY,
				ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(2), OptionalInt.of(1), Color.RED, Bodied.ONE,
				new Code("x"));
	}

	@ParameterizedTest
	@MethodSource("scalars")
	void aValueComesBackAloneInAListAsAMapsValueAndInAField(Object value) {
		assertSame(value, back(value));
		assertSame(value, ((List<?>) back(new ArrayList<>(Arrays.asList("x", value, null)))).get(1));
		assertSame(value, ((Map<?, ?>) back(new HashMap<>(Map.of("a.b", value, "c", 1)))).get("a.b"));
		assertSame(value, ((Any) back(new Any(value))).value());
		assertSame(value, ((Object[]) back(new Object[] { 1, value }))[1]);
		assertSame(value,
				((List<?>) ((Map<?, ?>) back(Map.of("a", List.of(Map.of(), List.of(value))))).get("a")).stream()
					.flatMap((each) -> (each instanceof List<?> list) ? list.stream() : Stream.empty())
					.findFirst()
					.orElseThrow());
	}

	private static void assertSame(Object value, Object back) {
		assertThat(back).isEqualTo(value);
		assertThat(AttributeClasses.of(back)).isEqualTo(AttributeClasses.of(value));
	}

	@Test
	void whatHasNoEqualsComesBackToo() {
		assertThat(back(new AtomicInteger(3))).isInstanceOf(AtomicInteger.class).hasToString("3");
		assertThat(back(new AtomicLong(3))).isInstanceOf(AtomicLong.class).hasToString("3");
		assertThat(back(new AtomicBoolean(true))).isInstanceOf(AtomicBoolean.class).hasToString("true");
		assertThat(back(new StringBuilder("ab"))).isInstanceOf(StringBuilder.class).hasToString("ab");
		assertThat(((List<?>) back(List.of(new AtomicLong(3), new StringBuilder("ab")))).stream()
			.map((each) -> each.getClass().getSimpleName() + each)).containsExactly("AtomicLong3", "StringBuilderab");
	}

	static Stream<Object> collections() {
		List<Object> mixed = new ArrayList<>(Arrays.asList(1, 2L, null, "x", new Item("tea", 1), LocalDate.EPOCH));
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("none", null);
		map.put("", 1L);
		map.put("\u0000\"\\\uD83D\uDE00", new Item("a", 1));
		Properties properties = new Properties();
		properties.setProperty("a", "b");
		Stack<Object> stack = new Stack<>();
		stack.push(new Item("a", 1));
		return Stream.of(mixed, new LinkedList<>(mixed), new Vector<>(mixed), stack, new CopyOnWriteArrayList<>(mixed),
				new HashSet<>(mixed), new LinkedHashSet<>(mixed), new CopyOnWriteArraySet<>(mixed),
				new TreeSet<>(Set.of(1L, 2L)), new ConcurrentSkipListSet<>(Set.of("a", "b")),
				new TreeSet<>(Comparator.<String>naturalOrder()), EnumSet.of(Color.RED), EnumSet.allOf(Color.class),
				EnumSet.noneOf(Color.class), EnumSet.of(Bodied.TWO), new LinkedHashMap<>(map), new HashMap<>(map),
				new TreeMap<>(map), new ConcurrentHashMap<>(Map.of(1, 2L)), new ConcurrentSkipListMap<>(Map.of(1L, 2)),
				new Hashtable<>(Map.of("a", 1.5f)), new EnumMap<>(Map.of(Color.RED, new Item("a", 1))), properties,
				new Properties(), new HashMap<>(Map.of(1, "a", 2, 3L)), new HashMap<>(Map.of(1L, 1)),
				new HashMap<>(Map.of(LocalDate.EPOCH, 1)), new HashMap<>(Map.of(new UUID(1, 2), Map.of(1L, 2L))),
				new HashMap<>(Map.of(Color.RED, Map.of(Color.GREEN, Color.RED))), new HashMap<>(Map.of('c', 1)),
				new HashMap<>(Map.of(true, 1)), new TreeMap<>(Map.of(new BigDecimal("1.10"), 1)),
				new HashMap<>(Map.of(Bodied.ONE, 1)), new ArrayList<>(List.of(new HashMap<>(Map.of(1, 2)), 3L)),
				new HashMap<>(), new TreeMap<>(), new ArrayList<>(), new LinkedHashSet<>(),
				new ArrayList<>(List.of(List.of(List.of(1L)), Set.of(1), new ArrayList<>())));
	}

	@ParameterizedTest
	@MethodSource("collections")
	void aCollectionComesBackWithItsClassAndThatOfAllInIt(Object value) {
		for (Object back : List.of(back(value), ((Any) back(new Any(value))).value(),
				((List<?>) back(new ArrayList<>(List.of(value)))).get(0))) {
			assertThat(back).isEqualTo(value);
			assertThat(AttributeClasses.of(back)).isEqualTo(AttributeClasses.of(value));
		}
	}

	@Test
	void aQueueComesBack() {
		Object back = back(new ArrayDeque<>(List.of(1, 2L)));
		assertThat(back).isInstanceOf(ArrayDeque.class);
		assertThat(new ArrayList<Object>((Collection<?>) back)).containsExactly(1, 2L);
	}

	static Stream<Object> views() {
		List<Object> list = new ArrayList<>(List.of(1, 2L, new Item("a", 1)));
		Map<String, Object> map = new HashMap<>(Map.of("a", 1, "b", 2L));
		Set<Object> set = new HashSet<>(list);
		return Stream.of(List.of(), List.of(1), List.of(1, 2, 3L), Set.of(), Set.of(1), Set.of(1, 2, 3L), Map.of(),
				Map.of(1, 2L), Map.of("a", 1, "b", 2L), Collections.unmodifiableList(list),
				Collections.unmodifiableList(new LinkedList<>(list)), Collections.unmodifiableSet(set),
				Collections.unmodifiableMap(map), Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(1L))),
				Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(1, 2))), Collections.synchronizedList(list),
				Collections.synchronizedSet(set), Collections.synchronizedMap(map),
				Collections.checkedList(list, Object.class), Collections.singletonList(1L), Collections.singleton(1L),
				Collections.singletonMap(1L, 1L), Collections.emptyList(), Collections.emptySet(),
				Collections.emptyMap(), Collections.emptySortedSet(), Collections.nCopies(2, 1L),
				Arrays.asList(1, 2L, null), list.subList(1, 3), List.of(1, 2L, 3).subList(0, 2),
				new LinkedList<>(list).subList(0, 1), map.keySet(),
				map.entrySet().stream().map(Map.Entry::getKey).toList(), new TreeMap<>(map).headMap("b"),
				new TreeSet<>(Set.of(1, 2)).tailSet(2), Collections.newSetFromMap(new ConcurrentHashMap<>()),
				ConcurrentHashMap.newKeySet(), new EnumMap<>(Map.of(Color.RED, 1)).keySet());
	}

	@ParameterizedTest
	@MethodSource("views")
	void aViewOfACollectionComesBackEqual(Object value) {
		assertThat(back(value)).isEqualTo(value);
		assertThat(((Any) back(new Any(value))).value()).isEqualTo(value);
		assertThat(((List<?>) back(List.of(value, 1L))).get(0)).isEqualTo(value);
	}

	@Test
	void arraysComeBackOfArraysToo() {
		assertThat(back(new int[] { 1 })).isEqualTo(new int[] { 1 });
		assertThat(back(new byte[] { 1, 2 })).isEqualTo(new byte[] { 1, 2 });
		assertThat(back(new char[] { 'a' })).isEqualTo(new char[] { 'a' });
		assertThat(back(new double[][] { { 1 }, {} })).isEqualTo(new double[][] { { 1 }, {} });
		assertThat(back(new String[] { "a", null })).isEqualTo(new String[] { "a", null });
		assertThat(back(new Long[] { 1L })).isEqualTo(new Long[] { 1L });
		assertThat(back(new Color[] { Color.RED })).isEqualTo(new Color[] { Color.RED });
		assertThat(back(new Item[][] { { new Item("a", 1) }, null }))
			.isEqualTo(new Item[][] { { new Item("a", 1) }, null });
		assertThat(back(new Object[] { 1, 2L, new int[] { 3 }, new Object[] { 'c' } }))
			.isEqualTo(new Object[] { 1, 2L, new int[] { 3 }, new Object[] { 'c' } });
		assertThat(((Any) back(new Any(new int[][] { { 1 } }))).value()).isEqualTo(new int[][] { { 1 } });
		assertThat(((List<?>) back(List.of(1, new Item[] { new Item("a", 1) }))).get(1))
			.isEqualTo(new Item[] { new Item("a", 1) });
	}

	static Stream<Object> objects() {
		Base inherited = new Derived();
		((Derived) inherited).setOwn(2L);
		inherited.setShared(new ArrayList<>(List.of(1L)));
		Node tree = new Node("a", List.of(new Node("b", List.of()), new Node("c", List.of(new Node("d", List.of())))));
		return Stream.of(new Item("a", 1), inherited, new Any(new Any(new Item("a", 1))), new Any(null), tree,
				new Faces(1L, 2, "text", new Circle(1), new ArrayList<>(List.of(1L)), new Item("a", 1)),
				new Faces(1, 1.5, 2L, new Square(2), new HashSet<>(Set.of("a")), List.of(1L)),
				new Pair<>(1L, new Pair<>("a", new Item("b", 1))),
				new Pair<>(new ArrayList<>(List.of(1L)), Map.of(1, 2)), new Circle(1),
				new ArrayList<>(List.of(new Circle(1), new Square(2))),
				new Drawing(new Circle(1), List.of(new Square(2), new Circle(3)), new Any(new Circle(1))),
				new Maps(new HashMap<>(Map.of(1, new Circle(1))), new EnumMap<>(Map.of(Color.RED, 1L)),
						EnumSet.of(Color.GREEN), new HashMap<>(Map.of("a", 1L)), new TreeMap<>(Map.of(1L, 2L))),
				new Maybe(Optional.of(1L), Optional.of(new Item("a", 1)), Optional.empty()),
				new Maybe(Optional.of(new HashSet<>(Set.of(1L))), Optional.empty(),
						Optional.of(List.of(new Item("b", 1)))),
				new Tagged("x", new Dog("rex", new Item("bone", 1)), List.of(new Cat(9L), new Dog("a", 2L))),
				new ArrayList<>(List.of(new Dog("rex", 1L), new Cat(1))), new Dog("rex", new Circle(1)),
				new Concrete(new Special("a", 1)), new Concrete(new Plain("a")));
	}

	@ParameterizedTest
	@MethodSource("objects")
	void anObjectComesBackWithWhatIsInItsFields(Object value) {
		Object back = back(value);
		assertThat(back).isEqualTo(value).hasSameClassAs(value);
		assertThat(((Any) back(new Any(value))).value()).isEqualTo(value);
		assertThat(back(new ArrayList<>(List.of(value, 1L)))).isEqualTo(List.of(value, 1L));
	}

	@Test
	void plainJsonHasNoTraceOfClasses() {
		for (Object value : List.of(new Item("a", 1), List.of(1L, new Item("a", 1)), new Any(new Any(1L)))) {
			assertThat(typed.write("it", value)
				.json()
				.sameAs(SessionJson.STANDARD.write("it", value, SessionJson.STANDARD.type(null, value)))).isTrue();
		}
	}

	@Test
	void anotherOrderThanTheNaturalOneIsRefused() {
		TreeSet<String> set = new TreeSet<>(Comparator.<String>reverseOrder());
		set.add("a");
		for (Object value : List.of(set, Collections.unmodifiableSortedSet(set),
				new TreeMap<>(Comparator.reverseOrder()), new ConcurrentSkipListSet<>(String.CASE_INSENSITIVE_ORDER),
				set.headSet("x"))) {
			for (Object holder : List.of(value, List.of(value), new Any(value), Map.of("a", List.of(1, value)))) {
				assertThatThrownBy(() -> typed.write("it", holder)).isInstanceOf(SessionSerializationException.class)
					.hasMessageContaining("'it'")
					.hasMessageContaining("comparator");
			}
		}
		assertThatThrownBy(() -> typed.write("it", new Sorted(set))).hasMessageContaining("comparator");
	}

	@Test
	void whatWouldComeBackAsSomethingElseIsRefused() {
		Properties defaults = new Properties(new Properties());
		((Properties) new Any(defaults).value()).put("n", 1);
		Map<Object, Object> keys = new HashMap<>(Map.of(1, 1, "1", 2));
		Map<Object, Object> nothing = new HashMap<>();
		nothing.put(null, 1);
		for (Object value : List.of(defaults, keys, nothing, new EnumMap<>(Color.class), Map.of(1, 1, 2L, 2))) {
			for (Object holder : List.of(value, List.of(value, 1), new Any(value))) {
				assertThatThrownBy(() -> typed.write("it", holder)).as("%s", holder)
					.isInstanceOf(SessionSerializationException.class);
			}
		}
	}

	@Test
	void whatHoldsAValueIsNotTakenForTheValue() {
		for (Object value : List.of(new AtomicReference<>("a"), new AtomicReference<>(1L), Optional.empty(),
				Optional.of(1), Optional.of(Optional.of(1)), Optional.of(new Item("a", 1)))) {
			for (Object holder : List.of(value, List.of(value, 1), new Any(value), Map.of("a", value))) {
				assertComesBackOrIsRefused(holder);
			}
		}
	}

	private void assertComesBackOrIsRefused(Object value) {
		Object back;
		try {
			back = back(value);
		}
		catch (SessionSerializationException | AttributeTypeException ex) {
			return;
		}
		assertThat(back).isEqualTo(value);
	}

	@Test
	void aCircleIsRefused() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		Map<String, Object> map = new HashMap<>();
		map.put("a", new ArrayList<>(List.of(map)));
		List<Object> held = new ArrayList<>();
		held.add(new Any(held));
		for (Object circle : List.of(new Any(list), new Any(map), new Any(held))) {
			assertThatThrownBy(() -> typed.write("it", ((Any) circle).value()))
				.isInstanceOf(SessionSerializationException.class);
		}
	}

	@Test
	void aRefusedClassIsNamedWhereverItIs() {
		Object stranger = new Foreigner("x");
		for (Object value : List.of(stranger, List.of(stranger), new Any(stranger), Map.of("a", List.of(1, stranger)),
				new Foreigner[] { new Foreigner("x") }, new Object[] { stranger }, Map.of(new Foreigner("x"), 1),
				new Pair<>(1, new Pair<>(2, stranger)),
				new Maybe(Optional.of(stranger), Optional.empty(), Optional.empty()),
				new Tagged("x", new Dog("rex", stranger), List.of()), EnumSet.of(Foreign.ONE), new Any(Foreign.ONE),
				new EnumMap<>(Map.of(Foreign.ONE, 1)))) {
			assertThatThrownBy(() -> typed.write("it", value)).as("%s", value)
				.isInstanceOfSatisfying(AttributeTypeException.class,
						(ex) -> assertThat(ex.typeName().replace("[L", "").replace(";", ""))
							.isIn(Foreigner.class.getName(), Foreign.class.getName()))
				.hasMessageContaining("'it'");
		}
	}

	@Test
	void theClassesOfManyEqualElementsTakeAsMuchRoomAsThoseOfOne() {
		List<Item> one = new ArrayList<>(List.of(new Item("a", 1)));
		List<Item> many = new ArrayList<>(Collections.nCopies(20, new Item("a", 1)));
		assertThat(classes(many)).isEqualTo(classes(one)).isEqualTo("[\"al\",\"" + Item.class.getName() + "\"]");
		assertThat(classes(new HashMap<>(Map.of("a", new Item("a", 1), "b", new Item("b", 2)))))
			.isEqualTo("[\"hm\",\"" + Item.class.getName() + "\"]");
		assertThat(classes(new Item[][] { { new Item("a", 1) } })).hasSizeLessThan(50);
		assertThat(classes(new ArrayList<>(List.of("a", 1, true)))).isEqualTo("\"al\"");
		assertThat(classes(1)).isEqualTo("\"i\"");
		assertThat(classes(1L)).isEmpty();
		assertThat(classes("a")).isEmpty();
		List<Object> mixed = new ArrayList<>(Collections.nCopies(20, new Item("a", 1)));
		mixed.add(1L);
		assertThat(classes(mixed)).hasSizeLessThan(Item.class.getName().length() + 220);
	}

	@Test
	void classesThatAreTooLargeAreRefused() {
		Map<String, Object> map = new HashMap<>();
		for (int i = 0; i < 6000; i++) {
			map.put("name" + i, (i % 2 == 0) ? (Object) 1L : 1.5f);
		}
		assertThatThrownBy(() -> typed.write("it", map)).isInstanceOf(SessionSerializationException.class)
			.hasMessageContaining("65536");
	}

	record Any(Object value) {
	}

	record Item(String name, int count) {
	}

	record Pair<A, B>(A first, B second) {
	}

	record Node(String name, List<Node> children) {
	}

	record Code(@JsonValue String code) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Code {
		}

	}

	enum Color {

		RED, GREEN

	}

	enum Bodied {

		ONE {
			@Override
			int number() {
				return 1;
			}
		},
		TWO {
			@Override
			int number() {
				return 2;
			}
		};

		abstract int number();

	}

	interface Shape {

	}

	record Circle(int radius) implements Shape, Comparable<Circle> {

		@Override
		public int compareTo(Circle other) {
			return this.radius - other.radius;
		}

	}

	record Square(int side) implements Shape {
	}

	record Faces(Object object, Number number, Serializable serializable, Shape shape, Iterable<?> iterable,
			Object last) {
	}

	record Drawing(Shape first, List<Shape> shapes, Any any) {
	}

	record Maps(Map<Integer, Shape> shapes, Map<Color, Long> longs, Set<Color> colors, Map<?, ?> any,
			Map<Long, Long> sorted) {
	}

	record Maybe(Optional<Object> object, Optional<Item> item, Optional<List<Item>> items) {
	}

	record Sorted(Set<String> set) {
	}

	record Tagged(String name, Animal animal, List<Animal> animals) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes({ @JsonSubTypes.Type(value = Dog.class, name = "dog"),
			@JsonSubTypes.Type(value = Cat.class, name = "cat") })
	interface Animal {

	}

	record Dog(String name, Object bone) implements Animal {
	}

	record Cat(Number lives) implements Animal {
	}

	record Concrete(Plain plain) {
	}

	static class Base {

		private List<Object> shared = new ArrayList<>();

		public List<Object> getShared() {
			return this.shared;
		}

		public void setShared(List<Object> shared) {
			this.shared = shared;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Base base && this.shared.equals(base.shared);
		}

		@Override
		public int hashCode() {
			return 1;
		}

	}

	static class Derived extends Base {

		private Object own = 1;

		public Object getOwn() {
			return this.own;
		}

		public void setOwn(Object own) {
			this.own = own;
		}

		@Override
		public boolean equals(Object other) {
			return super.equals(other) && other instanceof Derived derived && this.own.equals(derived.own);
		}

		@Override
		public int hashCode() {
			return 2;
		}

	}

	static class Plain {

		private final String name;

		@JsonCreator
		Plain(String name) {
			this.name = name;
		}

		public String getName() {
			return this.name;
		}

		@Override
		public boolean equals(Object other) {
			return other != null && getClass() == other.getClass() && this.name.equals(((Plain) other).name);
		}

		@Override
		public int hashCode() {
			return 3;
		}

	}

	static class Special extends Plain {

		private final int count;

		@JsonCreator
		Special(String name, int count) {
			super(name);
			this.count = count;
		}

		public int getCount() {
			return this.count;
		}

		@Override
		public boolean equals(Object other) {
			return super.equals(other) && this.count == ((Special) other).count;
		}

		@Override
		public int hashCode() {
			return 4;
		}

	}

}

enum Foreign {

	ONE

}

record Foreigner(String name) {
}
