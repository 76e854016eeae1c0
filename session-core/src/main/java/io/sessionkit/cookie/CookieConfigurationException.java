package io.sessionkit.cookie;

/**
 * Thrown if a cookie cannot work as configured, because an option is invalid or because
 * two options contradict each other. The message says what is wrong and what to do. It
 * never contains a secret.
 */
public final class CookieConfigurationException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/** The option to change, in kebab case. */
	private final String option;

	CookieConfigurationException(String option, String message) {
		super(message);
		this.option = option;
	}

	/**
	 * Returns the option to change, in kebab case as in configuration properties.
	 * @return one of {@code name}, {@code path}, {@code domain}, {@code same-site},
	 * {@code secure}, {@code http-only}, {@code partitioned}, {@code max-age},
	 * {@code expires} and {@code secrets}
	 */
	public String option() {
		return this.option;
	}

}
