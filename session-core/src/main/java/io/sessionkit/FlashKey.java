package io.sessionkit;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The typed name of a flash value, one that is read once:
 * {@code static final FlashKey<String> NOTICE = FlashKey.of("notice", String.class)}. A
 * type of its own, so that a flash cannot be {@code set} and a value cannot be
 * {@code flash}ed by mistake.
 *
 * @param <T> what the flash is read as
 */
public final class FlashKey<T> {

	private final String name;

	private final Class<T> type;

	private FlashKey(String name, Class<T> type) {
		this.name = Names.checked(name);
		this.type = Objects.requireNonNull(type, "type");
	}

	/**
	 * A key for a class without type parameters.
	 * @param name the name in the session
	 * @param type the class
	 * @param <T> the type
	 * @return the key
	 */
	public static <T> FlashKey<T> of(String name, Class<T> type) {
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
	 * @return the class
	 */
	public Class<T> type() {
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
