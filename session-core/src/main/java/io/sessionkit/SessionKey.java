package io.sessionkit;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The typed name of a value, made once as a constant:
 * {@code static final SessionKey<Cart> CART = SessionKey.of("cart", Cart.class)}. Its
 * type is also what the value is written as, so that lists and maps of a base type with
 * {@code @JsonTypeInfo} keep the types of their elements. {@code Object} for elements is
 * plain JSON: they come back as text, numbers, lists and maps.
 *
 * @param <T> what the value is read as
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
	 * A key for a class without type parameters.
	 * @param name the name in the session, of 256 characters at most
	 * @param type the class
	 * @param <T> the type
	 * @return the key
	 */
	public static <T> SessionKey<T> of(String name, Class<T> type) {
		return new SessionKey<>(name, type);
	}

	/**
	 * A key for a list.
	 * @param name the name in the session, of 256 characters at most
	 * @param element the class of the elements
	 * @param <E> the type of the elements
	 * @return the key
	 */
	public static <E> SessionKey<List<E>> listOf(String name, Class<E> element) {
		return new SessionKey<>(name, SessionJson.listType(element));
	}

	/**
	 * A key for a map from strings, as JSON objects are.
	 * @param name the name in the session, of 256 characters at most
	 * @param value the class of the values
	 * @param <V> the type of the values
	 * @return the key
	 */
	public static <V> SessionKey<Map<String, V>> mapOf(String name, Class<V> value) {
		return new SessionKey<>(name, SessionJson.mapType(value));
	}

	/**
	 * A key for any type known by reflection, such as that of a method parameter.
	 * @param name the name in the session, of 256 characters at most
	 * @param type the type, generics included
	 * @return the key
	 */
	public static SessionKey<?> ofType(String name, Type type) {
		return new SessionKey<>(name, type);
	}

	/**
	 * The name in the session.
	 * @return the name, as given
	 */
	public String name() {
		return this.name;
	}

	/**
	 * What the value is read as.
	 * @return the type, generics included
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
