package io.sessionkit.spring.web;

import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.validation.BindingResult;
import org.springframework.validation.Errors;

/**
 * Converts the attributes of a flash map to JSON and back. An attribute gets its original
 * class if {@link FlashTypes} allows its name, or else the type that the handler behind
 * the redirect declares. A {@link BindingResult} is restored for the form that is stored
 * with it.
 */
final class FlashAttributes {

	private static final String ATTRIBUTES = "attributes";

	private static final String TYPES = "types";

	private static final String ERRORS = "errors";

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.spring.web.JsonFlashMapManager");

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	private final FlashTypes types;

	private final Supplier<@Nullable ConversionService> conversion;

	FlashAttributes(FlashTypes types, Supplier<@Nullable ConversionService> conversion) {
		this.types = types;
		this.conversion = conversion;
	}

	Map<String, @Nullable Object> write(Map<String, Object> attributes, JsonValues json) {
		Map<String, @Nullable Object> plain = new LinkedHashMap<>();
		Map<String, String> names = new LinkedHashMap<>();
		Map<String, Object> errors = new LinkedHashMap<>();
		attributes.forEach((name, value) -> {
			if (value instanceof Errors result) {
				errors.put(name, new StoredErrors(json).write(result));
				return;
			}
			plain.put(name, json.write(name, value));
			String type = this.types.name(value);
			if (type != null) {
				names.put(name, type);
			}
		});
		Map<String, @Nullable Object> stored = new LinkedHashMap<>();
		stored.put(ATTRIBUTES, plain);
		stored.put(TYPES, names);
		stored.put(ERRORS, errors);
		return stored;
	}

	/**
	 * Restores the attributes.
	 * @param declared the types that the handler declares; {@code null} before the
	 * handler is known
	 */
	Map<String, @Nullable Object> read(Map<?, ?> stored, @Nullable Map<String, Type> declared, JsonValues json) {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		Map<?, ?> names = map(stored, TYPES);
		map(stored, ATTRIBUTES).forEach((key, value) -> {
			String name = key.toString();
			Object typeName = names.get(name);
			Type type = type(this.types.type((typeName != null) ? typeName.toString() : null),
					(declared != null) ? declared.get(name) : null);
			if (type == null && declared != null && FlashTypes.UNNAMED.equals(typeName)) {
				warn(name);
			}
			attributes.put(name, (type != null) ? json.read(name, value, type) : value);
		});
		map(stored, ERRORS).forEach((key, value) -> {
			if (value instanceof Map<?, ?> errors) {
				Object target = attributes.get(StoredErrors.objectName(errors));
				attributes.put(key.toString(), new StoredErrors(json).read(errors, target, this.conversion.get()));
			}
		});
		return attributes;
	}

	private static Map<?, ?> map(Map<?, ?> stored, String name) {
		return (stored.get(name) instanceof Map<?, ?> map) ? map : Map.of();
	}

	/** Returns the original type, unless the handler declares an incompatible one. */
	private static @Nullable Type type(@Nullable Type named, @Nullable Type declared) {
		if (named == null || declared == null) {
			return (declared != null) ? declared : named;
		}
		return ResolvableType.forType(declared).isAssignableFrom(ResolvableType.forType(named)) ? named : declared;
	}

	private void warn(String name) {
		if (this.warned.add(name)) {
			logger.warn("The flash attribute '{}' becomes a map: its class is in none of the application's packages, "
					+ "and the controller behind the redirect declares no type for it. Give it a @ModelAttribute "
					+ "parameter or method of that name, or add the package to @AutoConfigurationPackage. (Said once "
					+ "for this name.)", name);
		}
	}

}
