package io.sessionkit;

import java.util.Objects;

/**
 * Names of values: any text that UTF-8 can carry.
 */
final class Names {

	private Names() {
	}

	static String checked(String name) {
		Objects.requireNonNull(name, "name");
		if (!isWellFormed(name)) {
			throw new IllegalArgumentException("The name of a session value has an unpaired surrogate (" + name.length()
					+ " characters); use well-formed Unicode");
		}
		return name;
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
