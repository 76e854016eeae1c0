package io.sessionkit.cookie;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The syntax of cookie values. The {@code Cookie} header is read as servers do it (RFC
 * 6265, sections 4.2 and 5.4): pairs are separated by semicolons, spaces and tabs around
 * names and values are removed, and so are double quotes around a value. Names are
 * case-sensitive. Everything else stays as it is. Any text is harmless, and it is read in
 * a single pass.
 */
final class CookieHeader {

	private CookieHeader() {
	}

	/**
	 * Returns the values of the cookies with this name in the order of the header, at
	 * most {@code limit} of them.
	 */
	static List<String> values(@Nullable String header, String name, int limit) {
		if (header == null) {
			return List.of();
		}
		List<String> values = List.of();
		int start = 0;
		while (start < header.length() && values.size() < limit) {
			int semicolon = header.indexOf(';', start);
			int end = (semicolon >= 0) ? semicolon : header.length();
			int nameStart = skipSpace(header, start, end);
			int nameEnd = nameStart + name.length();
			if (nameEnd < end && header.startsWith(name, nameStart)) {
				int equals = skipSpace(header, nameEnd, end);
				if (equals < end && header.charAt(equals) == '=') {
					values = values.isEmpty() ? new ArrayList<>(1) : values;
					values.add(value(header, equals + 1, end));
				}
			}
			start = end + 1;
		}
		return values;
	}

	/**
	 * Checks that a value consists of the characters that RFC 6265, section 4.1.1,
	 * allows.
	 * @throws IllegalArgumentException if it does not
	 */
	static void requireValue(String value) {
		for (int i = 0; i < value.length(); i++) {
			char character = value.charAt(i);
			if (character <= ' ' || character >= 0x7F || character == '"' || character == ',' || character == ';'
					|| character == '\\') {
				throw new IllegalArgumentException("A cookie value can't have the character at " + i);
			}
		}
	}

	private static String value(String header, int from, int to) {
		int start = skipSpace(header, from, to);
		int end = to;
		while (end > start && isSpace(header.charAt(end - 1))) {
			end--;
		}
		if (end - start >= 2 && header.charAt(start) == '"' && header.charAt(end - 1) == '"') {
			start++;
			end--;
		}
		return header.substring(start, end);
	}

	private static int skipSpace(String header, int start, int end) {
		int index = start;
		while (index < end && isSpace(header.charAt(index))) {
			index++;
		}
		return index;
	}

	private static boolean isSpace(char character) {
		return character == ' ' || character == '\t';
	}

}
