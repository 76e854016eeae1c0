package io.sessionkit;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Keeps the names of classes out of stored JSON: types that are annotated to write theirs
 * are refused, and nothing is ever made because JSON names it.
 */
final class NoClassNames extends NopAnnotationIntrospector {

	private static final long serialVersionUID = 1L;

	private NoClassNames() {
	}

	/**
	 * Builds a mapper with the ban.
	 * @throws IllegalArgumentException if it has default typing
	 */
	static JsonMapper build(JsonMapper.Builder builder) {
		JsonMapper mapper = builder
			.annotationIntrospector(AnnotationIntrospector.pair(new NoClassNames(), builder.annotationIntrospector()))
			.polymorphicTypeValidator(new Denial())
			.build();
		if (mapper.serializationConfig().getDefaultTyper(mapper.constructType(Object.class)) != null) {
			throw new IllegalArgumentException("The customizer activates default typing, which writes the names of "
					+ "classes into sessions; take it out, and annotate types with @JsonTypeInfo(use = NAME) instead");
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
