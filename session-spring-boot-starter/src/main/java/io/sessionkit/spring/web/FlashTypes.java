package io.sessionkit.spring.web;

import java.lang.reflect.Type;
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
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The names of the classes to which a flash attribute can be restored: plain values of
 * the JDK, and classes of the application's own packages. A class is loaded only after
 * its name was found to be one of these, so stored data cannot create any other object.
 */
final class FlashTypes {

	/** Stands for a class whose name is not stored. */
	static final String UNNAMED = "?";

	private static final Set<Class<?>> JSON = Set.of(String.class, Boolean.class, Long.class, BigDecimal.class);

	private static final Map<String, Class<?>> VALUES = Stream
		.of(String.class, Boolean.class, Long.class, BigDecimal.class, Integer.class, Short.class, Byte.class,
				Character.class, Float.class, Double.class, BigInteger.class, Instant.class, LocalDate.class,
				LocalTime.class, LocalDateTime.class, OffsetDateTime.class, OffsetTime.class, ZonedDateTime.class,
				Duration.class, Period.class, Year.class, YearMonth.class, MonthDay.class, Month.class, DayOfWeek.class,
				Date.class, UUID.class, Locale.class, Currency.class, URI.class)
		.collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

	private static final Map<String, Class<?>> CONTAINERS = Map.of("list", List.class, "set", Set.class, "map",
			Map.class);

	private final List<String> prefixes;

	FlashTypes(Collection<String> packages) {
		this.prefixes = packages.stream().map((name) -> name + ".").toList();
	}

	/**
	 * Returns the name of the class of a value.
	 * @return the name; {@value #UNNAMED} if it is not allowed, {@code null} if JSON
	 * already keeps the type
	 */
	@Nullable String name(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return containerName("map", map.values());
		}
		if (value instanceof Collection<?> elements) {
			return containerName((elements instanceof Set<?>) ? "set" : "list", elements);
		}
		return (value == null || JSON.contains(value.getClass())) ? null : className(value);
	}

	private String className(Object value) {
		Class<?> type = (value instanceof Enum<?> constant) ? constant.getDeclaringClass()
				: ClassUtils.getUserClass(value);
		return isAllowed(type.getName()) ? type.getName() : UNNAMED;
	}

	private @Nullable String containerName(String container, Collection<?> elements) {
		if (elements.stream().allMatch((element) -> name(element) == null) && !container.equals("set")) {
			return null; // JSON has lists and maps but no sets
		}
		List<String> names = elements.stream()
			.map((element) -> (element != null) ? className(element) : UNNAMED)
			.distinct()
			.toList();
		return (names.size() == 1 && !names.get(0).equals(UNNAMED)) ? container + ":" + names.get(0)
				: names.isEmpty() ? null : UNNAMED;
	}

	/**
	 * Returns the type with a name.
	 * @return the type; {@code null} if there is none with that name, or it is not
	 * allowed
	 */
	@Nullable Type type(@Nullable String name) {
		if (name == null) {
			return null;
		}
		int colon = name.indexOf(':');
		Class<?> type = isAllowed(name.substring(colon + 1)) ? load(name.substring(colon + 1)) : null;
		if (type == null || colon < 0) {
			return type;
		}
		Class<?> container = CONTAINERS.get(name.substring(0, colon));
		if (container == null) {
			return null;
		}
		return (container == Map.class) ? ResolvableType.forClassWithGenerics(Map.class, String.class, type).getType()
				: ResolvableType.forClassWithGenerics(container, type).getType();
	}

	private boolean isAllowed(String name) {
		return VALUES.containsKey(name) || this.prefixes.stream().anyMatch(name::startsWith);
	}

	private static @Nullable Class<?> load(String name) {
		Class<?> value = VALUES.get(name);
		if (value != null) {
			return value;
		}
		try {
			return Class.forName(name, false, ClassUtils.getDefaultClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null; // the name comes from another version of the application
		}
	}

}
