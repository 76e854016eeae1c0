package io.sessionkit.spring.security;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.util.ClassUtils;

/**
 * Converts Spring Security's objects to JSON and back with Spring Security's own modules.
 * Their allow-list limits which classes are created, and the limits for values of a
 * session also apply.
 */
public final class SecurityJson {

	static final int MAX_DEPTH = 62;

	private static final int MAX_BYTES = 1 << 20;

	private static final int MAX_NUMBER_LENGTH = 64;

	private static final int LONGEST_TYPE_ID = 128;

	/**
	 * Classes of claims in id tokens that are missing in Spring Security's allow-list.
	 */
	private static final List<Class<?>> CLAIMS = List.of(URL.class, Long.class, BigInteger.class, BigDecimal.class);

	/** The same of collections that are usual in classes of applications. */
	private static final List<Class<?>> COLLECTIONS = List.of(LinkedList.class, ArrayDeque.class, TreeSet.class,
			CopyOnWriteArrayList.class, ConcurrentHashMap.class);

	private static final String ALLOW = "Allow the application's own classes with a bean SecurityJsonCustomizer, "
			+ "(json, types) -> types.allowIfSubType(ShopUser.class), and make sure that Jackson can read them";

	private static final String READABLE = "Make sure that Jackson can read it: give the class one public constructor with a "
			+ "parameter for each property, and compile it with -parameters; or annotate the constructor with "
			+ "@JsonCreator, its parameters with @JsonProperty, and the class with @JsonDeserialize. Mark a getter "
			+ "whose result is not to be stored, or that changes with time, with @JsonIgnore";

	private static final String PASSKEYS = "org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule";

	/** The class that Spring Security's JWT decoder uses for an object in a claim. */
	private static final String OBJECT_CLAIM = "com.nimbusds.jose.shaded.gson.internal.LinkedTreeMap";

	private static final Logger logger = LoggerFactory.getLogger(SecurityJson.class);

	private final AtomicBoolean warned = new AtomicBoolean();

	private final JsonMapper mapper;

	/**
	 * Creates the mapper.
	 * @param classLoader the class loader for Spring Security's modules and for the
	 * classes in JSON
	 * @param customizers extend the allow-list and change the mapper, applied in their
	 * order
	 */
	public SecurityJson(ClassLoader classLoader, List<SecurityJsonCustomizer> customizers) {
		BasicPolymorphicTypeValidator.Builder types = BasicPolymorphicTypeValidator.builder();
		// These classes alone: allowIfSubType(Class) would admit their subclasses.
		types.allowIfSubType((context, type) -> CLAIMS.contains(type) || COLLECTIONS.contains(type));
		types.allowIfSubType(OBJECT_CLAIM);
		JsonMapper.Builder builder = JsonMapper.builder(factory()).annotationIntrospector(new OwnConstructors());
		customizers.forEach((customizer) -> customizer.customize(builder, types));
		this.mapper = builder.addModules(SecurityJacksonModules.getModules(classLoader, types))
			.addModules(passkeys(classLoader, types))
			.addModule(OwnConstructors.erasedPasswords())
			.addModule(publicTypes(types))
			// Written as whole milliseconds, which every JSON parser reads exactly.
			.disable(DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS,
					DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.build();
	}

	/**
	 * The module for passkeys, which is not among Spring Security's modules for sessions.
	 */
	private static List<JacksonModule> passkeys(ClassLoader classLoader, BasicPolymorphicTypeValidator.Builder types) {
		if (!ClassUtils.isPresent(PASSKEYS, classLoader)) {
			return List.of();
		}
		WebauthnJacksonModule module = new WebauthnJacksonModule();
		module.configurePolymorphicTypeValidator(types);
		return List.of(module);
	}

	/** Comes after Spring Security's, which set what this replaces. */
	private static JacksonModule publicTypes(BasicPolymorphicTypeValidator.Builder types) {
		return new SimpleModule("sessionkit-types") {

			private static final long serialVersionUID = 1L;

			@Override
			public void setupModule(SetupContext context) {
				((MapperBuilder<?, ?>) context.getOwner()).setDefaultTyping(new PublicTypes(types.build()));
			}

		};
	}

	private static JsonFactory factory() {
		return JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxDocumentLength(MAX_BYTES)
				.maxStringLength(MAX_BYTES)
				.maxNumberLength(MAX_NUMBER_LENGTH)
				.build())
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build();
	}

