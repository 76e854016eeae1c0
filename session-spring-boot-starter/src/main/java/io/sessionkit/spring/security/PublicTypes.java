package io.sessionkit.spring.security;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.impl.ClassNameIdResolver;
import tools.jackson.databind.jsontype.impl.DefaultTypeResolverBuilder;

/**
 * Names of a collection whose class is the JDK's or Kotlin's own business, such as that
 * of {@code List.of}, a public one that is equal to it: what stands in a session then
 * depends on the version of neither. All else is named as Spring Security's modules do
 * it.
 */
final class PublicTypes extends DefaultTypeResolverBuilder {

	private static final long serialVersionUID = 1L;

	/** On Spring Security's list, and come back as themselves. */
	private static final Set<String> KEPT = Set.of("java.util.Collections$UnmodifiableSet",
			"java.util.Collections$UnmodifiableRandomAccessList", "java.util.Collections$UnmodifiableMap",
			"java.util.Collections$EmptyList", "java.util.Collections$EmptyMap", "java.util.Collections$SingletonList");

	PublicTypes(PolymorphicTypeValidator allowed) {
		super(allowed, DefaultTyping.NON_FINAL, JsonTypeInfo.As.PROPERTY);
	}

	@Override
	protected TypeIdResolver idResolver(DatabindContext context, JavaType base, PolymorphicTypeValidator allowed,
			Collection<NamedType> subtypes, boolean forSerialization, boolean forDeserialization) {
		return new Names(base, subtypes, allowed);
	}

	private static final class Names extends ClassNameIdResolver {

		private static final long serialVersionUID = 1L;

		private final JavaType base;

		Names(JavaType base, Collection<NamedType> subtypes, PolymorphicTypeValidator allowed) {
			super(base, subtypes, allowed);
			this.base = base;
		}

		@Override
		public String idFromValue(DatabindContext context, Object value) {
			// Not maps, since Spring Security makes those of a saved request itself.
			if (value instanceof SortedSet<?> set && set.comparator() != null) {
				throw new SortedByComparatorException();
			}
			Class<?> equal = isInternal(value.getClass()) ? equalTo(value) : null;
			return (equal != null && this.base.getRawClass().isAssignableFrom(equal)) ? equal.getName()
					: super.idFromValue(context, value);
		}

		private static boolean isInternal(Class<?> type) {
			String name = type.getName();
			return (name.startsWith("java.util.") && !Modifier.isPublic(type.getModifiers()) && !KEPT.contains(name))
					|| name.startsWith("kotlin.collections.");
		}

		private static @Nullable Class<?> equalTo(Object value) {
			if (value instanceof Map) {
				return (value instanceof SortedMap) ? TreeMap.class : LinkedHashMap.class;
			}
			if (value instanceof Set) {
				return (value instanceof SortedSet) ? TreeSet.class : LinkedHashSet.class;
			}
			return (value instanceof Collection) ? ArrayList.class : null;
		}

	}

	/** JSON has no place for a comparator, without which a set has other elements. */
	static final class SortedByComparatorException extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

	}

}
