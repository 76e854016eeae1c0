package io.sessionkit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** JSON as trees of objects, and as text in every spelling that the grammar allows. */
final class JsonArbitraries {

	private static final int DEPTH = 4;

	private JsonArbitraries() {
	}

	/** Well-formed text of any characters. */
	static Arbitrary<String> texts() {
		return Arbitraries
			.oneOf(Arbitraries.strings().alpha().ofMaxLength(8), Arbitraries.strings().ofMaxLength(20),
					Arbitraries.of("", "\u0000", "\"\\/\b\f\n\r\t", "\u2028\u2029", "\u007f\u0080\u07ff\u0800\uffff",
							"\ud83d\ude00", "@class", "__proto__", "null"))
			.filter((text) -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
	}

	/** What the untyped view gives back. */
	static Arbitrary<Object> trees() {
		return trees(DEPTH);
	}

	private static Arbitrary<Object> trees(int depth) {
		Arbitrary<Object> scalars = Arbitraries.oneOf(texts().map(Object.class::cast),
				Arbitraries.longs().map(Object.class::cast), Arbitraries.of(true, false).map(Object.class::cast),
				Arbitraries.bigDecimals()
					.between(BigDecimal.TEN.pow(30).negate(), BigDecimal.TEN.pow(30))
					.ofScale(5)
					.map(JsonArbitraries::asRead));
		if (depth == 0) {
			return scalars;
		}
		Arbitrary<Object> parts = Arbitraries.lazy(() -> trees(depth - 1).injectNull(0.05));
		return Arbitraries.frequencyOf(Tuple.of(3, scalars),
				Tuple.of(1, parts.list().ofMaxSize(4).map(Object.class::cast)),
				Tuple.of(1, Arbitraries.maps(texts(), parts).ofMaxSize(4).map(Object.class::cast)));
	}

	/** A decimal without a fraction is written as an integer, and read as one. */
	private static Object asRead(BigDecimal decimal) {
		String text = decimal.toString();
		boolean integer = text.chars().allMatch((c) -> c == '-' || Character.isDigit(c));
		return (integer && decimal.precision() < 19) ? decimal.longValueExact() : decimal;
	}

	/** One JSON value as somebody else may have written it. */
	static Arbitrary<String> spellings() {
		return spellings(DEPTH);
	}

	private static Arbitrary<String> spellings(int depth) {
		Arbitrary<String> scalars = Arbitraries.oneOf(
				Arbitraries.of("true", "false", "null", "0", "-0", "-0.0", "1e5", "1E+5", "0.10", "1.0e-3",
						"123456789012345678901234567890", "\"\"", "\"\\u0041\\/\\\"\"", "\"\\ud83d\\uDE00\"",
						"\"\u017e\ud83d\ude00\"", "\"\\u0000\"", "\"]}\""),
				Arbitraries.longs().map(String::valueOf),
				Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(6).map((text) -> '"' + text + '"'));
		if (depth == 0) {
			return spaced(scalars);
		}
		Arbitrary<String> parts = Arbitraries.lazy(() -> spellings(depth - 1));
		Arbitrary<String> lists = parts.list()
			.ofMaxSize(4)
			.map((list) -> list.stream().collect(Collectors.joining(",", "[", "]")));
		Arbitrary<String> maps = parts.list().ofMaxSize(4).map(JsonArbitraries::object);
		return spaced(Arbitraries.frequencyOf(Tuple.of(3, scalars), Tuple.of(1, lists), Tuple.of(1, maps)));
	}

	private static String object(List<String> values) {
		StringBuilder text = new StringBuilder("{");
		for (int i = 0; i < values.size(); i++) {
			text.append((i > 0) ? "," : "").append("\"k").append(i).append((i % 2 == 0) ? "\\u0020" : "").append("\"");
			text.append((i % 3 == 0) ? " :" : ":").append(values.get(i));
		}
		return text.append("}").toString();
	}

	private static Arbitrary<String> spaced(Arbitrary<String> json) {
		Arbitrary<String> spaces = Arbitraries.of("", "", "", " ", "\n", "\t\r\n  ");
		return Combinators.combine(spaces, json, spaces).as((left, text, right) -> left + text + right);
	}

	/** Values by name, in an order that is kept. */
	static Arbitrary<Map<String, String>> spelledMaps() {
		return Arbitraries
			.maps(Arbitraries.strings().withCharRange('a', 'f').ofMinLength(1).ofMaxLength(3), spellings())
			.ofMaxSize(5)
			.map(LinkedHashMap::new);
	}

}
