package io.sessionkit;

import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Records in which nothing can change, since all that they consist of are texts, numbers,
 * dates, enums and such records.
 */
final class FrozenRecords {

	private static final Set<Class<?>> SCALARS = Set.of(String.class, Boolean.class, Character.class, Byte.class,
			Short.class, Integer.class, Long.class, Float.class, Double.class, BigDecimal.class, BigInteger.class,
			UUID.class);

	private static final ClassValue<Boolean> FROZEN = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return type.isRecord() && isFrozen(type, new HashSet<>());
		}

	};

	private FrozenRecords() {
	}

	static boolean isOne(Object object) {
		return FROZEN.get(object.getClass());
	}

	/**
	 * Decides by the declared types alone.
	 * @param seen the records around it, which may hold themselves
	 */
	private static boolean isFrozen(Class<?> type, Set<Class<?>> seen) {
		if (type.isRecord()) {
			return !seen.add(type) || Stream.of(type.getRecordComponents())
				.allMatch((component) -> isFrozen(component.getType(), seen));
		}
		return type.isPrimitive() || type.isEnum() || SCALARS.contains(type)
				|| (Modifier.isFinal(type.getModifiers()) && type.getName().startsWith("java.time."));
	}

}
