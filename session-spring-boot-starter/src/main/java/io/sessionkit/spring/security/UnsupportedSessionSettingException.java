package io.sessionkit.spring.security;

/**
 * A filter chain asks for what the sessions of the application cannot do. The start
 * fails, and its failure analysis prints both texts.
 */
public final class UnsupportedSessionSettingException extends IllegalStateException {

	private final String action;

	UnsupportedSessionSettingException(String description, String action) {
		super(description + "; " + action);
		this.action = action;
	}

	/** Returns what to do about it, a clause without a full stop. */
	public String action() {
		return this.action;
	}

	/** Returns what is wrong, without what to do about it. */
	public String description() {
		String message = String.valueOf(getMessage());
		return message.substring(0, message.length() - this.action.length() - 2);
	}

}
