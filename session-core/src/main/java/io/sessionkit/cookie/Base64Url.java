package io.sessionkit.cookie;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 4648, sections 5 and 3.2), canonical in both directions.
 * Exactly one text represents a given sequence of bytes, so changing any character of a
 * cookie changes the authenticated content. The decoder of the JDK accepts several texts
 * for the same bytes, and it reports errors by exceptions, which are too expensive for
 * hostile input.
 */
final class Base64Url {

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private static final byte[] DIGITS = digits();

	private Base64Url() {
	}

	static String encode(byte[] bytes) {
		return ENCODER.encodeToString(bytes);
	}

	/**
	 * Decodes a text from an index to its end.
	 * @return the bytes, or {@code null} if the text is not what {@link #encode} produces
	 */
	static byte @Nullable [] decode(String text, int from) {
		byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
		int length = ascii.length - from;
		int rest = length & 3;
		// Characters outside of ASCII became question marks, which are not digits either.
		// A surrogate pair
		// became a single one.
		if (rest == 1 || ascii.length != text.length()) {
			return null;
		}
		byte[] bytes = new byte[(int) (length * 3L / 4)];
		int in = from;
		int out = 0;
		for (int end = ascii.length - rest; in < end; in += 4) {
			int bits = digit(ascii[in]) << 18 | digit(ascii[in + 1]) << 12 | digit(ascii[in + 2]) << 6
					| digit(ascii[in + 3]);
			if (bits < 0) {
				return null;
			}
			bytes[out++] = (byte) (bits >> 16);
			bytes[out++] = (byte) (bits >> 8);
			bytes[out++] = (byte) bits;
		}
		return (rest == 0 || decodeRest(ascii, in, rest, bytes, out)) ? bytes : null;
	}

	private static boolean decodeRest(byte[] ascii, int in, int rest, byte[] bytes, int out) {
		int bits = digit(ascii[in]) << 18 | digit(ascii[in + 1]) << 12;
		if (rest == 3) {
			bits |= digit(ascii[in + 2]) << 6;
			bytes[out + 1] = (byte) (bits >> 8);
		}
		bytes[out] = (byte) (bits >> 16);
		int unused = (rest == 3) ? 0xFF : 0xFFFF;
		return bits >= 0 && (bits & unused) == 0;
	}

	/**
	 * Returns the value of a digit, 0 to 63. For any other character, returns a negative
	 * number that stays negative however it is shifted.
	 */
	private static int digit(byte character) {
		return DIGITS[character & 0xFF];
	}

	private static byte[] digits() {
		byte[] digits = new byte[256];
		Arrays.fill(digits, (byte) -1);
		String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
		for (int digit = 0; digit < alphabet.length(); digit++) {
			digits[alphabet.charAt(digit)] = (byte) digit;
		}
		return digits;
	}

}
