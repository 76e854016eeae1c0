package io.sessionkit.cookie;

/**
 * The content of an authentic cookie value, as
 * {@link SessionCookie#open(CookiePurpose, String)} returns it.
 */
public final class OpenedCookie {

	private final byte[] payload;

	private final String keyId;

	private final int secret;

	OpenedCookie(byte[] payload, String keyId, int secret) {
		this.payload = payload;
		this.keyId = keyId;
		this.secret = secret;
	}

	/**
	 * Returns the content.
	 * @return the bytes that were given to {@link SessionCookie#seal}. The array belongs
	 * to the caller
	 */
	public byte[] payload() {
		return this.payload;
	}

	/**
	 * Returns whether a secret other than the first one was used. Such a value should be
	 * written again before that secret is removed from the configuration.
	 * @return always {@code false} for an unsigned cookie
	 */
	public boolean olderSecret() {
		return this.secret > 0;
	}

	/**
	 * Returns the id of the key that was used.
	 * @return one of the ids that {@link SessionCookie#keyIds(CookiePurpose)} returns;
	 * empty for an unsigned cookie
	 */
	public String keyId() {
		return this.keyId;
	}

	/**
	 * {@return the index of the secret that was used, where 0 is the secret that writes}
	 */
	public int secret() {
		return this.secret;
	}

	/** Returns the size, never the content. */
	@Override
	public String toString() {
		return "OpenedCookie[" + this.payload.length + " bytes, olderSecret=" + olderSecret() + "]";
	}

}
