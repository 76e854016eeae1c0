package io.sessionkit.cookie;

import org.jspecify.annotations.Nullable;

/**
 * Percent-encoding (RFC 3986, section 2.1) of base64, in which JavaScript's
 * {@code encodeURIComponent} encodes three characters. Decoding accepts these three, raw
 * or encoded with capital letters, and no other encoded character.
 */
final class PercentCode {

	private PercentCode() {
	}

	static String encode(String base64) {
		StringBuilder text = new StringBuilder(base64.length() + 16);
		for (int i = 0; i < base64.length(); i++) {
			char character = base64.charAt(i);
			switch (character) {
				case '=' -> text.append("%3D");
				case '+' -> text.append("%2B");
				case '/' -> text.append("%2F");
				default -> text.append(character);
			}
		}
		return text.toString();
	}

	/**
	 * Decodes a text.
	 * @return {@code null} if there is any other percent sign
	 */
	static @Nullable String decode(String value) {
		int percent = value.indexOf('%');
		if (percent < 0) {
			return value;
		}
		StringBuilder text = new StringBuilder(value.length());
		int from = 0;
		while (percent >= 0) {
			text.append(value, from, percent);
			if (value.startsWith("3D", percent + 1)) {
				text.append('=');
			}
			else if (value.startsWith("2B", percent + 1)) {
				text.append('+');
			}
			else if (value.startsWith("2F", percent + 1)) {
				text.append('/');
			}
			else {
				return null;
			}
			from = percent + 3;
			percent = value.indexOf('%', from);
		}
		return text.append(value, from, value.length()).toString();
	}

}
