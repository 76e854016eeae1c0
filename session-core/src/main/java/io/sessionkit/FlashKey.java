package io.sessionkit;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The typed name of a flash attribute, which is read once. Define it as a constant:
 * {@code static final FlashKey<String> NOTICE = FlashKey.of("notice", String.class)}. The
 * type differs from {@link SessionKey}, so that a flash attribute cannot be {@code set},
 * and a value cannot be {@code flash}ed, by mistake. The type parameter has the same
 * meaning as there.
 *
 * @param <T> the type as which the flash attribute is read
 */
@SuppressWarnings("UnusedTypeParameter") // it types get and flash of Session
public final class FlashKey<T> {

	private final String name;

	private final Type type;

	private FlashKey(String name, Type type) {
		this.name = ReservedNames.refused(name);
		this.type = Objects.requireNonNull(type, "type");
	}

	/**
	 * Creates a key for a class without type parameters.
	 * @param name the name in the session, at most 256 characters
	 * @param type the class
	 * @param <T> the type
	 * @return the key
	 */
	public static <T> FlashKey<T> of(String name, Class<T> type) {
		return new FlashKey<>(name, type);
	}

	/**
	 * Creates a key for a list.
	 * @param name the name in the session, at most 256 characters
	 * @param element the class of the elements
	 * @param <E> the type of the elements
	 * @return the key
	 */
	public static <E> FlashKey<List<E>> listOf(String name, Class<E> element) {
		return new FlashKey<>(name, SessionJson.listType(element));
	}

	/**
	 * Creates a key for a map with strings as its keys, as in a JSON object.
	 * @param name the name in the session, at most 256 characters
	 * @param value the class of the values
	 * @param <V> the type of the values
	 * @return the key
	 */
	public static <V> FlashKey<Map<String, V>> mapOf(String name, Class<V> value) {
		return new FlashKey<>(name, SessionJson.mapType(value));
	}

	/**
	 * Creates a key for a type that is known by reflection, such as that of a method
	 * parameter.
	 * @param name the name in the session, at most 256 characters
	 * @param type the type, including its type arguments
	 * @return the key
	 */
	public static FlashKey<?> ofType(String name, Type type) {
		return new FlashKey<>(name, type);
	}

	/**
	 * {@return the name in the session}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * {@return the type as which the flash attribute is read, including its type
	 * arguments}
	 */
	public Type type() {
		return this.type;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof FlashKey<?> key && this.name.equals(key.name) && this.type.equals(key.type);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.name, this.type);
	}

	@Override
	public String toString() {
		return "FlashKey[" + this.name + ", " + this.type.getTypeName() + "]";
	}

}
