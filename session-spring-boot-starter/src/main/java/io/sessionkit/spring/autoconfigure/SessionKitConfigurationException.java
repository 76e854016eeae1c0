package io.sessionkit.spring.autoconfigure;

/**
 * The application's configuration cannot work; the failure analysis prints it.
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
