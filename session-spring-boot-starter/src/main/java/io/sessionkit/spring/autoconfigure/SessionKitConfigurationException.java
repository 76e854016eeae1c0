package io.sessionkit.spring.autoconfigure;

/**
 * Thrown if the configuration of the application is not valid. A failure analysis shows
 * it.
 */
final class SessionKitConfigurationException extends IllegalStateException {

	private final String property;

	private final String action;

	SessionKitConfigurationException(String property, String description, String action) {
		super(description);
		this.property = property;
		this.action = action;
	}

	SessionKitConfigurationException(String property, String description, String action, Throwable cause) {
		this(property, description, action);
		initCause(cause);
	}

	String property() {
		return this.property;
	}

	String action() {
		return this.action;
	}

}
