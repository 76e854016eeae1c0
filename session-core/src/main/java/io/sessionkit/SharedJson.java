package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Rewrites JSON as {@code JSON.stringify} would have written it, so that a peer that
 * reads it and writes it again changes nothing.
 */
final class SharedJson {

	/** Decimals with this many digits are never changed by a double. */
	private static final int SAFE_DIGITS = 15;

	/** The most digits of the text of a double. */
	private static final int DOUBLE_DIGITS = 17;

	private static final Set<Class<?>> SCALARS = Set.of(String.class, Boolean.class, Integer.class, Long.class,
			Short.class, Byte.class, Double.class, Float.class, BigInteger.class, BigDecimal.class);

	private final JsonParser parser;

	private final String peer;

	private final String name;

	private SharedJson(JsonParser parser, String peer, String name) {
		this.parser = parser;
		this.peer = peer;
		this.name = name;
	}

	/**
	 * Returns whether the peer has such an object too, so that no class has to be stored
	 * with it: a string, a number, a boolean, or a list or a map of these. The mapper
	 * refuses objects that are nested too deeply.
	 */
	static boolean isPlain(@Nullable Object value) {
		return isPlain(value, 0);
	}

	private static boolean isPlain(@Nullable Object value, int depth) {
		if (value == null || depth > SessionJson.MAX_DEPTH) {
			return true;
		}
		if (value instanceof List<?> list) {
			return list.stream().allMatch((each) -> isPlain(each, depth + 1));
		}
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.allMatch((each) -> each.getKey() instanceof String && isPlain(each.getValue(), depth + 1));
		}
		Class<?> type = value.getClass();
		return SCALARS.contains(type) && !(value instanceof Double number && !Double.isFinite(number))
				&& !(value instanceof Float number && !Float.isFinite(number));
	}

	/**
	 * Rewrites one value.
	 * @throws SessionSerializationException if it contains a number that JavaScript would
	 * read as another one
	 */
	static byte[] of(String peer, String name, byte[] json) {
		try (JsonParser parser = SessionJson.documentParser(json, 0, json.length)) {
			ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
			new SharedJson(parser, peer, name).write(out, Objects.requireNonNull(parser.nextToken()));
			return out.toByteArray();
		}
	}

	private void write(ByteArrayOutputStream out, JsonToken token) {
		switch (token) {
			case START_OBJECT -> writeObject(out);
			case START_ARRAY -> writeArray(out);
			case VALUE_STRING -> EcmaScript.quote(out, this.parser.getString());
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
				out.writeBytes(number(token).getBytes(StandardCharsets.US_ASCII));
			default -> out.writeBytes(this.parser.getString().getBytes(StandardCharsets.US_ASCII));
		}
	}

	private void writeArray(ByteArrayOutputStream out) {
		out.write('[');
		JsonToken token = this.parser.nextToken();
		for (int i = 0; token != JsonToken.END_ARRAY; i++) {
			if (i > 0) {
				out.write(',');
			}
			write(out, token);
			token = this.parser.nextToken();
		}
		out.write(']');
	}

	private void writeObject(ByteArrayOutputStream out) {
		Map<String, JsonSlice> members = new LinkedHashMap<>();
		for (String member = this.parser.nextName(); member != null; member = this.parser.nextName()) {
			ByteArrayOutputStream value = new ByteArrayOutputStream();
			write(value, this.parser.nextToken());
			members.put(member, JsonSlice.of(value.toByteArray()));
		}
		SharedSessionFormat.writeMap(out, members);
	}

	private String number(JsonToken token) {
		BigDecimal decimal = this.parser.getDecimalValue();
		double number = decimal.doubleValue();
		if (Double.isInfinite(number)) {
			throw refused();
		}
		String text = EcmaScript.number(number);
		int digits = decimal.stripTrailingZeros().precision();
		if (digits > SAFE_DIGITS && new BigDecimal(text).compareTo(decimal) != 0
				&& (token == JsonToken.VALUE_NUMBER_INT || digits > DOUBLE_DIGITS)) {
			throw refused();
		}
		return text;
	}

	private SessionSerializationException refused() {
		return new SessionSerializationException(
				"The value of '" + Names.shown(this.name) + "' has a number with more digits than "
						+ "JavaScript keeps, so that " + this.peer + " would read another one; set it as a text");
	}

}
