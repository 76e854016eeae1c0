package io.sessionkit;

/**
 * An attribute is, or has in it, an object of a class that may not be kept in a session:
 * only the JDK's values and collections, and the classes that the application allows, can
 * be named there. Thrown by the call that sets the attribute, or by the commit where it
 * was changed in place. The session is as it was before.
 */
public final class AttributeTypeException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String typeName;

	AttributeTypeException(String attribute, String typeName) {
		super("The session attribute '%s' cannot be kept: %s is not allowed in sessions"
			.formatted(Names.shown(attribute), typeName));
		this.typeName = typeName;
	}

	/**
	 * Returns the name of the class that is not allowed, which may be that of an element
	 * of a list, of a value or a key of a map, or of a field.
	 * @return the name as {@link Class#getName()} has it
	 */
	public String typeName() {
		return this.typeName;
	}

}
