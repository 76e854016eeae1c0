package io.sessionkit;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks that a value can be read back: it is read from its JSON and written again. This
 * is done for each value that is set, and not once for each type, because the result
 * depends on the content, such as the class of an element, an empty list, or a
 * constructor that rejects its arguments.
 *
 * <p>
 * Comparing the two texts says more than {@code equals}, which arrays and many classes do
 * not define. The texts do not show properties without a getter. For these there is
 * {@link UnwrittenFields}.
 */
final class RoundTrip {

	private static final String REMEDY = "Give the class a constructor whose parameters have names, as a record has, or "
			+ "one without parameters and a setter for each property; or annotate it (@JsonCreator, and @JsonTypeInfo(use "
			+ "= NAME) with @JsonSubTypes where there are subclasses); or register a Jackson module with the storage";

	/** How a value is written and read. */
	interface Way {

		byte[] write(Object value, ValueType type, @Nullable List<UnwrittenFields.Seen> seen);

		@Nullable Object read(byte[] json, JavaType type);

	}

	private final Way plain = new Way() {

		@Override
		public byte[] write(Object value, ValueType type, @Nullable List<UnwrittenFields.Seen> seen) {
			return RoundTrip.this.write(value, type, seen);
		}

		@Override
		public @Nullable Object read(byte[] json, JavaType type) {
			return RoundTrip.this.mapper.readerFor(type).readValue(json);
		}

	};

	private final JsonMapper mapper;

	private final BiFunction<String, byte[], byte[]> spelling;

	private final ObjectReader trees;

