package io.sessionkit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that keeps classes: the plain JSON of a value, and beside it the ids of the
 * classes that it consists of.
 */
final class TypedJson {

	private static final JsonSlice INTEGER = JsonSlice.ofText("i");

	private final SessionJson json;

	private final AttributeTyping typing;

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	private final JavaType anything;

	private TypedJson(SessionJson json, AttributeTyping typing) {
		this.json = json;
		this.typing = typing;
		this.mapper = typing.addedTo(json.mapper());
		this.writer = this.mapper.writer();
		this.anything = json.type(Object.class);
	}

	/**
	 * A value as it is stored.
	 *
	 * @param json the same JSON as without class ids
	 * @param classes the class ids; {@code null} if {@link SessionJson#view} returns the
	 * value
	 */
	record Typed(JsonSlice json, @Nullable JsonSlice classes) {

		boolean sameAs(Typed other) {
			return this.json.sameAs(other.json) && ((this.classes != null && other.classes != null)
					? this.classes.sameAs(other.classes) : this.classes == other.classes);
		}

	}

	/**
	 * Creates the JSON for an application whose classes the context class loader of the
	 * current thread finds.
	 * @param allowed tests the binary name of each class that is not a value or a
	 * collection of the JDK
	 */
	static TypedJson of(SessionJson json, Predicate<String> allowed) {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		return of(json, allowed, (loader != null) ? loader : TypedJson.class.getClassLoader());
	}

	static TypedJson of(SessionJson json, Predicate<String> allowed, ClassLoader loader) {
		return new TypedJson(json, AttributeTyping.of(new AttributeClasses(allowed, loader)));
	}

	/**
	 * Turns a value into JSON and class ids, and checks that it can be read back from
	 * both.
	 * @throws AttributeTypeException if it contains a class that is not allowed
	 * @throws SessionSerializationException if it cannot be read back
	 */
	Typed write(String name, Object value) {
		if (value instanceof String || value instanceof Boolean) {
			return new Typed(this.json.write(name, value, this.json.type(null, value)), null);
		}
		if (value instanceof Integer number && this.json == SessionJson.STANDARD) {
			return new Typed(JsonSlice.of(number), INTEGER);
		}
		List<UnwrittenFields.Seen> seen = new ArrayList<>();
		Written written = written(name, value, seen, true);
		Typed typed = written.typed(value);
		if (typed.classes() != null) {
			Way way = new Way(name, typed.classes());
			byte[] json = typed.json().bytes();
			this.json.roundTrip().prove(name, value, new ValueType(this.anything, true), json, seen, way);
			if (!way.isSame(written)) {
				throw new SessionSerializationException(
						"The value of '%s' (%s) does not come back with the classes that it consists of; declare them "
							.formatted(Names.shown(name), value.getClass().getName())
								+ "as the types of its properties");
			}
		}
		return typed;
	}

	/**
	 * Turns a value into JSON that is compared with the JSON of the same value at another
	 * time.
	 */
	Typed glance(String name, Object value) {
		return written(name, value, null, false).typed(value);
	}

	private Written written(String name, Object value, @Nullable List<UnwrittenFields.Seen> seen, boolean isChecked) {
		AttributeClassTree tree = new AttributeClassTree();
		AttributeTyping.Recording recording = new AttributeTyping.Recording(name, tree);
		byte[] bytes = SessionJson.bytes(name, value, isChecked,
				() -> this.typing.write(this.writer, value, seen, recording));
		return new Written(JsonSlice.of(this.json.spelled(name, bytes)), tree, name);
	}

	/**
	 * Reads a stored value.
	 * @return {@code null} if it does not fit any more, if a class in it is not allowed
	 * or does not exist, or if it is {@code null}
	 */
	@Nullable Object read(JsonSlice json, @Nullable JsonSlice classes) {
		if (classes == null) {
			return SessionJson.view(json);
		}
		try {
			if (classes.sameAs(INTEGER) && this.json == SessionJson.STANDARD) {
				return Integer
					.valueOf(new String(json.bytes(), json.offset(), json.length(), StandardCharsets.ISO_8859_1));
			}
			return this.typing.read(this.mapper, json, AttributeClassTree.of(classes));
		}
		catch (RuntimeException | LinkageError ex) {
			// Includes what a constructor of the application throws.
			return null;
		}
	}

	/**
	 * Finds out why a value cannot be read.
	 * @return the name of a class in it that is not allowed or does not exist;
	 * {@code null} if the JSON does not fit the classes, or if nothing is wrong
	 */
	@Nullable String unknownClass(@Nullable JsonSlice classes) {
		try {
			return (classes != null) ? this.typing.unknown(AttributeClassTree.of(classes)) : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private record Written(JsonSlice json, AttributeClassTree tree, String name) {

		Typed typed(Object value) {
			if (json().isNull() || ((value instanceof String || value instanceof Boolean || value instanceof Long
					|| value instanceof BigDecimal) && value.equals(SessionJson.view(json())))) {
				return new Typed(json(), null);
			}
			JsonSlice classes = tree().toJson();
			if (classes.length() > AttributeClassTree.MAX_SIZE) {
				throw new SessionSerializationException(
						"The classes of the value of '%s' (%s) are %d bytes of JSON, the limit is %d; keep less in it, "
							.formatted(Names.shown(name()), value.getClass().getName(), classes.length(),
									AttributeClassTree.MAX_SIZE)
								+ "or declare them as the types of its properties");
			}
			return new Typed(json(), classes);
		}

		/**
		 * Compares two results. If elements are in another order, as in a set, their
		 * class ids may be too.
		 */
		boolean isSame(Written other) {
			return json().sameAs(other.json()) ? tree().isSame(other.tree()) : tree().ids().equals(other.tree().ids());
		}

	}

	/** How the check writes and reads a value. */
	private final class Way implements RoundTrip.Way {

		private final String name;

		private final JsonSlice classes;

		private @Nullable Written again;

		Way(String name, JsonSlice classes) {
			this.name = name;
			this.classes = classes;
		}

		@Override
		public byte[] write(Object value, ValueType type, @Nullable List<UnwrittenFields.Seen> seen) {
			AttributeClassTree tree = new AttributeClassTree();
			byte[] bytes = TypedJson.this.typing.write(TypedJson.this.writer, value, seen,
					new AttributeTyping.Recording(this.name, tree));
			if (seen != null) {
				this.again = new Written(JsonSlice.of(TypedJson.this.json.spelled(this.name, bytes)), tree, this.name);
			}
			return bytes;
		}

		@Override
		public @Nullable Object read(byte[] json, JavaType type) {
			return TypedJson.this.typing.read(TypedJson.this.mapper, JsonSlice.of(json),
					AttributeClassTree.of(this.classes));
		}

		boolean isSame(Written written) {
			return Objects.requireNonNull(this.again).isSame(written);
		}

	}

}
