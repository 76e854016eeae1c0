package io.sessionkit.cookie;

/**
 * What {@link SessionCookie#open(CookiePurpose, String)} found in an authentic value.
 */
public final class OpenedCookie {

	private final byte[] payload;

	private final boolean olderSecret;

	OpenedCookie(byte[] payload, boolean olderSecret) {
		this.payload = payload;
		this.olderSecret = olderSecret;
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
		return this.olderSecret;
	}

	/** Returns the size, never the content. */
	@Override
	public String toString() {
		return "OpenedCookie[" + this.payload.length + " bytes, olderSecret=" + this.olderSecret + "]";
	}

}
