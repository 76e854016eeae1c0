package io.sessionkit;

/**
 * A cookie to send.
 *
 * @param value its value; empty for a deletion
 * @param header the whole {@code Set-Cookie} value
 */
record Committed(String value, String header) {

	@Override
	public String toString() {
		return "Committed[" + this.header.length() + " bytes]";
	}

}
