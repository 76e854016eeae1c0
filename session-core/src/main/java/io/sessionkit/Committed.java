package io.sessionkit;

import org.jspecify.annotations.Nullable;

/**
 * A cookie to send.
 *
 * @param value its value; empty for a deletion
 * @param header the whole {@code Set-Cookie} value
 * @param subject whose session it is; {@code null} for nobody's, and for a deletion
 */
record Committed(String value, String header, @Nullable String subject) {

	@Override
	public String toString() {
		return "Committed[" + this.header.length() + " bytes]";
	}

}
