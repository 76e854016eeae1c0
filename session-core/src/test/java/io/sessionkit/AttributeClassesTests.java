package io.sessionkit;

import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JavaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * No class is made, loaded or initialized that the allow-list did not accept by its exact
 * name.
 */
class AttributeClassesTests {

	private static final String HERE = AttributeClassesTests.class.getName() + "$";

	private static final Set<String> ALLOWED = Set.of(HERE + "Item", HERE + "Box", HERE + "Color");

	private static final List<String> initialized = new ArrayList<>();

	private final Recorder loader = new Recorder();

	private final List<String> asked = new ArrayList<>();

	private TypedJson typed(Predicate<String> allowed) {
		return TypedJson.of(SessionJson.STANDARD, (name) -> {
			this.asked.add(name);
			return allowed.test(name);
		}, this.loader);
	}

	private static JsonSlice slice(String json) {
		return JsonSlice.of(json.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(JsonSlice json) {
		return new String(json.bytes(), json.offset(), json.length(), StandardCharsets.UTF_8);
	}

	@Test
	void aClassIsLoadedAfterItWasAllowedAndInitializedWhenItIsMade() {
		AttributeClasses classes = new AttributeClasses((name) -> {
			assertThat(this.loader.loaded).isEmpty();
			return name.equals(HERE + "Allowed");
		}, this.loader);
		assertThat(classes.find(HERE + "Gadget")).isNull();
		assertThat(this.loader.loaded).isEmpty();
		assertThat(classes.find(HERE + "Allowed")).isNotNull();
		assertThat(classes.find("[" + HERE + "Allowed")).isNotNull();
		assertThat(this.loader.loaded).containsExactly(HERE + "Allowed");
		assertThat(initialized).isEmpty();
	}

	@Test
	void noGadgetIsLoadedWhereverItIsNamed() {
		TypedJson typed = typed(ALLOWED::contains);
		String gadget = "\"" + HERE + "Gadget\"";
		String item = "\"" + HERE + "Item\"";
		String box = "\"" + HERE + "Box\"";
		for (String classes : List.of(gadget, "[\"al\"," + gadget + "]", "[\"al\",{\"0\":" + gadget + "}]",
				"[" + gadget + ",\"i\"]", "[" + box + ",{\"value\":" + gadget + "}]",
				"[" + box + ",{\"value\":[\"al\"," + gadget + "]}]", "\"[" + HERE + "Gadget\"",
				"\"[[" + HERE + "Gadget\"", "\"hm;" + HERE + "Gadget\"", "\"em;" + HERE + "Gadget\"",
				"\"es;" + HERE + "Gadget\"", "\"o;" + HERE + "Gadget\"", "\"[hm;" + HERE + "Gadget\"",
				"\"" + HERE + "Item;" + HERE + "Gadget\"", "\"" + HERE + "Gadget;i\"",
				"[" + item + ",{\"name\":" + gadget + "}]", "\"al<" + HERE + "Gadget>\"",
				"\"java.util.ArrayList<" + HERE + "Gadget>\"", "\"L" + HERE + "Gadget;\"",
				"\"[L" + HERE + "Gadget;\"")) {
			for (String json : List.of("{}", "[]", "[{}]", "{\"value\":{}}", "{\"value\":[{}]}", "{\"name\":\"a\"}",
					"{\"name\":{}}", "\"a\"", "{\"" + HERE + "Gadget\":1}", gadget, "[" + gadget + "]", "{\"a\":{}}")) {
				typed.read(slice(json), slice(classes));
				typed.unknownClass(slice(classes));
			}
		}
		assertThat(this.loader.loaded).isSubsetOf(ALLOWED);
		assertThat(initialized).isEmpty();
	}

	@Test
	void whatIsNoNameIsNotEvenLookedFor() {
		TypedJson typed = typed((name) -> true);
		AttributeClasses classes = new AttributeClasses((name) -> true, this.loader);
		for (String id : List.of("", "[", "[[", "[i;", "int", "O", "Object", "L", ";", ";i", "al;", "i;i;i", "al<i>",
				"al<", "List<String>", "java.lang.Object", "[java.lang.Object", "[Ljava.lang.String;",
				"Ljava/lang/String;", "java/lang/String", "..", "a..b", ".", "/", "\\", "../../x", "file:x",
				"jar:file:x!/y", "http://x/y", "a$$b", "a$$Lambda/0x1", "java.lang.String\u0000",
				"java.lang.Str\u200Bing", "java.lang.\uFEFFString", "java.lang.String ", " java.lang.String",
				"module/java.lang.String", "[[[[[[[[[i", "[[[[[[[[[java.lang.String")) {
			assertThat(classes.find(id)).as(id).isNull();
			assertThat(typed.read(slice("{}"), JsonSlice.ofText(id))).as(id).isNull();
		}
		assertThat(this.loader.loaded).noneMatch((name) -> name.matches(".*[^\\p{Alnum}.$_].*"));
	}

	@Test
	void aLongNameIsNotLookedFor() {
		AttributeClasses classes = new AttributeClasses((name) -> true, this.loader);
		assertThat(classes.find("a".repeat(AttributeClasses.MAX_NAME_LENGTH + 1))).isNull();
		assertThat(classes.find("[".repeat(100_000) + "i")).isNull();
		assertThat(classes.find("a\uD800b")).isNull();
		TypedJson typed = typed((name) -> true);
		assertThat(typed.read(slice("{}"), JsonSlice.ofText("a".repeat(60_000)))).isNull();
		assertThat(this.loader.loaded).isEmpty();
	}

	@Test
	void whatIsNoDataIsRefusedEvenIfItsNameIsAllowed() {
		AttributeClasses classes = new AttributeClasses((name) -> true, getClass().getClassLoader());
		Object lambda = (Runnable & Serializable) () -> {
		};
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Runnable.class },
				(self, method, arguments) -> null);
		for (Class<?> type : List.of(Runnable.class, Override.class, Class.class, ClassLoader.class, Recorder.class,
				Thread.class, Throwable.class, IllegalStateException.class, Broken.class, Worker.class, Object.class,
				Number.class, Collection.class, lambda.getClass(), proxy.getClass())) {
			assertThat(classes.find(type.getName())).as(type.getName()).isNull();
			assertThat(classes.find("[" + type.getName())).as(type.getName()).isNull();
			assertThat(classes.id(type)).as(type.getName()).isIn(null, "O");
		}
		for (Object value : List.of(lambda, proxy, new Thread(), new IllegalStateException(), new Broken(),
				Broken.class, getClass().getClassLoader())) {
			for (Object holder : List.of(value, List.of(value), Map.of("a", value), new Box(value))) {
				assertThatThrownBy(() -> typed((name) -> true).write("it", holder)).as("%s", value.getClass())
					.isInstanceOf(AttributeTypeException.class);
			}
		}
	}

