package io.sessionkit;

import java.util.Objects;

/** The names of values: any text that UTF-8 can represent, with a limited length. */
final class Names {

	/** In characters. A stored value with a longer name is still read. */
	static final int MAX_LENGTH = 256;

	/** The most characters of a name in a message or a log. */
	static final int MAX_SHOWN = 64;

	private Names() {
	}

	/** Checks the name of a value that is to be set. */
	static String checked(String name) {
		Objects.requireNonNull(name, "name");
		if (name.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"The name of a session value has " + name.length() + " characters, the limit is " + MAX_LENGTH
							+ "; use a short name, and put long ones into the value");
		}
		return wellFormed(name);
	}

	/** Checks a name that was stored, or a text. */
	static String wellFormed(String name) {
		if (!isWellFormed(name)) {
			throw new IllegalArgumentException("The name of a session value has an unpaired surrogate (" + name.length()
					+ " characters); use well-formed Unicode");
		}
		return name;
	}

	/**
	 * Returns the name for a message or a log. Characters that are invisible or break the
	 * line are escaped, and a long name is cut.
	 */
	static String shown(String name) {
		StringBuilder shown = new StringBuilder();
		int end = name.offsetByCodePoints(0, Math.min(MAX_SHOWN, name.codePointCount(0, name.length())));
		name.substring(0, end).codePoints().forEach((codePoint) -> {
			if (isPrintable(codePoint)) {
				shown.appendCodePoint(codePoint);
			}
			else {
				shown.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
			}
		});
		return shown.append((end < name.length()) ? "..." : "").toString();
	}

	private static boolean isPrintable(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

	private static boolean isWellFormed(String name) {
		int i = 0;
		while (i < name.length()) {
			int codePoint = name.codePointAt(i);
			if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
				return false;
			}
			i += Character.charCount(codePoint);
		}
		return true;
	}

}
