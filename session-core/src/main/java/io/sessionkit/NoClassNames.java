package io.sessionkit;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

/**
 * Keeps class names out of stored JSON. Types that are annotated to write class names are
 * refused, and no object is ever created because JSON names its class.
 */
final class NoClassNames extends NopAnnotationIntrospector {

	private static final long serialVersionUID = 1L;

	private NoClassNames() {
	}

	/**
	 * Builds a mapper with these restrictions.
	 * @throws IllegalArgumentException if it has default typing
	 */
	static JsonMapper build(JsonMapper.Builder builder) {
		JsonMapper mapper = builder
			.annotationIntrospector(AnnotationIntrospector.pair(new NoClassNames(), builder.annotationIntrospector()))
			.polymorphicTypeValidator(new Denial())
			.addModule(
					new SimpleModule("sessionkit-no-classes").addDeserializer(Class.class, new Refusal<>(Class.class))
						.addDeserializer(JavaType.class, new Refusal<>(JavaType.class))
						.addKeyDeserializer(Class.class, new KeyRefusal()))
			.build();
		if (mapper.serializationConfig().getDefaultTyper(mapper.constructType(Object.class)) != null) {
			throw new IllegalArgumentException("The customizer activates default typing, which writes the names of "
					+ "classes into sessions; remove it, and annotate types with @JsonTypeInfo(use = NAME) instead");
		}
		return mapper;
	}

	@Override
	public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
		JsonTypeInfo info = _findAnnotation(annotated, JsonTypeInfo.class);
		if (info != null && (info.use() == JsonTypeInfo.Id.CLASS || info.use() == JsonTypeInfo.Id.MINIMAL_CLASS)) {
			throw InvalidDefinitionException.from((JsonGenerator) null,
					annotated.getName() + " is annotated to write the name of a class; use a @JsonTypeInfo with NAME",
					annotated.getType());
		}
		return null;
	}

	private static void refuse(DeserializationContext context, Class<?> type) {
		context.reportBadDefinition(type, "a class cannot be kept; keep its name as text");
	}

	/**
	 * Replaces the deserializer of Jackson, which would load the class that a text names.
	 */
	private static final class Refusal<T> extends StdDeserializer<T> {

		Refusal(Class<T> type) {
			super(type);
		}

		@Override
		public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
			refuse(context, handledType());
			return null;
		}

	}

	private static final class KeyRefusal extends KeyDeserializer {

		@Override
		public @Nullable Object deserializeKey(String key, DeserializationContext context) {
			refuse(context, Class.class);
			return null;
		}

	}

	private static final class Denial extends PolymorphicTypeValidator {

		private static final long serialVersionUID = 1L;

		@Override
		public Validity validateBaseType(DatabindContext context, JavaType baseType) {
			return Validity.DENIED;
		}

		@Override
		public Validity validateSubClassName(DatabindContext context, JavaType baseType, String subClassName) {
			return Validity.DENIED;
		}

		@Override
		public Validity validateSubType(DatabindContext context, JavaType baseType, JavaType subType) {
			return Validity.DENIED;
		}

	}

}
