package io.sessionkit;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.TypeFactory;

/**
 * JSON within limits: no class names, no duplicate keys, and a limited depth and size.
 * What is written was checked against all limits and was read back. What is read was
 * written by this library, so only the limits that protect the parser are checked.
 */
final class SessionJson {

	static final int MAX_DEPTH = 64;

	static final int MAX_BYTES = 1 << 20;

	static final int MAX_NUMBER_LENGTH = 64;

	/**
	 * The most tokens of a document: names, values, and the starts and ends of lists and
	 * objects.
	 */
	static final int MAX_TOKENS = 20_000;

	/**
	 * The approximate limit for the name of a property or a map entry inside of a value.
	 */
	static final int MAX_NAME_LENGTH = 1024;

	/** A value is in a map, which is in the array of the document. */
	private static final int DEPTH_OF_A_VALUE = 2;

	private static final JsonFactory DOCUMENTS = factory(MAX_DEPTH).build();

	/** For documents that others wrote. */
	private static final JsonFactory STRICT_DOCUMENTS = factory(MAX_DEPTH)
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private static final JsonFactory VALUES = factory(MAX_DEPTH - DEPTH_OF_A_VALUE).build();

	/** For values that are to be written. */
	private static final JsonFactory CHECKED_VALUES = JsonFactory.builder()
		.streamReadConstraints(constraints(MAX_DEPTH - DEPTH_OF_A_VALUE).maxNameLength(MAX_NAME_LENGTH)
			.maxTokenCount(MAX_TOKENS)
			.build())
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private static final ObjectReader VIEW = JsonMapper.builder(VALUES)
		.build()
		.readerFor(Object.class)
		.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

	/** Without a customizer. */
	static final SessionJson STANDARD = new SessionJson(null, null);

	private final JsonMapper mapper;

	private final BiFunction<String, byte[], byte[]> spelling;

	private final RoundTrip roundTrip;

	private SessionJson(@Nullable Consumer<JsonMapper.Builder> customizer,
			@Nullable BiFunction<String, byte[], byte[]> spelling) {
		this.spelling = (spelling != null) ? spelling : (name, json) -> json;
		JsonMapper.Builder builder = ValueMapper.builder(VALUES);
		if (customizer != null) {
			customizer.accept(builder);
		}
		builder.addModule(new SimpleModule("sessionkit-fields").setSerializerModifier(new UnwrittenFields()));
		this.mapper = NoClassNames.build(builder.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
		this.roundTrip = new RoundTrip(this.mapper, this.spelling);
	}

	/**
	 * Returns the JSON of a storage.
	 * @param customizer changes the mapper; {@code null} for none
	 * @param spelling turns the name of a value and its JSON into the JSON to write;
	 * {@code null} leaves the JSON as it is
	 */
	static SessionJson of(@Nullable Consumer<JsonMapper.Builder> customizer,
			@Nullable BiFunction<String, byte[], byte[]> spelling) {
		return (customizer == null && spelling == null) ? STANDARD : new SessionJson(customizer, spelling);
	}

	private static StreamReadConstraints.Builder constraints(int depth) {
		return StreamReadConstraints.builder()
			.maxNestingDepth(depth)
			.maxDocumentLength(MAX_BYTES)
			.maxStringLength(MAX_BYTES)
			.maxNameLength(MAX_BYTES)
			.maxNumberLength(MAX_NUMBER_LENGTH);
	}

	private static JsonFactoryBuilder factory(int depth) {
		return JsonFactory.builder()
			.streamReadConstraints(constraints(depth).build())
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(depth).build());
	}

	static Type listType(Class<?> element) {
		return TypeFactory.createDefaultInstance().constructCollectionType(List.class, element);
	}

	static Type mapType(Class<?> value) {
		return TypeFactory.createDefaultInstance().constructMapType(Map.class, String.class, value);
	}

	/** Creates a parser for a document that this library wrote. */
	static JsonParser documentParser(byte[] bytes, int offset, int length) {
		return DOCUMENTS.createParser(ObjectReadContext.empty(), bytes, offset, length);
	}

	/** Creates a parser for a document that a peer may have written. */
	static JsonParser strictParser(byte[] bytes, int offset, int length) {
		return STRICT_DOCUMENTS.createParser(ObjectReadContext.empty(), bytes, offset, length);
	}

