package io.sessionkit.spring.security;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

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
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

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
		CLAIMS.forEach(types::allowIfSubType);
		types.allowIfSubType(OBJECT_CLAIM);
		JsonMapper.Builder builder = JsonMapper.builder(factory());
		customizers.forEach((customizer) -> customizer.customize(builder, types));
		this.mapper = builder.addModules(SecurityJacksonModules.getModules(classLoader, types))
			.addModules(passkeys(classLoader, types))
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
	 * Converts an object to JSON and verifies that it can be restored.
	 */
	<T> JsonNode write(T object, Class<T> type, String classes) {
		try {
			JsonNode json = CompactJson
				.compact(this.mapper.readTree(this.mapper.writerFor(type).writeValueAsBytes(object)));
			this.mapper.treeToValue(CompactJson.restore(json.deepCopy()), type);
			return json;
		}
		catch (RuntimeException ex) {
			// Has no cause, since the messages of Jackson quote values.
			throw new IllegalStateException(classes + " cannot be stored in the session: it cannot be restored from "
					+ "JSON (" + reason(ex) + "). Allow the application's own classes with a bean "
					+ "SecurityJsonCustomizer, (json, types) -> types.allowIfSubType(ShopUser.class), and make sure "
					+ "that Jackson can read them");
		}
	}

	/** Returns at most the name of a class, since other messages quote values. */
	private static String reason(Throwable ex) {
		return (ex instanceof InvalidTypeIdException type && type.getTypeId() != null)
				? shown(type.getTypeId()) + " is not allowed" : ex.getClass().getSimpleName();
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
							+ "(Said once.)", type.getSimpleName(), reason(ex));
			}
			return null;
		}
	}

}
