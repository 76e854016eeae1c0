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
 * Spring Security's objects as JSON: by its own modules, whose allow-list says what may
 * be made of it, within the limits that every value of a session has.
 */
public final class SecurityJson {

	static final int MAX_DEPTH = 62;

	private static final int MAX_BYTES = 1 << 20;

	private static final int MAX_NUMBER_LENGTH = 64;

	private static final int LONGEST_TYPE_ID = 128;

	/** Occur among the claims of an id token, and are not on Spring Security's list. */
	private static final List<Class<?>> CLAIMS = List.of(URL.class, Long.class, BigInteger.class, BigDecimal.class);

	private static final String PASSKEYS = "org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule";

	/** What Spring Security's JWT decoder makes of an object among them. */
	private static final String OBJECT_CLAIM = "com.nimbusds.jose.shaded.gson.internal.LinkedTreeMap";

	private static final Logger logger = LoggerFactory.getLogger(SecurityJson.class);

	private final AtomicBoolean warned = new AtomicBoolean();

	private final JsonMapper mapper;

	/**
	 * Creates the mapper.
	 * @param classLoader finds Spring Security's modules and the classes
	 * @param customizers let more classes in
	 */
	public SecurityJson(ClassLoader classLoader, List<SecurityJsonCustomizer> customizers) {
		BasicPolymorphicTypeValidator.Builder types = BasicPolymorphicTypeValidator.builder();
		CLAIMS.forEach(types::allowIfSubType);
		types.allowIfSubType(OBJECT_CLAIM);
		JsonMapper.Builder builder = JsonMapper.builder(factory());
		customizers.forEach((customizer) -> customizer.customize(builder, types));
		this.mapper = builder.addModules(SecurityJacksonModules.getModules(classLoader, types))
			.addModules(passkeys(classLoader, types))
			// As whole milliseconds, which any JSON reader keeps exactly.
			.disable(DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS,
					DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.build();
	}

	/** The module of passkeys, which Spring Security leaves out of those of sessions. */
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
	 * Turns an object into JSON and proves that the next request can read it.
	 */
	<T> JsonNode write(T object, Class<T> type, String classes) {
		try {
			JsonNode json = CompactJson
				.compact(this.mapper.readTree(this.mapper.writerFor(type).writeValueAsBytes(object)));
			this.mapper.treeToValue(CompactJson.restore(json.deepCopy()), type);
			return json;
		}
		catch (RuntimeException ex) {
			// No cause, since Jackson's messages quote values.
			throw new IllegalStateException(classes + " cannot be kept in the session: it does not come back from "
					+ "JSON (" + reason(ex) + "). Allow the application's own classes with a bean "
					+ "SecurityJsonCustomizer, (json, types) -> types.allowIfSubType(ShopUser.class), and see that "
					+ "Jackson can read them");
		}
	}

	/** The name of a class at most: other messages quote values. */
	private static String reason(Throwable ex) {
		return (ex instanceof InvalidTypeIdException type && type.getTypeId() != null)
				? shown(type.getTypeId()) + " is not allowed" : ex.getClass().getSimpleName();
	}

	/** The JSON says what it likes. */
	private static String shown(String typeId) {
		String cut = (typeId.length() > LONGEST_TYPE_ID) ? typeId.substring(0, LONGEST_TYPE_ID) + "..." : typeId;
		return cut.replaceAll("[^\\w.$\\[\\];<>,]", "?");
	}

	/**
	 * Reads an object.
	 * @return {@code null} where the JSON does not fit any more, or names what is not
	 * allowed
	 */
	<T> @Nullable T read(JsonNode stored, Class<T> type) {
		try {
			return this.mapper.treeToValue(CompactJson.restore(stored.deepCopy()), type);
		}
		catch (RuntimeException | LinkageError ex) {
			if (this.warned.compareAndSet(false, true)) {
				logger.warn("A stored {} cannot be read ({}) and counts as absent: was a class renamed, or is it not "
						+ "allowed by a SecurityJsonCustomizer? Such visitors have to log in again. (Said once.)",
						type.getSimpleName(), reason(ex));
			}
			return null;
		}
	}

}
