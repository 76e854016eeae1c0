package io.sessionkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.BeanDeserializerBuilder;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.impl.SetterlessProperty;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.DelegatingSerializer;

/**
 * Makes Jackson handle the type of a value even if Jackson would take it for granted. The
 * type is recorded beside the JSON.
 */
final class AskedForTypes {

	private AskedForTypes() {
	}

	/** Also covers values that Jackson writes without handling their type. */
	static final class NothingIsImplied extends ValueSerializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueSerializer<?> modifySerializer(SerializationConfig config, BeanDescription.Supplier description,
				ValueSerializer<?> serializer) {
			boolean isSo = description.getBeanClass() == Double.class || description.getType().isReferenceType()
					|| !knowsTypes(serializer);
			return isSo ? new AskingSerializer(serializer) : serializer;
		}

		private static boolean knowsTypes(ValueSerializer<?> serializer) {
			return Stream.of(serializer.getClass().getMethods())
				.anyMatch((method) -> method.getName().equals("serializeWithType")
						&& method.getDeclaringClass() != ValueSerializer.class);
		}

		private static final class AskingSerializer extends DelegatingSerializer {

			AskingSerializer(ValueSerializer<?> delegate) {
				super(delegate);
			}

			@Override
			protected ValueSerializer<Object> newDelegatingInstance(ValueSerializer<?> delegate) {
				return new AskingSerializer(delegate);
			}

			@Override
			public void serializeWithType(Object value, JsonGenerator generator, SerializationContext context,
					TypeSerializer types) {
				WritableTypeId typeId = types.writeTypePrefix(generator, context,
						types.typeId(value, JsonToken.VALUE_STRING));
				serialize(value, generator, context);
				types.writeTypeSuffix(generator, context, typeId);
			}

		}

	}

	/** Also covers values that Jackson reads without handling their type. */
	static final class NothingIsGuessed extends ValueDeserializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config,
				BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
			Class<?> type = description.getBeanClass();
			boolean isGuessed = type.isAssignableFrom(String.class) || type.isAssignableFrom(Integer.class)
					|| type.isAssignableFrom(Double.class) || type.isAssignableFrom(Boolean.class);
			return isGuessed && !description.getType().isFinal() ? new AskingDeserializer(deserializer) : deserializer;
		}

		/**
		 * A property without a setter keeps the class of the object that its getter
		 * returns.
		 */
		@Override
		public BeanDeserializerBuilder updateBuilder(DeserializationConfig config, BeanDescription.Supplier description,
				BeanDeserializerBuilder builder) {
			List<SettableBeanProperty> properties = new ArrayList<>();
			for (Iterator<SettableBeanProperty> all = builder.getProperties(); all.hasNext();) {
				properties.add(all.next());
			}
			for (SettableBeanProperty property : properties) {
				if (property instanceof SetterlessProperty && property.hasValueTypeDeserializer()) {
					for (BeanPropertyDefinition definition : description.get().findProperties()) {
						if (definition.getName().equals(property.getName())) {
							builder.addOrReplaceProperty(
									new SetterlessProperty(definition, property.getType().withTypeHandler(null), null,
											description.getClassAnnotations(), (AnnotatedMethod) property.getMember()),
									true);
						}
					}
				}
			}
			return builder;
		}

		private static final class AskingDeserializer extends DelegatingDeserializer {

			AskingDeserializer(ValueDeserializer<?> delegate) {
				super(delegate);
			}

			@Override
			protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
				return new AskingDeserializer(delegate);
			}

			@Override
			public @Nullable Object deserializeWithType(JsonParser parser, DeserializationContext context,
					TypeDeserializer types) {
				return types.deserializeTypedFromAny(parser, context);
			}

		}

	}

}
