package io.sessionkit.storage.file;

import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Translates between storage keys and file names. A capital letter becomes a plus sign
 * and the small letter, so that different keys have different files also if the file
 * system does not distinguish capital and small letters. All other characters stay as
 * they are.
 */
final class RecordName {

	private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}");

	private static final Pattern ESCAPED = Pattern.compile("\\+([a-z])");

	private static final Pattern RECORD = Pattern.compile("(?:[a-z0-9_-]|\\+[a-z]){43}");

	private static final Pattern TEMPORARY = Pattern.compile(RECORD.pattern() + "\\.[0-9a-f]{1,16}\\.tmp");

	private RecordName() {
	}

	/**
	 * Returns the file name for a key.
	 * @throws IllegalArgumentException if it is not a key, and might lead out of the
	 * directory
	 */
	static String of(String key) {
		require(key);
		StringBuilder name = new StringBuilder(2 * key.length());
		for (int i = 0; i < key.length(); i++) {
			char letter = key.charAt(i);
			if (letter >= 'A' && letter <= 'Z') {
				name.append('+').append((char) (letter - 'A' + 'a'));
			}
			else {
				name.append(letter);
			}
		}
		return name.toString();
	}

	/** Returns the key for a file name. */
	static String key(String name) {
		return ESCAPED.matcher(name).replaceAll((escaped) -> escaped.group(1).toUpperCase(Locale.ROOT));
	}

	/** Returns a new name for each attempt to write a record. */
	static String temporary(String name) {
		return name + "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp";
	}

	/** Returns the shard of a key, which is the first byte of the decoded key. */
	static int shard(String key) {
		require(key);
		return Base64.getUrlDecoder().decode(key.substring(0, 4))[0] & 0xff;
	}

	private static void require(String key) {
		if (!KEY.matcher(key).matches()) {
			throw new IllegalArgumentException("A storage key has 43 characters of base64url, but this one has "
					+ key.length() + " characters, or characters of another kind");
		}
	}

	static boolean isRecord(String name) {
		return RECORD.matcher(name).matches();
	}

	static boolean isTemporary(String name) {
		return TEMPORARY.matcher(name).matches();
	}

}
