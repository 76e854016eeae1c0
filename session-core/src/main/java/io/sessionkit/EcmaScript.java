package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes texts and numbers as {@code JSON.stringify} does, and orders names as it does.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-json.stringify">ECMA-262, section 25.5.2</a>
 */
final class EcmaScript {

	/** The most digits that the shortest text of a double can have. */
	private static final int MAX_DIGITS = 17;

	/** The largest name that is an index. Indexes precede all other names. */
	private static final long MAX_INDEX = (1L << 32) - 2;

	private EcmaScript() {
	}

	/** Writes a text in quotes. An unpaired surrogate becomes an escape sequence. */
	static void quote(ByteArrayOutputStream out, String text) {
		StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
		int i = 0;
		while (i < text.length()) {
			int codePoint = text.codePointAt(i);
			i += Character.charCount(codePoint);
			switch (codePoint) {
				case '"' -> quoted.append("\\\"");
				case '\\' -> quoted.append("\\\\");
				case '\b' -> quoted.append("\\b");
				case '\t' -> quoted.append("\\t");
				case '\n' -> quoted.append("\\n");
				case '\f' -> quoted.append("\\f");
				case '\r' -> quoted.append("\\r");
				default -> {
					boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
					if (codePoint < ' ' || half) {
						quoted.append("\\u").append(HexFormat.of().toHexDigits((char) codePoint));
					}
					else {
						quoted.appendCodePoint(codePoint);
					}
				}
			}
		}
		out.writeBytes(quoted.append('"').toString().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns the text of a finite number.
	 * @see <a href="https://tc39.es/ecma262/#sec-numeric-types-number-tostring">ECMA-262,
	 * section 6.1.6.1.20</a>
	 */
	static String number(double number) {
		if (number == 0) {
			return "0";
		}
		BigDecimal shortest = shortest(Math.abs(number));
		String digits = shortest.unscaledValue().toString();
		int point = digits.length() - shortest.scale();
		return ((number < 0) ? "-" : "") + text(digits, point);
	}

	/**
	 * Returns the decimal with the fewest digits that is read as this number, and of
	 * several the nearest.
	 */
	private static BigDecimal shortest(double number) {
		BigDecimal exact = new BigDecimal(number);
		BigDecimal shortest = exact;
		int tooFew = 0;
		int enough = MAX_DIGITS + 1;
		while (enough - tooFew > 1) {
			int digits = (enough + tooFew) / 2;
			BigDecimal found = ofDigits(digits, exact, number);
			if (found != null) {
				shortest = found;
				enough = digits;
			}
			else {
				tooFew = digits;
			}
		}
		return shortest.stripTrailingZeros();
	}

	/**
	 * Tries several roundings, because below a power of two the nearest decimal may be
	 * read as another number.
	 */
	private static @Nullable BigDecimal ofDigits(int digits, BigDecimal exact, double number) {
		for (RoundingMode rounding : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN)) {
			BigDecimal rounded = exact.round(new MathContext(digits, rounding));
			if (rounded.doubleValue() == number) {
				return rounded;
			}
		}
		return null;
	}

	/** Inserts the decimal point, or writes an exponent if the point is far away. */
	private static String text(String digits, int point) {
		int length = digits.length();
		if (length <= point && point <= 21) {
			return digits + "0".repeat(point - length);
		}
		if (0 < point && point <= 21) {
			return digits.substring(0, point) + "." + digits.substring(point);
		}
		if (-6 < point && point <= 0) {
			return "0." + "0".repeat(-point) + digits;
		}
		String fraction = (length > 1) ? "." + digits.substring(1) : "";
		return digits.charAt(0) + fraction + "e" + ((point > 0) ? "+" : "-") + Math.abs(point - 1);
	}

	/**
	 * Returns names in the order of an object: first the indexes by their size, then the
	 * other names in their given order.
	 */
	static Collection<String> inOrder(Collection<String> names) {
		List<String> indexes = new ArrayList<>(0);
		for (String name : names) {
			if (isIndex(name)) {
				indexes.add(name);
			}
		}
		if (indexes.isEmpty()) {
			return names;
		}
		indexes.sort(Comparator.comparingLong(Long::parseLong));
		List<String> ordered = new ArrayList<>(indexes);
		names.stream().filter((name) -> !isIndex(name)).forEach(ordered::add);
		return ordered;
	}

	private static boolean isIndex(String name) {
		int length = name.length();
		if (length == 0 || length > 10 || (length > 1 && name.charAt(0) == '0')) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (name.charAt(i) < '0' || name.charAt(i) > '9') {
				return false;
			}
		}
		return Long.parseLong(name) <= MAX_INDEX;
	}

}