	RoundTrip(JsonMapper mapper, BiFunction<String, byte[], byte[]> spelling) {
		this.mapper = mapper;
		this.spelling = spelling;
		this.trees = mapper.readerFor(JsonNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
	}

	/**
	 * Writes a value as its declared type, so that the names of declared subtypes are
	 * also written inside of lists and maps.
	 * @param seen collects the objects with unwritten fields; {@code null} for none
	 */
	byte[] write(Object value, ValueType type, @Nullable List<UnwrittenFields.Seen> seen) {
		// Not writerFor, which takes the declared types of elements for their classes.
		ObjectWriter writer = type.isDeclared() ? this.mapper.writer().forType(rootType(type.type(), value))
				: this.mapper.writer();
		return ((seen != null) ? writer.withAttribute(UnwrittenFields.SEEN, seen) : writer).writeValueAsBytes(value);
	}

	/**
	 * Returns the type for a writer. The declared type would ignore the properties that a
	 * subclass adds, which the check has to see.
	 */
	private JavaType rootType(JavaType declared, Object value) {
		Class<?> type = value.getClass();
		if (declared.hasRawClass(type) || declared.isContainerType() || declared.isReferenceType()
				|| declared.isPrimitive() || declared.isEnumType()
				|| this.mapper._serializationContext().findTypeSerializer(declared) != null) {
			return declared;
		}
		return this.mapper.getTypeFactory().constructSpecializedType(declared, type);
	}

	/**
	 * Checks a value that was written.
	 * @param seen the objects in it with unwritten fields
	 * @throws SessionSerializationException if it would not be the same when it is read
	 * again
	 */
	void prove(String name, Object value, ValueType type, byte[] json, List<UnwrittenFields.Seen> seen) {
		if (type.isDeclared() || !isContainer(value)) {
			new Proof(name, "", value, type, this.plain).prove(json, seen);
		}
		else {
			proveElements(name, "", value);
		}
	}

	/** Checks a value that is written and read in another way. */
	void prove(String name, Object value, ValueType type, byte[] json, List<UnwrittenFields.Seen> seen, Way way) {
		new Proof(name, "", value, type, way).prove(json, seen);
	}

	/**
	 * Checks each element. The elements of a list or a map under a plain name may be read
	 * as any type, so each of them has to be the same when it is read as its own class.
	 */
	private void proveElements(String name, String path, @Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, element) -> proveElements(name, below(path, "." + key), element));
		}
		else if (value instanceof Collection<?> collection) {
			proveAll(name, path, collection);
		}
		else if (value instanceof Object[] array) {
			proveAll(name, path, Arrays.asList(array));
		}
		else if (value instanceof Optional<?> optional) {
			optional.ifPresent((element) -> proveElements(name, path, element));
		}
		else if (value != null && !isJson(value)) {
			new Proof(name, path, value, new ValueType(this.mapper.constructType(value.getClass()), false), this.plain)
				.proveElement();
		}
	}

	/** Checks many objects of one class together, which takes a tenth of the time. */
	private void proveAll(String name, String path, Collection<?> elements) {
		Class<?> kind = commonClass(elements);
		if (kind != null) {
			JavaType together = this.mapper.getTypeFactory().constructCollectionType(Collection.class, kind);
			new Proof(name, path, elements, new ValueType(together, true), this.plain).proveElement();
			return;
		}
		int index = 0;
		for (Object element : elements) {
			proveElements(name, below(path, "[" + index + "]"), element);
			index++;
		}
	}

	/**
	 * Extends the path up to the length that is shown, because visitors may choose the
	 * names in it and its depth.
	 */
	private static String below(String path, String step) {
		return (path.length() > Names.MAX_SHOWN) ? path : path + step;
	}

	/**
	 * Returns the application class that all elements have; {@code null} if there is
	 * none.
	 */
	private static @Nullable Class<?> commonClass(Collection<?> elements) {
		Class<?> common = null;
		for (Object element : elements) {
			Class<?> kind = (element != null) ? element.getClass() : null;
			if (kind == null || isOfJdk(kind) || isContainer(element) || isJson(element) || isInThisProcessOnly(kind)
					|| (common != null && common != kind)) {
				return null;
			}
			common = kind;
		}
		return common;
	}

	private static boolean isOfJdk(Class<?> kind) {
		return kind.getClassLoader() == null || kind.getName().startsWith("java.");
	}

	private static boolean isInThisProcessOnly(Class<?> kind) {
		return kind.isHidden() || kind.isSynthetic() || Proxy.isProxyClass(kind);
	}

	private boolean isNamed(JavaType type) {
		JavaType element = (type.getContentType() != null) ? type.getContentType() : type;
		return this.mapper._serializationContext().findTypeSerializer(element) != null;
	}

	private static boolean isContainer(Object value) {
		return value instanceof Map || value instanceof Collection || value instanceof Object[]
				|| value instanceof Optional;
	}

	private static boolean isJson(Object value) {
		return value instanceof String || value instanceof Number || value instanceof Boolean
				|| value instanceof JsonNode;
	}

	/** The check of one object. */
	private final class Proof {

		private final String name;

		private final String path;

		private final Object value;

		private final ValueType type;

		private final Way way;

		Proof(String name, String path, Object value, ValueType type, Way way) {
			this.name = name;
			this.path = path;
			this.value = value;
			this.type = type;
			this.way = way;
		}

		void proveElement() {
			List<UnwrittenFields.Seen> seen = new ArrayList<>();
			byte[] json;
			boolean isNamed;
			try {
				json = RoundTrip.this.spelling.apply(this.name, this.way.write(this.value, this.type, seen));
				isNamed = isNamed(this.type.type());
			}
			catch (RuntimeException ex) {
				throw failed("cannot become JSON: " + reason(ex));
			}
			if (isNamed) {
				throw failed("is written without the name of its type, which only a key with a type can keep: use "
						+ "SessionKey.listOf or mapOf with the base type, or the same of FlashKey");
			}
			prove(json, seen);
		}

		void prove(byte[] json, List<UnwrittenFields.Seen> seen) {
			if (isInThisProcessOnly(this.value.getClass())) {
				throw failed("is a lambda or a proxy, which exists in this process only; keep plain data");
			}
			Object copy = read(json);
			List<UnwrittenFields.Seen> seenAgain = new ArrayList<>();
			byte[] again = RoundTrip.this.spelling.apply(this.name, writeAgain(copy, seenAgain));
			if (!Arrays.equals(json, again)) {
				String difference = JsonDifference.find(tree(json), tree(again),
						tree(RoundTrip.this.spelling.apply(this.name, this.way.write(this.value, this.type, null))));
				if (difference != null) {
					throw failed(describe(difference) + " does not come back from its JSON as it is. " + REMEDY);
				}
			}
			if (isOfJdk(this.value.getClass()) && this.value instanceof Comparable && definesEquals()
					&& !this.value.equals(copy)) {
				throw failed("does not come back from its JSON as it is, such as a java.sql.Timestamp without its "
						+ "nanoseconds; use a type that keeps all, of java.time for a moment");
			}
			Field lost = seen.isEmpty() ? null : UnwrittenFields.lost(seen, seenAgain, this::isSameJson);
			if (lost != null) {
				throw failed("loses the field '" + lost.getName() + "' of " + lost.getDeclaringClass().getName()
						+ ", which is not written: it has no getter. Give it one, and a setter or a parameter of the "
						+ "constructor; or make it transient or @JsonIgnore, if the session need not keep it");
			}
		}

		private Object read(byte[] json) {
			RuntimeException failure = null;
			for (JavaType candidate : candidates()) {
				try {
					Object copy = this.way.read(json, candidate);
					if (copy != null) {
						return copy;
					}
				}
				catch (RuntimeException ex) {
					failure = (failure != null) ? failure : ex;
				}
			}
			if (failure == null) {
				throw failed("comes back from its JSON as null. " + REMEDY);
			}
			throw failed("can be written as JSON, but not be read back as " + this.type.type().toCanonical() + ": "
					+ reason(failure) + ". " + REMEDY);
		}

		/**
		 * Returns the types as which the value is read. The JDK has internal classes, for
		 * example for paths, time zones and addresses.
		 */
		private List<JavaType> candidates() {
			List<JavaType> candidates = new ArrayList<>(List.of(this.type.type()));
			if (!this.type.isDeclared() && isOfJdk(this.value.getClass())) {
				Class<?> kind = this.value.getClass().getSuperclass();
				for (; kind != null && kind != Object.class; kind = kind.getSuperclass()) {
					candidates.add(RoundTrip.this.mapper.constructType(kind));
				}
				for (Class<?> implemented : this.value.getClass().getInterfaces()) {
					candidates.add(RoundTrip.this.mapper.constructType(implemented));
				}
			}
			return candidates;
		}

		private boolean definesEquals() {
			try {
				return this.value.getClass().getMethod("equals", Object.class).getDeclaringClass() != Object.class;
			}
			catch (NoSuchMethodException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private byte[] writeAgain(Object copy, List<UnwrittenFields.Seen> seen) {
			try {
				return this.way.write(copy, this.type, seen);
			}
			catch (RuntimeException ex) {
				throw failed("comes back from its JSON as something that cannot be written any more ("
						+ ex.getClass().getSimpleName() + "). " + REMEDY);
			}
		}

		private JsonNode tree(byte[] json) {
			return RoundTrip.this.trees.readValue(json);
		}

		private boolean isSameJson(Object one, Object other) {
			try {
				return Arrays.equals(RoundTrip.this.mapper.writeValueAsBytes(one),
						RoundTrip.this.mapper.writeValueAsBytes(other));
			}
			catch (RuntimeException ex) {
				// For example a lock or a logger, which both have.
				return one.getClass() == other.getClass();
			}
		}

		private String describe(String difference) {
			return difference.isEmpty() ? "" : "has a property, '" + Names.shown(difference) + "', which";
		}

		SessionSerializationException failed(String what) {
			String where = this.path.isEmpty() ? ""
					: " at '" + Names.shown(this.path.startsWith(".") ? this.path.substring(1) : this.path) + "'";
			return new SessionSerializationException(
					"The value of '%s'%s (%s) %s".formatted(Names.shown(this.name), where, described(), what.strip()));
		}

		private String described() {
			String type = this.value.getClass().getName();
			return this.type.isDeclared() && !this.type.type().hasRawClass(this.value.getClass())
					? type + " as " + this.type.type().toCanonical() : type;
		}

		/** Returns only messages about types, because others quote values. */
		private static String reason(RuntimeException ex) {
			String reason;
			if (ex instanceof InvalidDefinitionException definition) {
				reason = SessionJson.reason(definition);
			}
			else if (ex instanceof InvalidTypeIdException id) {
				reason = "the type that it names is not known for " + id.getBaseType().toCanonical();
			}
			else if (ex instanceof MismatchedInputException input && input.getTargetType() != null) {
				reason = "what is written cannot be read as " + input.getTargetType().getName();
			}
			else if (ex.getCause() instanceof UnsupportedOperationException) {
				reason = "its getter returns an unmodifiable view, which cannot be filled, and it has no setter";
			}
			else {
				reason = "a " + ex.getClass().getSimpleName() + " from its constructor or a setter";
			}
			boolean hasPath = ex instanceof JacksonException jackson && !jackson.getPath().isEmpty();
			return hasPath ? reason + " (at '" + SessionJson.path(((JacksonException) ex).getPath()) + "')" : reason;
		}

	}

}
