package io.sessionkit.spring.security;

/**
 * Thrown at startup if a filter chain requires something that the sessions of the
 * application do not support. A failure analysis shows both texts.
 */
public final class UnsupportedSessionSettingException extends IllegalStateException {

	/** What to do about it. */
	private final String action;

	UnsupportedSessionSettingException(String description, String action) {
		super(description + "; " + action);
		this.action = action;
	}

	/**
	 * Returns what to do about it.
	 * @return a clause without a period at the end
	 */
	public String action() {
		return this.action;
	}

	/**
	 * Returns what is wrong, without what to do about it.
	 * @return a clause without a period at the end
	 */
	public String description() {
		String message = String.valueOf(getMessage());
		return message.substring(0, message.length() - this.action.length() - 2);
	}

}
