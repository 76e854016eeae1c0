package io.sessionkit;

import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.Collection;
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
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
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
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The classes that an attribute may consist of, and their ids. Values and collections of
 * the JDK have short ids. The id of a class that the application allows is its name. No
 * class is looked up unless its exact name was allowed before.
 */
final class AttributeClasses {

	static final int MAX_NAME_LENGTH = 512;

	private static final int MAX_DIMENSIONS = 8;

	/*
	 * Without classes that ask a name server when they are read or hashed (InetAddress,
	 * URL), or that look up file systems (Path).
	 */

	/** Only allowed as the component type of an array. */
	private static final Map<String, Class<?>> COMPONENTS = byId("int", int.class, "long", long.class, "short",
			short.class, "byte", byte.class, "char", char.class, "boolean", boolean.class, "float", float.class,
			"double", double.class, "O", Object.class);

	private static final Map<String, Class<?>> KNOWN = byId("s", String.class, "b", Boolean.class, "i", Integer.class,
			"l", Long.class, "h", Short.class, "y", Byte.class, "f", Float.class, "d", Double.class, "c",
			Character.class, "D", BigDecimal.class, "I", BigInteger.class, "J", JsonNode.class, "u", UUID.class, "al",
			ArrayList.class, "ll", LinkedList.class, "cl", CopyOnWriteArrayList.class, "v", Vector.class, "st",
			Stack.class, "hs", HashSet.class, "ls", LinkedHashSet.class, "ts", TreeSet.class, "es", EnumSet.class, "cs",
			CopyOnWriteArraySet.class, "ks", ConcurrentSkipListSet.class, "ad", ArrayDeque.class, "hm", HashMap.class,
			"lm", LinkedHashMap.class, "tm", TreeMap.class, "em", EnumMap.class, "cm", ConcurrentHashMap.class, "km",
			ConcurrentSkipListMap.class, "ht", Hashtable.class, "p", Properties.class, "ai", AtomicInteger.class, "aL",
			AtomicLong.class, "aB", AtomicBoolean.class, "o", Optional.class, "oi", OptionalInt.class, "ol",
			OptionalLong.class, "od", OptionalDouble.class, "sb", StringBuilder.class, "Date", Date.class, "Calendar",
			GregorianCalendar.class, "Locale", Locale.class, "TimeZone", TimeZone.class, "Currency", Currency.class,
			"URI", URI.class, "TimeUnit", TimeUnit.class, "ChronoUnit", ChronoUnit.class, "Instant", Instant.class,
			"LocalDate", LocalDate.class, "LocalTime", LocalTime.class, "LocalDateTime", LocalDateTime.class,
			"OffsetTime", OffsetTime.class, "OffsetDateTime", OffsetDateTime.class, "ZonedDateTime",
			ZonedDateTime.class, "Duration", Duration.class, "Period", Period.class, "Year", Year.class, "YearMonth",
			YearMonth.class, "MonthDay", MonthDay.class, "Month", Month.class, "DayOfWeek", DayOfWeek.class, "ZoneId",
			ZoneId.class, "ZoneOffset", ZoneOffset.class);

	private static final Map<Class<?>, String> IDS = ids();

	/** Types that stand for all their subclasses. The first one that matches is used. */
	private static final List<Class<?>> FAMILIES = List.of(JsonNode.class, TimeZone.class, EnumSet.class);

	private final Predicate<String> allowed;

	private final ClassLoader loader;

	private final Map<String, Class<?>> found = new ConcurrentHashMap<>();

	AttributeClasses(Predicate<String> allowed, ClassLoader loader) {
		this.allowed = allowed;
		this.loader = loader;
	}

	private static Map<String, Class<?>> byId(Object... idsAndClasses) {
		Map<String, Class<?>> classes = new HashMap<>();
		for (int i = 0; i < idsAndClasses.length; i += 2) {
			classes.put((String) idsAndClasses[i], (Class<?>) idsAndClasses[i + 1]);
		}
		return Map.copyOf(classes);
	}

	private static Map<Class<?>, String> ids() {
		Map<Class<?>, String> ids = new HashMap<>();
		KNOWN.forEach((id, type) -> ids.put(type, id));
		COMPONENTS.forEach((id, type) -> ids.put(type, id));
		return Map.copyOf(ids);
	}

