package io.sessionkit;

import org.jspecify.annotations.Nullable;

/**
 * A cookie to send.
 *
 * @param value the value of the cookie; empty for a deletion
 * @param header the value of the {@code Set-Cookie} header
 * @param subject the principal name of the session; {@code null} if it has none, and for
 * a deletion
 */
record Committed(String value, String header, @Nullable String subject) {

	@Override
	public String toString() {
		return "Committed[" + this.header.length() + " bytes]";
	}

}
