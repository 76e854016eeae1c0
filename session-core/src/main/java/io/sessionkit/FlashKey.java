package io.sessionkit;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The typed name of a flash value, one that is read once:
 * {@code static final FlashKey<String> NOTICE = FlashKey.of("notice", String.class)}. A
 * type of its own, so that a flash cannot be {@code set} and a value cannot be
 * {@code flash}ed by mistake. The type means what it does for a {@link SessionKey}.
 *
 * @param <T> what the flash is read as
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
	 * A key for a class without type parameters.
	 * @param name the name in the session, of 256 characters at most
	 * @param type the class
	 * @param <T> the type
	 * @return the key
	 */
	public static <T> FlashKey<T> of(String name, Class<T> type) {
		return new FlashKey<>(name, type);
	}

	/**
	 * A key for a list.
	 * @param name the name in the session, of 256 characters at most
	 * @param element the class of the elements
	 * @param <E> the type of the elements
	 * @return the key
	 */
	public static <E> FlashKey<List<E>> listOf(String name, Class<E> element) {
		return new FlashKey<>(name, SessionJson.listType(element));
	}

	/**
	 * A key for a map from strings, as JSON objects are.
	 * @param name the name in the session, of 256 characters at most
	 * @param value the class of the values
	 * @param <V> the type of the values
	 * @return the key
	 */
	public static <V> FlashKey<Map<String, V>> mapOf(String name, Class<V> value) {
		return new FlashKey<>(name, SessionJson.mapType(value));
	}

	/**
	 * A key for any type known by reflection, such as that of a method parameter.
	 * @param name the name in the session, of 256 characters at most
	 * @param type the type, generics included
	 * @return the key
	 */
	public static FlashKey<?> ofType(String name, Type type) {
		return new FlashKey<>(name, type);
	}

	/**
	 * The name in the session.
	 * @return the name, as given
	 */
	public String name() {
		return this.name;
	}

	/**
	 * What the flash is read as.
	 * @return the type, generics included
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