	/**
	 * Returns the class with which a value is read back. This is the class of the value,
	 * or an equal one if the former is internal, such as that of an unmodifiable list.
	 */
	static Class<?> of(Object value) {
		Class<?> type = value.getClass();
		if (IDS.containsKey(type)) {
			return type;
		}
		if (value instanceof Enum<?> constant) {
			return constant.getDeclaringClass();
		}
		for (Class<?> family : FAMILIES) {
			if (family.isInstance(value)) {
				return family;
			}
		}
		if (type.getName().equals("java.util.EnumMap$KeySet")) {
			return EnumSet.class; // its constants are written without a class
		}
		boolean isInternal = (!Modifier.isPublic(type.getModifiers()) && type.getName().startsWith("java."))
				|| type.getName().startsWith("kotlin.collections.")
				|| value instanceof ConcurrentHashMap.KeySetView<?, ?>;
		return isInternal ? equalTo(value) : type;
	}

	private static Class<?> equalTo(Object value) {
		if (value instanceof SortedMap) {
			return TreeMap.class;
		}
		if (value instanceof Map) {
			return LinkedHashMap.class;
		}
		if (value instanceof SortedSet) {
			return TreeSet.class;
		}
		if (value instanceof Set) {
			return LinkedHashSet.class;
		}
		if (value instanceof Collection) {
			return ArrayList.class;
		}
		return (value instanceof ZoneId) ? ZoneId.class : value.getClass();
	}

	/**
	 * Returns the id of a class.
	 * @return {@code null} if it is not allowed
	 */
	@Nullable String id(Class<?> type) {
		if (type.isArray()) {
			Class<?> component = type.getComponentType();
			String id = COMPONENTS.containsValue(component) ? IDS.get(component) : id(component);
			return (id != null) ? "[" + id : null;
		}
		String known = COMPONENTS.containsValue(type) ? null : IDS.get(type);
		String name = type.getName();
		return (known != null) ? known : (find(name) == type) ? name : null;
	}

	/**
	 * Finds the class of an id, without initializing the class.
	 * @return {@code null} if it is not allowed or does not exist
	 */
	@Nullable Class<?> find(String id) {
		int dimensions = 0;
		while (dimensions < id.length() && id.charAt(dimensions) == '[') {
			dimensions++;
		}
		if (dimensions > MAX_DIMENSIONS) {
			return null;
		}
		String name = id.substring(dimensions);
		Class<?> type = KNOWN.get(name);
		if (type == null) {
			type = COMPONENTS.containsKey(name) ? ((dimensions > 0) ? COMPONENTS.get(name) : null) : load(name);
		}
		for (int i = 0; i < dimensions && type != null; i++) {
			type = type.arrayType();
		}
		return type;
	}

	private @Nullable Class<?> load(String name) {
		Class<?> known = this.found.get(name);
		if (known != null) {
			return known;
		}
		if (!isName(name) || !this.allowed.test(name)) {
			return null;
		}
		try {
			Class<?> type = Class.forName(name, false, this.loader);
			if (!type.getName().equals(name) || !isOfData(type)) {
				return null;
			}
			this.found.put(name, type);
			return type;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	/**
	 * Rejects names that a class loader could take for another location, and names of
	 * generated classes.
	 */
	private static boolean isName(String name) {
		return name.length() <= MAX_NAME_LENGTH && !name.contains("$$") && !name.contains("..")
				&& name.chars()
					.allMatch((character) -> character == '.' || (Character.isJavaIdentifierPart((char) character)
							&& !Character.isIdentifierIgnorable((char) character)));
	}

	private static boolean isOfData(Class<?> type) {
		boolean isMade = type.isEnum() || !Modifier.isAbstract(type.getModifiers());
		return isMade && !type.isInterface() && !type.isAnnotation() && !type.isPrimitive() && !type.isHidden()
				&& !type.isSynthetic() && !Proxy.isProxyClass(type) && type != Class.class && type != Object.class
				&& !ClassLoader.class.isAssignableFrom(type) && !Thread.class.isAssignableFrom(type)
				&& !Throwable.class.isAssignableFrom(type);
	}

}
