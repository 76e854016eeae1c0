package io.sessionkit.cookie;

/**
 * What {@link SessionCookie#open(CookiePurpose, String)} found in an authentic value.
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
	 * Returns the bytes that were sealed. The array is the caller's own: nobody else
	 * keeps it.
	 */
	public byte[] payload() {
		return this.payload;
	}

	/**
	 * Whether a secret other than the first one opened the value, so that it should be
	 * sealed again before that secret is removed. Always {@code false} for unsigned
	 * cookies.
	 */
	public boolean olderSecret() {
		return this.secret > 0;
	}

	/**
	 * Returns the id of the key that opened the value, as
	 * {@link SessionCookie#keyIds(CookiePurpose)} lists it; empty for unsigned cookies.
	 */
	public String keyId() {
		return this.keyId;
	}

	/**
	 * Returns the position of the secret behind that key, 0 being the one that writes.
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
