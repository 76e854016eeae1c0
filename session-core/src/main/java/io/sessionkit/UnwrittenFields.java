package io.sessionkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.util.NameTransformer;

/**
 * Finds what JSON cannot show: a field without a getter is never written, so that an
 * object and its copy have the same JSON although one lacks what the other has. Of the
 * few classes that have such fields it takes down the objects, in the order in which they
 * are written.
 */
final class UnwrittenFields extends ValueSerializerModifier {

	private static final long serialVersionUID = 1L;

	/** The attribute of a writer, a list, that the objects are taken down in. */
	static final Object SEEN = new Object();

	/** An object that was written, but for these fields. */
	record Seen(Object object, List<Field> fields) {
	}

	@Override
	public List<BeanPropertyWriter> changeProperties(SerializationConfig config, BeanDescription.Supplier description,
			List<BeanPropertyWriter> properties) {
		List<Field> fields = properties.isEmpty() ? List.of() : unwritten(description.get(), properties);
		if (fields.isEmpty()) {
			return properties;
		}
		List<BeanPropertyWriter> changed = new ArrayList<>(properties);
		changed.add(new Witness(properties.get(0), fields));
		return changed;
	}

	private static List<Field> unwritten(BeanDescription description, List<BeanPropertyWriter> properties) {
		Set<String> known = new HashSet<>(description.getIgnoredPropertyNames());
		properties.forEach((property) -> known.add(property.getName()));
		for (BeanPropertyDefinition definition : description.findProperties()) {
			if (known.contains(definition.getName()) || definition.isExplicitlyIncluded()) {
				known.add(definition.getInternalName());
			}
		}
		Set<Object> members = new HashSet<>();
		properties.forEach((property) -> members.add(property.getMember().getMember()));
		List<Field> fields = new ArrayList<>();
		for (Class<?> type = description.getBeanClass(); isOfApplication(type); type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (isState(field) && !known.contains(field.getName()) && !members.contains(field)
						&& field.trySetAccessible()) {
					fields.add(field);
				}
			}
		}
		return fields;
	}

	private static boolean isOfApplication(@Nullable Class<?> type) {
		return type != null && !type.getName().startsWith("java.") && !type.getName().startsWith("kotlin.");
	}

	/** Not what is transient, annotated for Jackson, or made by a compiler. */
	private static boolean isState(Field field) {
		if (Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers()) || field.isSynthetic()
				|| field.getName().indexOf('$') >= 0) {
			return false;
		}
		for (Annotation annotation : field.getAnnotations()) {
			if (annotation.annotationType().getName().startsWith("com.fasterxml.jackson.annotation.")) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Finds a field whose content the copies lack. An object that says by its own
	 * {@code equals} that it equals its copy lacks nothing.
	 * @param sameJson compares what does not define {@code equals}
	 */
	static @Nullable Field lost(List<Seen> objects, List<Seen> copies, BiPredicate<Object, Object> sameJson) {
		for (int i = 0; i < Math.min(objects.size(), copies.size()); i++) {
			Object object = objects.get(i).object();
			Object copy = copies.get(i).object();
			if (object.getClass() == copy.getClass() && !object.equals(copy)) {
				for (Field field : objects.get(i).fields()) {
					Object value = get(field, object);
					Object copied = get(field, copy);
					if (value != null && !Objects.equals(value, copied)
							&& (copied == null || !sameJson.test(value, copied))) {
						return field;
					}
				}
			}
		}
		return null;
	}

	private static @Nullable Object get(Field field, Object object) {
		try {
			return field.get(object);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Writes nothing. */
	private static final class Witness extends BeanPropertyWriter {

		private static final long serialVersionUID = 1L;

		private final transient List<Field> fields;

		Witness(BeanPropertyWriter any, List<Field> fields) {
			super(any);
			this.fields = fields;
		}

		@Override
		public BeanPropertyWriter rename(NameTransformer transformer) {
			return this;
		}

		@Override
		@SuppressWarnings("unchecked") // nobody else knows the attribute
		public void serializeAsProperty(Object bean, JsonGenerator generator, SerializationContext context) {
			List<Seen> seen = (List<Seen>) context.getAttribute(SEEN);
			if (seen != null) {
				seen.add(new Seen(bean, this.fields));
			}
		}

		@Override
		public void serializeAsElement(Object bean, JsonGenerator generator, SerializationContext context) {
			serializeAsProperty(bean, generator, context);
		}

		@Override
		public void serializeAsOmittedProperty(Object bean, JsonGenerator generator, SerializationContext context) {
			// Writes nothing anyway.
		}

		@Override
		public void serializeAsOmittedElement(Object bean, JsonGenerator generator, SerializationContext context) {
			// Writes nothing anyway.
		}

	}

}
