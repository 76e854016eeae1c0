package io.sessionkit.spring.security;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.DirectFieldAccessor;

/**
 * What was given to an object of Spring Security that has no getter for it.
 */
final class PrivateFields {

	private PrivateFields() {
	}

	/** Returns the value; {@code null} also where there is no such field. */
	static @Nullable Object get(Object owner, String name) {
		DirectFieldAccessor fields = new DirectFieldAccessor(owner);
		return fields.isReadableProperty(name) ? fields.getPropertyValue(name) : null;
	}

}