	@Test
	void textOfTheDataIsNeverTakenForAClass() {
		TypedJson typed = typed((name) -> true);
		String gadget = HERE + "Gadget";
		for (Object value : List.of(gadget, List.of(gadget), Map.of(gadget, gadget),
				Map.of("@class", gadget, "@type", gadget), new Box(Map.of("class", gadget)), new Box(gadget))) {
			TypedJson.Typed written = typed.write("it", value);
			assertThat(typed.read(written.json(), written.classes())).isEqualTo(value);
		}
		for (String json : List.of("{\"type\":\"" + gadget + "\"}", "{\"types\":{\"" + gadget + "\":1}}",
				"{\"java\":\"" + gadget + "\"}", "{\"any\":\"" + gadget + "\"}")) {
			for (Class<?> type : List.of(Named.class, NamedByJackson.class)) {
				typed.read(slice(json), JsonSlice.ofText(type.getName()));
				SessionJson.STANDARD.readOrNull(slice(json), SessionJson.STANDARD.type(type));
			}
		}
		assertThat(initialized).isEmpty();
		assertThat(this.loader.loaded).doesNotContain(gadget);
	}

	@Test
	void aClassThatAFieldHoldsIsRefusedByAnyApi() {
		for (Object value : List.of(new Named(String.class, Map.of(), 1),
				new Named(null, Map.of(String.class, 1), 1))) {
			assertThatThrownBy(() -> typed((name) -> true).write("it", value))
				.isInstanceOf(SessionSerializationException.class)
				.hasMessageContaining("a class cannot be kept");
			assertThatThrownBy(() -> SessionJson.STANDARD.write("it", value, SessionJson.STANDARD.type(null, value)))
				.isInstanceOf(SessionSerializationException.class)
				.hasMessageContaining("a class cannot be kept");
		}
	}

