package io.sessionkit.cookie;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The checked secrets of a cookie, in order. The first one is used for writing, and all
 * of them for reading. Only what HKDF extracts from them is kept, never their text.
 */
final class Secrets {

	private static final int MIN_BYTES = 32;

	private static final int MIN_DIFFERENT = 8;

	/** What the placeholders in documentation and templates say, without separators. */
	private static final List<String> PLACEHOLDERS = List.of("changeme", "changeit", "changethis", "pleasechange",
			"replaceme", "replacethis", "replacewith", "yoursecret", "mysecret", "secrethere", "secretkeyhere",
			"256bitsecret", "generatewith", "opensslrand", "keyboardcat", "placeholder");

	/**
	 * What nobody has filled in: {@code <secret>}, {@code {{secret}}},
	 * {@code $(command)}.
	 */
	private static final Pattern UNRESOLVED = Pattern
		.compile("\\$\\{|^(<[\\w .:-]+>|\\{\\{[\\w .|-]+}}|\\$\\([\\w .|-]+\\)|\\$[A-Z_]+|%[A-Z_]+%)$");

	private static final byte[] SALT = "sessionkit".getBytes(US_ASCII);

	private final List<byte[]> pseudorandomKeys;

	private final @Nullable String weakness;

	private Secrets(List<byte[]> pseudorandomKeys, @Nullable String weakness) {
		this.pseudorandomKeys = pseudorandomKeys;
		this.weakness = weakness;
	}

	/**
	 * Checks the secrets. Duplicates are ignored. White space around a secret is removed,
	 * because a file ends with a newline that an environment variable does not have.
	 * @throws CookieConfigurationException if there is no secret or one is too weak
	 */
	static Secrets of(List<String> secrets) {
		Secrets checked = ofAnyStrength(secrets.stream().map(Secrets::stripped).toList());
		if (checked.weakness != null) {
			throw refused(checked.weakness);
		}
		return checked;
	}

	private static @Nullable String stripped(@Nullable String secret) {
		return (secret != null) ? secret.strip() : null;
	}

	/**
	 * Refuses only what is not a secret at all.
	 * @throws CookieConfigurationException if there is no secret, or one is blank or a
	 * placeholder
	 */
	static Secrets ofAnyStrength(List<String> secrets) {
		if (secrets.isEmpty()) {
			throw refused("No secret is given, at least 1 is needed");
		}
		String weakness = null;
		for (int i = 0; i < secrets.size(); i++) {
			String which = "Secret " + (i + 1) + " of " + secrets.size();
			check(secrets.get(i), which);
			weakness = (weakness != null) ? weakness : weakness(secrets.get(i), which);
		}
		List<byte[]> pseudorandomKeys = new ArrayList<>();
		for (String secret : new LinkedHashSet<>(secrets)) {
			pseudorandomKeys.add(Hkdf.extract(SALT, secret.getBytes(UTF_8)));
		}
		return new Secrets(pseudorandomKeys, weakness);
	}

	/** Returns which secret is weak and why, or {@code null} if none is. */
	@Nullable String weakness() {
		return this.weakness;
	}

	int size() {
		return this.pseudorandomKeys.size();
	}

	/**
	 * Derives bytes for a label from a secret. The secret with index 0 is used for
	 * writing.
	 */
	byte[] derive(int secret, String label, int length) {
		return Hkdf.expand(this.pseudorandomKeys.get(secret), label.getBytes(US_ASCII), length);
	}

	/**
	 * Returns the exception for secrets that cannot be used. Its message also says how to
	 * make a good one.
	 */
	static CookieConfigurationException refused(String problem) {
		return new CookieConfigurationException("secrets",
				problem + ". Make a secret with: openssl rand -base64 " + MIN_BYTES);
	}

	/** Returns the number of secrets. */
	@Override
	public String toString() {
		return "Secrets[" + size() + "]";
	}

	private static void check(String secret, String which) {
		if (secret == null || secret.isBlank()) {
			throw refused(which + " is blank");
		}
		if (UNRESOLVED.matcher(secret.strip()).find()) {
			throw refused(which + " is a placeholder like ${...} or <...> that nothing has replaced");
		}
		String letters = secret.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
		for (String placeholder : PLACEHOLDERS) {
			if (letters.contains(placeholder)) {
				throw refused(which + " is a placeholder (it says " + placeholder + "), so it is not secret");
			}
		}
	}

	private static @Nullable String weakness(String secret, String which) {
		int bytes = secret.getBytes(UTF_8).length;
		if (bytes < MIN_BYTES) {
			return which + " has " + bytes + " bytes, at least " + MIN_BYTES + " are needed";
		}
		long different = secret.codePoints().distinct().count();
		if (different < MIN_DIFFERENT) {
			return which + " has " + different + " different characters, at least " + MIN_DIFFERENT + " are needed";
		}
		int period = period(secret);
		return (period < MIN_BYTES && period <= secret.length() / 2)
				? which + " repeats the same " + period + " characters" : null;
	}

	/**
	 * Returns the length of the shortest part whose repetition gives the text; the length
	 * of the text if there is no repetition.
	 */
	private static int period(String text) {
		int period = 1;
		while (!text.startsWith(text.substring(period))) {
			period++;
		}
		return period;
	}

}
