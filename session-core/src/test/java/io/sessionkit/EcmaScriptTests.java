package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** JSON as JSON.stringify writes it; what it writes was recorded with Node.js. */
class EcmaScriptTests {

	private static final SessionJson JSON = SessionJson.of(null, new ReactRouterSessionFormat(null).spelling());

	@ParameterizedTest
	@CsvSource({ "0, 0", "-0.0, 0", "1, 1", "-1.5, -1.5", "0.1, 0.1", "100, 100", "1e21, 1e+21",
			"1e20, 100000000000000000000", "-3e21, -3e+21", "123456789012345680000, 123456789012345680000",
			"1e-6, 0.000001", "1e-7, 1e-7", "1.5e-7, 1.5e-7", "0.00001234, 0.00001234", "5e-324, 5e-324",
			"1.7976931348623157e308, 1.7976931348623157e+308", "2.2250738585072014e-308, 2.2250738585072014e-308",
			"1e23, 1e+23", "2e-3, 0.002", "9007199254740993, 9007199254740992",
			"5.684341886080802e-14, 5.684341886080802e-14", "4.35, 4.35", "0.30000000000000004, 0.30000000000000004",
			"2e23, 2e+23", "9.5e-7, 9.5e-7", "123.456, 123.456", "1e300, 1e+300",
			"2251799813685248.5, 2251799813685248.5" })
	void aNumberIsWrittenAsJavaScriptDoes(double number, String expected) {
		assertThat(EcmaScript.number(number)).isEqualTo(expected);
	}

	@Test
	void theTextOfAnyNumberIsReadAsThatNumberAndNoShorterOneIs() {
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			double number = Double.longBitsToDouble(random.nextLong());
			if (Double.isFinite(number)) {
				String text = EcmaScript.number(number);
				assertThat(Double.parseDouble(text)).isEqualTo(number);
				int digits = new BigDecimal(text).stripTrailingZeros().precision();
				assertThat(digits)
					.isLessThanOrEqualTo(new BigDecimal(Double.toString(number)).stripTrailingZeros().precision());
			}
		}
	}

	@Test
	void aTextIsQuotedAsJavaScriptDoes() {
		assertThat(quoted("\"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028\u017e\ud83d\ude00"))
			.isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u2028\u017e\ud83d\ude00\"");
		assertThat(quoted("\ud83d")).isEqualTo("\"\\ud83d\"");
		assertThat(quoted("\ude00\ud83d")).isEqualTo("\"\\ude00\\ud83d\"");
		assertThat(quoted("")).isEqualTo("\"\"");
	}

	private static String quoted(String text) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		EcmaScript.quote(out, text);
		return out.toString(StandardCharsets.UTF_8);
	}

	@Test
	void namesThatAreIndexesStandFirstByTheirSize() {
		assertThat(EcmaScript
			.inOrder(List.of("b", "10", "", "9", "a", "01", "4294967294", "4294967295", "-1", "0", "1.5", "__proto__")))
			.containsExactly("0", "9", "10", "4294967294", "b", "", "a", "01", "4294967295", "-1", "1.5", "__proto__");
	}

	@Test
	void aValueIsSpelledAsJavaScriptDoes() {
		Map<String, Object> value = new LinkedHashMap<>();
		value.put("b", 1.0);
		value.put("2", List.of(1e21, 2.5f, -0.0, 1e-7));
		value.put("1", Map.of("", new BigDecimal("1.50")));
		value.put("half", "\ud83d/");
		value.put("nothing", null);
		value.put("all", Arrays.asList(true, null, List.of(), Map.of(), new BigInteger("1" + "0".repeat(20))));
		assertThat(spelled(value)).isEqualTo("{\"1\":{\"\":1.5},\"2\":[1e+21,2.5,0,1e-7],\"b\":1,\"half\":\"\\ud83d/\","
				+ "\"nothing\":null,\"all\":[true,null,[],{},100000000000000000000]}");
	}

	@Test
	void aNumberThatJavaScriptWouldReadAsAnotherOneIsRefusedAtSet() {
		for (Object number : List.of(9007199254740993L, Long.MAX_VALUE, 1L << 60,
				new BigInteger("123456789012345678901234567890"), new BigDecimal("0.1234567890123456789"),
				new BigDecimal("1e400"), List.of(Map.of("id", 1234567890123456789L)))) {
			assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(() -> write("id", number))
				.withMessageContaining("'id'")
				.withMessageContaining("React Router")
				.withMessageContaining("set it as a text");
		}
		for (Object number : List.of(9007199254740992L, -9007199254740991L, new BigDecimal("123456789012.45"),
				Double.parseDouble("1e23"), 0.1 + 0.2, Double.MAX_VALUE, Double.MIN_VALUE, 0.1f)) {
			assertThat(write("id", number)).isNotNull();
		}
	}

	private static JsonSlice write(String name, Object value) {
		return JSON.write(name, value, JSON.type(null, value));
	}

	private static String spelled(Object value) {
		JsonSlice slice = write("x", value);
		return new String(slice.bytes(), slice.offset(), slice.length(), StandardCharsets.UTF_8);
	}

}