	@Test
	void deepAndHugeTreesAreRefusedInTime() {
		TypedJson typed = typed((name) -> true);
		long start = System.nanoTime();
		for (String classes : List.of("[\"al\",".repeat(10_000) + "\"i\"" + "]".repeat(10_000), "[".repeat(60_000),
				"[\"al\",{" + "\"0\":\"i\",".repeat(5_000) + "\"1\":\"i\"}]", "[\"al\"," + "9".repeat(5_000) + "]",
				"[-1,0]", "[0,0]", "[\"al\",1e9]", "[\"al\",99999]", "\"" + "a".repeat(70_000) + "\"",
				"[\"al\",[\"al\"", "", " ", "null", "[]", "{}", "[\"al\"]", "[\"al\",\"i\",\"i\"]",
				"[\"al\",\"i\"] \"i\"", "[\"al\",{}]x", "[\"al\",null]")) {
			assertThat(typed.read(slice("[{}]"), slice(classes)))
				.as(classes.substring(0, Math.min(20, classes.length())))
				.isNull();
			typed.unknownClass(slice(classes));
		}
		String deep = "[\"al\",".repeat(61) + "\"i\"" + "]".repeat(61);
		String json = "[".repeat(61) + "1" + "]".repeat(61);
		assertThat(typed.read(slice(json), slice(deep))).isNotNull();
		String number = "1" + "0".repeat(900_000);
		for (String id : List.of("i", "l", "I", "D", "d", "Instant", "Duration", "hm;I", "hm;D", "hm;i", "ai", "Year",
				"c")) {
			for (String value : List.of(number, "\"" + number + "\"", "1e999999999", "\"1e999999999\"",
					"{\"" + number + "\":1}", "{\"1e999999999\":1}", "{\"" + number + "\":1,\"1e999999999\":2}")) {
				typed.read(slice(value), JsonSlice.ofText(id));
			}
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void tenThousandMutatedRecordsMakeNothingThatIsNotAllowed() {
		TypedJson typed = typed(ALLOWED::contains);
		List<Object> values = List.of(1, 2.5f, new Item("tea", 2), new Box(new Item("a", 1)),
				new Box(List.of(new Item("a", 1), 1L, Map.of(1, Set.of('c')))),
				new ArrayList<>(List.of(new Item("a", 1), new Item("b", 2))),
				new HashMap<>(Map.of("a", 1L, "b", List.of(2L))), new TreeMap<>(Map.of(1, new Item("a", 1))),
				Map.of(Color.RED, LocalDate.EPOCH), new Box(new Item[] { new Item("a", 1) }), new int[][] { { 1 } },
				new HashSet<>(List.of(Color.GREEN)));
		List<String> spice = List.of(HERE + "Gadget", HERE + "Item", HERE + "Box", "[", "]", "{", "}", "\"", ",", ":",
				"\\", "\\u0041", "null", "0", "-1", "1e9", ";", "[\"al\",", "\"al\"", "\"hm;i\"", "\"es;", "\"em;",
				"\"O\"", "[O", "java.lang.Thread", "java.lang.Runtime", "javax.script.ScriptEngineManager", "\u0000",
				"\u00E9", "$", "@class", "value", "name", "p", "J", "D", "I", "aB", "u", "ks", "URI", "Locale");
		List<TypedJson.Typed> records = values.stream().map((value) -> typed.write("it", value)).toList();
		Random random = new Random(20261128);
		long start = System.nanoTime();
		int read = 0;
		for (int i = 0; i < 10_000; i++) {
			TypedJson.Typed written = records.get(random.nextInt(records.size()));
			TypedJson.Typed other = records.get(random.nextInt(records.size()));
			String json = text(written.json());
			String classes = text((random.nextInt(4) == 0) ? other.classes() : written.classes());
			JsonSlice mutated = slice((i % 2 == 0) ? mutated(json, spice, random) : json);
			JsonSlice mutatedClasses = slice((i % 3 == 0) ? classes : mutated(classes, spice, random));
			Object value = typed.read(mutated, mutatedClasses);
			typed.unknownClass(mutatedClasses);
			read += (value != null) ? 1 : 0;
			requireAllowed(value);
		}
		assertThat(read).isBetween(500, 9_500);
		assertThat(this.loader.loaded).isSubsetOf(ALLOWED);
		assertThat(initialized).isEmpty();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
	}

	private static String mutated(String text, List<String> spice, Random random) {
		StringBuilder mutated = new StringBuilder(text);
		for (int n = random.nextInt(3); n >= 0; n--) {
			int at = random.nextInt(mutated.length() + 1);
			int end = Math.min(mutated.length(), at + random.nextInt(6));
			switch (random.nextInt(4)) {
				case 0 -> mutated.insert(at, spice.get(random.nextInt(spice.size())));
				case 1 -> mutated.delete(at, end);
				case 2 -> mutated.replace(at, end, spice.get(random.nextInt(spice.size())));
				default -> mutated.insert(at, mutated.substring(at, end));
			}
		}
		return mutated.toString();
	}

	private static void requireAllowed(Object value) {
		if (value == null) {
			return;
		}
		Class<?> type = value.getClass();
		while (type.isArray()) {
			type = type.getComponentType();
		}
		assertThat(type.getName().startsWith("java.") || type.getName().startsWith("tools.jackson.databind.node.")
				|| type.getName().startsWith("sun.util.") || type.isPrimitive() || ALLOWED.contains(type.getName()))
			.as(type.getName())
			.isTrue();
		assertThat(value).isNotInstanceOfAny(Class.class, Thread.class, ClassLoader.class, Throwable.class, URL.class);
		if (value instanceof Box box) {
			requireAllowed(box.value());
		}
		else if (value instanceof Map<?, ?> map) {
			map.forEach((key, element) -> {
				requireAllowed(key);
				requireAllowed(element);
			});
		}
		else if (value instanceof Collection<?> collection) {
			collection.forEach(AttributeClassesTests::requireAllowed);
		}
		else if (value instanceof Object[] array) {
			Arrays.stream(array).forEach(AttributeClassesTests::requireAllowed);
		}
		else if (value instanceof Optional<?> optional) {
			optional.ifPresent(AttributeClassesTests::requireAllowed);
		}
	}

	/** Takes down what is looked for, before anybody who could find it. */
	private static final class Recorder extends ClassLoader {

		private final Set<String> loaded = new LinkedHashSet<>();

		Recorder() {
			super(AttributeClassesTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			this.loaded.add(name);
			return super.loadClass(name, resolve);
		}

	}

	record Item(String name, int count) {
	}

	record Box(Object value) {
	}

	record Named(Class<?> type, Map<Class<?>, Integer> types, Object any) {
	}

	record NamedByJackson(JavaType java) {
	}

	enum Color {

		RED, GREEN

	}

	static class Gadget {

		static {
			initialized.add("Gadget");
		}

		private String name = "";

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

	}

	static class Allowed extends Gadget {

		static {
			initialized.add("Allowed");
		}

	}

	static class Broken extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

	static class Worker extends Thread {

	}

}
