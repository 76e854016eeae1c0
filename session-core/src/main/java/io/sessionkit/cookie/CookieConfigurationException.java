package io.sessionkit.cookie;

/**
 * A cookie that can't work as configured: an option that is invalid by itself, or two
 * that contradict each other. The message says what is wrong and what to do, and never
 * contains a secret.
 */
public final class CookieConfigurationException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String option;

	CookieConfigurationException(String option, String message) {
		super(message);
		this.option = option;
	}

	/**
	 * Returns the option to change, in kebab case as in configuration properties:
	 * {@code name}, {@code path}, {@code domain}, {@code same-site}, {@code secure},
	 * {@code http-only}, {@code partitioned}, {@code max-age}, {@code expires} or
	 * {@code secrets}.
	 */
	public String option() {
		return this.option;
	}

}