	/**
	 * Converts an object to JSON and verifies that the next request restores the same.
	 */
	<T> JsonNode write(T object, Class<T> type, String classes) {
		JsonNode json;
		String lost;
		try {
			JsonNode written = tree(object, type);
			json = CompactJson.compact(written.deepCopy());
			T read = this.mapper.treeToValue(CompactJson.restore(json.deepCopy()), type);
			lost = (read != null) ? lost(written, tree(read, type), type.getName()) : "it is null";
		}
		catch (RuntimeException ex) {
			// Has no cause, since the messages of Jackson quote values.
			throw refused(classes, reason(ex), (typeId(ex) != null) ? ALLOW : READABLE);
		}
		if (lost != null) {
			throw refused(classes, lost.isEmpty() ? "something is lost" : lost, READABLE);
		}
		return json;
	}

	private static IllegalStateException refused(String classes, String why, String remedy) {
		return new IllegalStateException(
				classes + " cannot be stored in the session: it cannot be restored from JSON (" + why + "). " + remedy);
	}

	private <T> JsonNode tree(T object, Class<T> type) {
		return this.mapper.readTree(this.mapper.writerFor(type).writeValueAsBytes(object));
	}

	/**
	 * What an object has lost on its way. What it has got besides is its own business,
	 * and so is the order of what may be a set.
	 * @param owner the class whose property it is
	 * @return {@code null} if nothing
	 */
	private static @Nullable String lost(JsonNode before, JsonNode after, String owner) {
		if (before.isNull() || before.equals(after)) {
			return null;
		}
		if (!before.isObject() || !after.isObject()) {
			return (before.isArray() && after.isArray() && isAllKept(before, after, owner)) ? null : "";
		}
		String name = before.path(CompactJson.CLASS).asString(owner);
		if (!name.equals(after.path(CompactJson.CLASS).asString(owner))) {
			return shown(name) + " is restored as " + shown(after.path(CompactJson.CLASS).asString(owner));
		}
		for (Map.Entry<String, JsonNode> property : before.properties()) {
			String lost = lost(property.getValue(), after.path(property.getKey()), name);
			if (lost != null) {
				return lost.isEmpty() ? "'" + shown(property.getKey()) + "' of " + shown(name) + " is lost" : lost;
			}
		}
		return null;
	}

	private static boolean isAllKept(JsonNode before, JsonNode after, String owner) {
		List<JsonNode> left = new ArrayList<>(after.values());
		return before.size() == after.size() && before.values()
			.stream()
			.allMatch((each) -> isTaken(left, each, (other) -> lost(each, other, owner) == null));
	}

	/** An equal one first, since what is null is kept by anything. */
	private static boolean isTaken(List<JsonNode> from, JsonNode equal, Predicate<JsonNode> same) {
		if (from.remove(equal)) {
			return true;
		}
		for (int i = 0; i < from.size(); i++) {
			if (same.test(from.get(i))) {
				from.remove(i);
				return true;
			}
		}
		return false;
	}

	/** Returns at most the name of a class, since other messages quote values. */
	private static String reason(Throwable ex) {
		if (ex.getCause() instanceof PublicTypes.SortedByComparatorException) {
			return "a set is sorted by a comparator";
		}
		String typeId = typeId(ex);
		return (typeId != null) ? shown(typeId) + " is not allowed" : ex.getClass().getSimpleName();
	}

	private static @Nullable String typeId(Throwable ex) {
		return (ex instanceof InvalidTypeIdException type) ? type.getTypeId() : null;
	}

	/** Limits and cleans a name, since stored JSON may contain anything. */
	private static String shown(String typeId) {
		String cut = (typeId.length() > LONGEST_TYPE_ID) ? typeId.substring(0, LONGEST_TYPE_ID) + "..." : typeId;
		return cut.replaceAll("[^\\w.$\\[\\];<>,]", "?");
	}

	/**
	 * Reads an object.
	 * @return the object; {@code null} if the JSON no longer fits, or names a class that
	 * is not allowed
	 */
	<T> @Nullable T read(JsonNode stored, Class<T> type) {
		try {
			return this.mapper.treeToValue(CompactJson.restore(stored.deepCopy()), type);
		}
		catch (RuntimeException | LinkageError ex) {
			if (this.warned.compareAndSet(false, true)) {
				logger
					.warn("A stored {} cannot be read ({}) and counts as absent. Check whether a class was renamed or "
							+ "is not allowed by a SecurityJsonCustomizer. The users concerned have to log in again. "
							+ "(Said once.)", kind(stored, type), reason(ex));
			}
			return null;
		}
	}

	/** As what it was stored, as far as the JSON says. */
	private static String kind(JsonNode stored, Class<?> type) {
		String name = CompactJson.name(stored.isArray() ? stored.path(0) : stored.path(CompactJson.CLASS));
		return (name != null) ? shown(name) : type.getSimpleName();
	}

}