	/**
	 * Refuses documents that would take long to read. Each value is within the limit, but
	 * all of them together may not be.
	 */
	static void requireFewTokens(byte[] document) {
		if (document.length <= MAX_TOKENS) {
			return;
		}
		int tokens = 0;
		try (JsonParser parser = documentParser(document, 0, document.length)) {
			while (parser.nextToken() != null) {
				tokens++;
			}
		}
		if (tokens > MAX_TOKENS) {
			throw new SessionSerializationException(
					"The session has %d names and values of JSON in all, the limit is ".formatted(tokens) + MAX_TOKENS
							+ "; keep less in it, an id instead of the thing");
		}
	}

	/** Returns the mapper with all settings, but without class ids. */
	JsonMapper mapper() {
		return this.mapper;
	}

	RoundTrip roundTrip() {
		return this.roundTrip;
	}

	byte[] spelled(String name, byte[] json) {
		return this.spelling.apply(name, json);
	}

	JavaType type(Type type) {
		return this.mapper.constructType(type);
	}

	/**
	 * Returns the type as which a value is written and read.
	 * @param declared the type of its key; {@code null} for a plain name
	 */
	ValueType type(@Nullable Type declared, Object value) {
		return (declared == null || declared == Object.class) ? new ValueType(type(value.getClass()), false)
				: new ValueType(type(declared), true);
	}

	/**
	 * Turns a value into JSON and checks that it can be read back.
	 * @throws SessionSerializationException if it cannot
	 */
	JsonSlice write(String name, Object value, ValueType type) {
		boolean isOfType = type.type().hasRawClass(value.getClass());
		JsonSlice scalar = (this == STANDARD && isOfType) ? scalar(value) : null;
		if (scalar != null) {
			return scalar;
		}
		List<UnwrittenFields.Seen> seen = new ArrayList<>();
		byte[] json = bytes(name, value, true, () -> this.roundTrip.write(value, type, seen));
		byte[] spelled = this.spelling.apply(name, json);
		JsonSlice slice = JsonSlice.of(spelled);
		if (!slice.isNull() && !(isOfType && isPlain(value))) {
			this.roundTrip.prove(name, value, type, spelled, seen);
		}
		return slice;
	}

	/**
	 * Turns a value into JSON that is compared with the JSON of the same value at another
	 * time.
	 */
	JsonSlice glance(String name, Object value, ValueType type) {
		return JsonSlice
			.of(this.spelling.apply(name, bytes(name, value, false, () -> this.roundTrip.write(value, type, null))));
	}

	/** Returns whether the value is a plain JSON value. */
	private static boolean isPlain(Object value) {
		return value instanceof String || value instanceof Boolean || value instanceof Integer || value instanceof Long
				|| value instanceof BigDecimal || value instanceof BigInteger || value instanceof JsonNode;
	}

