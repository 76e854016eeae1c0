package io.sessionkit.spring.web;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ObjectUtils;
import org.springframework.validation.AbstractBindingResult;
import org.springframework.validation.AbstractPropertyBindingResult;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.MapBindingResult;
import org.springframework.validation.ObjectError;

/**
 * Converts a {@link BindingResult} to JSON and back: its errors with codes, arguments,
 * rejected values and default messages. The form itself is a separate attribute.
 */
final class StoredErrors {

	private static final String OBJECT = "object";

	private static final String ERRORS = "errors";

	private static final String FIELD = "field";

	private static final String CODES = "codes";

	private static final String ARGUMENTS = "arguments";

	private static final String MESSAGE = "message";

	private static final String FIXED = "fixed";

	private static final String REJECTED = "rejected";

	private static final String UNBOUND = "unbound";

	private final JsonValues values;

	StoredErrors(JsonValues values) {
		this.values = values;
	}

	static String objectName(Map<?, ?> stored) {
		return String.valueOf(stored.get(OBJECT));
	}

	Map<String, @Nullable Object> write(Errors errors) {
		List<Object> list = new ArrayList<>();
		for (ObjectError error : errors.getAllErrors()) {
			Map<String, @Nullable Object> stored = resolvable(error);
			if (!error.shouldRenderDefaultMessage()) {
				stored.put(FIXED, true);
			}
			if (error instanceof FieldError field) {
				stored.put(FIELD, field.getField());
				// Under the name of the form, since visitors can make up names of fields.
				stored.put(REJECTED, this.values.write(errors.getObjectName(), field.getRejectedValue()));
				stored.put(UNBOUND, field.isBindingFailure());
			}
			list.add(stored);
		}
		Map<String, @Nullable Object> stored = new LinkedHashMap<>();
		stored.put(OBJECT, errors.getObjectName());
		stored.put(ERRORS, list);
		return stored;
	}

	private static Map<String, @Nullable Object> resolvable(MessageSourceResolvable message) {
		Map<String, @Nullable Object> stored = new LinkedHashMap<>();
		stored.put(CODES, (message.getCodes() != null) ? List.of(message.getCodes()) : List.of());
		stored.put(ARGUMENTS, argument(message.getArguments()));
		stored.put(MESSAGE, message.getDefaultMessage());
		return stored;
	}

	/** Arguments other than texts, numbers and lists of them are stored as text. */
	private static @Nullable Object argument(@Nullable Object argument) {
		if (argument == null || argument instanceof Number || argument instanceof Boolean) {
			return argument;
		}
		if (argument instanceof MessageSourceResolvable message) {
			return resolvable(message);
		}
		if (ObjectUtils.isArray(argument)) {
			return Arrays.stream(ObjectUtils.toObjectArray(argument)).map(StoredErrors::argument).toList();
		}
		return (argument instanceof Collection<?> arguments) ? arguments.stream().map(StoredErrors::argument).toList()
				: argument.toString();
	}

	/**
	 * Restores the errors.
	 * @param target the form; {@code null} if it was not stored or is unknown
	 * @param conversion formats fields without errors
	 */
	BindingResult read(Map<?, ?> stored, @Nullable Object target, @Nullable ConversionService conversion) {
		AbstractBindingResult errors = (target == null || target instanceof Map<?, ?>)
				? new MapBindingResult((target instanceof Map<?, ?> map) ? map : Map.of(), objectName(stored))
				: new BeanPropertyBindingResult(target, objectName(stored));
		if (conversion != null && errors instanceof AbstractPropertyBindingResult properties) {
			properties.initConversion(conversion);
		}
		if (stored.get(ERRORS) instanceof Collection<?> list) {
			list.forEach((error) -> {
				if (error instanceof Map<?, ?> map) {
					errors.addError(error(map, errors));
				}
			});
		}
		return errors;
	}

	private ObjectError error(Map<?, ?> stored, AbstractBindingResult errors) {
		boolean fixed = Boolean.TRUE.equals(stored.get(FIXED));
		String message = text(stored.get(MESSAGE));
		if (stored.get(FIELD) instanceof String field) {
			boolean unbound = Boolean.TRUE.equals(stored.get(UNBOUND));
			Object rejected = stored.get(REJECTED);
			Type type = unbound ? null : type(errors, field);
			return new StoredFieldError(errors.getObjectName(), field,
					(type != null) ? this.values.read(errors.getObjectName(), rejected, type) : rejected, unbound,
					codes(stored), arguments(stored), message, fixed);
		}
		return new StoredObjectError(errors.getObjectName(), codes(stored), arguments(stored), message, fixed);
	}

	/** A value that was bound is formatted with the type of its property. */
	private static @Nullable Type type(AbstractBindingResult errors, String field) {
		if (!(errors instanceof BeanPropertyBindingResult properties)) {
			return null;
		}
		try {
			TypeDescriptor type = properties.getPropertyAccessor().getPropertyTypeDescriptor(field);
			return (type != null) ? type.getResolvableType().getType() : null;
		}
		catch (BeansException ex) {
			return null;
		}
	}

	private static String[] codes(Map<?, ?> stored) {
		return (stored.get(CODES) instanceof Collection<?> codes)
				? codes.stream().map(String::valueOf).toArray(String[]::new) : new String[0];
	}

	private static Object @Nullable [] arguments(Map<?, ?> stored) {
		return (stored.get(ARGUMENTS) instanceof Collection<?> arguments) ? restored(arguments) : null;
	}

	private static @Nullable Object[] restored(Collection<?> arguments) {
		return arguments.stream().map(StoredErrors::restored).toArray();
	}

	private static @Nullable Object restored(@Nullable Object argument) {
		if (argument instanceof Map<?, ?> message) {
			return new DefaultMessageSourceResolvable(codes(message), arguments(message), text(message.get(MESSAGE)));
		}
		return (argument instanceof Collection<?> arguments) ? restored(arguments) : argument;
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

	/** A message of Bean Validation is complete and must not be formatted again. */
	private static final class StoredFieldError extends FieldError {

		private final boolean fixed;

		StoredFieldError(String objectName, String field, @Nullable Object rejectedValue, boolean bindingFailure,
				String[] codes, Object @Nullable [] arguments, @Nullable String defaultMessage, boolean fixed) {
			super(objectName, field, rejectedValue, bindingFailure, codes, arguments, defaultMessage);
			this.fixed = fixed;
		}

		@Override
		public boolean shouldRenderDefaultMessage() {
			return !this.fixed;
		}

	}

	/** A message of Bean Validation is complete and must not be formatted again. */
	private static final class StoredObjectError extends ObjectError {

		private final boolean fixed;

		StoredObjectError(String objectName, String[] codes, Object @Nullable [] arguments,
				@Nullable String defaultMessage, boolean fixed) {
			super(objectName, codes, arguments, defaultMessage);
			this.fixed = fixed;
		}

		@Override
		public boolean shouldRenderDefaultMessage() {
			return !this.fixed;
		}

	}

}
