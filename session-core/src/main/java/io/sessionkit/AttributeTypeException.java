package io.sessionkit;

/**
 * Thrown if an attribute is, or contains, an object of a class that is not allowed in a
 * session. Allowed are the values and collections of the JDK, and the classes that the
 * application allows. The exception is thrown by the call that sets the attribute, or by
 * the commit if the attribute was changed in place. The session stays as it was before.
 */
public final class AttributeTypeException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/** The name of the class that is not allowed. */
	private final String typeName;

	AttributeTypeException(String attribute, String typeName) {
		super("The session attribute '%s' cannot be kept: %s is not allowed in sessions"
			.formatted(Names.shown(attribute), typeName));
		this.typeName = typeName;
	}

	/**
	 * Returns the name of the class that is not allowed. It may be the class of an
	 * element of a list, of a key or value of a map, or of a field.
	 * @return the name as {@link Class#getName()} returns it
	 */
	public String typeName() {
		return this.typeName;
	}

}
