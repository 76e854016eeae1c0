package io.sessionkit;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The typed name of a value. Define it as a constant:
 * {@code static final SessionKey<Cart> CART = SessionKey.of("cart", Cart.class)}. The
 * value is also written as this type, so a list or a map of a base type with
 * {@code @JsonTypeInfo} keeps the types of its elements. Elements of type {@code Object}
 * are plain JSON: they are read as text, numbers, booleans, lists and maps.
 *
 * @param <T> the type as which the value is read
 */
@SuppressWarnings("UnusedTypeParameter") // it types get and set of Session
public final class SessionKey<T> {

	private final String name;

	private final Type type;

	private SessionKey(String name, Type type) {
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
	public static <T> SessionKey<T> of(String name, Class<T> type) {
		return new SessionKey<>(name, type);
	}

	/**
	 * Creates a key for a list.
	 * @param name the name in the session, at most 256 characters
	 * @param element the class of the elements
	 * @param <E> the type of the elements
	 * @return the key
	 */
	public static <E> SessionKey<List<E>> listOf(String name, Class<E> element) {
		return new SessionKey<>(name, SessionJson.listType(element));
	}

	/**
	 * Creates a key for a map with strings as its keys, as in a JSON object.
	 * @param name the name in the session, at most 256 characters
	 * @param value the class of the values
	 * @param <V> the type of the values
	 * @return the key
	 */
	public static <V> SessionKey<Map<String, V>> mapOf(String name, Class<V> value) {
		return new SessionKey<>(name, SessionJson.mapType(value));
	}

	/**
	 * Creates a key for a type that is known by reflection, such as that of a method
	 * parameter.
	 * @param name the name in the session, at most 256 characters
	 * @param type the type, including its type arguments
	 * @return the key
	 */
	public static SessionKey<?> ofType(String name, Type type) {
		return new SessionKey<>(name, type);
	}

	/**
	 * {@return the name in the session}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * {@return the type as which the value is read, including its type arguments}
	 */
	public Type type() {
		return this.type;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SessionKey<?> key && this.name.equals(key.name) && this.type.equals(key.type);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.name, this.type);
	}

	@Override
	public String toString() {
		return "SessionKey[" + this.name + ", " + this.type.getTypeName() + "]";
	}

}