	/**
	 * Calls a writer, and checks the result against the limits.
	 * @param isChecked whether the result also has to be exactly one readable JSON value
	 * @throws SessionSerializationException if it exceeds the limits or cannot be written
	 */
	static byte[] bytes(String name, Object value, boolean isChecked, Supplier<byte[]> writer) {
		try {
			byte[] json = writer.get();
			if (json.length > MAX_BYTES) {
				throw new SessionSerializationException(
						"The value of '%s' (%s) is %d bytes of JSON, the limit is %d; keep less in the session"
							.formatted(Names.shown(name), value.getClass().getName(), json.length, MAX_BYTES));
			}
			if (isChecked && !isOneValue(json)) {
				throw new SessionSerializationException("The value of '%s' (%s) does not become exactly one JSON value"
					.formatted(Names.shown(name), value.getClass().getName()));
			}
			return json;
		}
		catch (RuntimeException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof SessionException || cause instanceof AttributeTypeException) {
					throw (RuntimeException) cause; // Jackson wrapped it
				}
			}
			throw new SessionSerializationException("The value of '%s' (%s) cannot become JSON: %s"
				.formatted(Names.shown(name), value.getClass().getName(), reason(ex)));
		}
	}

	/**
	 * Returns the JSON of a value that the standard mapper would write in the same way.
	 */
	private static @Nullable JsonSlice scalar(Object value) {
		if (value instanceof String text) {
			return (text.length() < MAX_BYTES / 2) ? JsonSlice.ofPlain(text) : null;
		}
		return (value instanceof Integer || value instanceof Long) ? JsonSlice.of(((Number) value).longValue()) : null;
	}

	/**
	 * Makes sure that every later request can read the value, including what serializers
	 * write as raw text.
	 */
	private static boolean isOneValue(byte[] json) {
		try (JsonParser parser = CHECKED_VALUES.createParser(ObjectReadContext.empty(), json)) {
			int depth = 0;
			int values = 0;
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				values += (depth == 0) ? 1 : 0;
				depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
				if (token == JsonToken.VALUE_NUMBER_FLOAT) {
					parser.getDecimalValue();
				}
			}
			return values == 1;
		}
	}

	/** Returns only messages about types, because others quote values. */
	private static String reason(RuntimeException ex) {
		if (ex instanceof InvalidDefinitionException definition) {
			return reason(definition);
		}
		String circle = (ex instanceof JacksonException jackson) ? circle(jackson.getPath()) : null;
		if (circle != null) {
			return "it is circular, since '%s' leads back to where it came from. Break the circle with @JsonIgnore, or "
				.formatted(circle) + "with @JsonManagedReference and @JsonBackReference; or keep an id instead";
		}
		if (ex instanceof StreamReadException || ex instanceof StreamConstraintsException) {
			return ("it has duplicate keys, more than %d levels, more than %d names and values, a name of more than %d "
					+ "characters or a number of more than %d")
				.formatted(MAX_DEPTH - DEPTH_OF_A_VALUE, MAX_TOKENS, MAX_NAME_LENGTH, MAX_NUMBER_LENGTH);
		}
		return "a " + ex.getClass().getSimpleName() + " (is it circular, deeper than %d levels, or does a getter fail?)"
			.formatted(MAX_DEPTH - DEPTH_OF_A_VALUE);
	}

	/** Replaces a message of Jackson that would advise to lose the value. */
	static String reason(InvalidDefinitionException ex) {
		String message = ex.getOriginalMessage();
		return message.contains("no properties discovered")
				? ex.getType().toCanonical() + " has no getter and no public field, so that nothing of it would be kept"
				: message;
	}

	/**
	 * Returns the path to an object that occurs again below itself; {@code null} if there
	 * is none.
	 */
	private static @Nullable String circle(List<JacksonException.Reference> path) {
		Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
		for (int i = 0; i < path.size(); i++) {
			Object from = path.get(i).from();
			boolean again = from != null && !met.add(from);
			if (again && from != path.get(i - 1).from()) { // unlike array elements
				return path(path.subList(0, i));
			}
		}
		return null;
	}

	/** Returns a path as text. */
	static String path(List<JacksonException.Reference> references) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : references) {
			String property = reference.getPropertyName();
			path.append((property != null) ? ((path.length() > 0) ? "." : "") + property
					: "[" + reference.getIndex() + "]");
		}
		return Names.shown(path.toString());
	}

	/**
	 * Reads a value as a type.
	 * @return {@code null} if the JSON does not fit the type or is {@code null}
	 */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" }) // type is of T
	<T> @Nullable T readOrNull(JsonSlice json, JavaType type) {
		if (type.hasRawClass(String.class) && this == STANDARD && json.isPlainText()) {
			return (T) json.plainText();
		}
		try {
			return (T) this.mapper.readerFor(type).readValue(json.bytes(), json.offset(), json.length());
		}
		catch (RuntimeException ex) {
			// Includes what a constructor of the application throws.
			return null;
		}
	}

	/**
	 * Returns plain JSON: String, Boolean, Long, BigDecimal, unmodifiable List and Map.
	 * @return {@code null} if the JSON is {@code null} or a number that is too large
	 */
	static @Nullable Object view(JsonSlice json) {
		if (json.isPlainText()) {
			return json.plainText();
		}
		try {
			return frozen(VIEW.readValue(json.bytes(), json.offset(), json.length()));
		}
		catch (JacksonException | NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable Object frozen(@Nullable Object value) {
		if (value instanceof Integer integer) {
			return integer.longValue();
		}
		if (value instanceof BigInteger integer) {
			return new BigDecimal(integer);
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> copy = new ArrayList<>(list.size());
			list.forEach((element) -> copy.add(frozen(element)));
			return Collections.unmodifiableList(copy);
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
			map.forEach((key, element) -> copy.put(key, frozen(element)));
			return Collections.unmodifiableMap(copy);
		}
		return value;
	}

}
