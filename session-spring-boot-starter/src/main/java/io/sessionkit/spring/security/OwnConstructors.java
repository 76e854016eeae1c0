package io.sessionkit.spring.security;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.bean.BeanDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.security.core.userdetails.User;

/**
 * Lets a class of the application that extends one of Spring Security's be read by its
 * own constructor. It inherits the deserializer of its superclass, which would make one
 * of that of it.
 */
final class OwnConstructors extends JacksonAnnotationIntrospector {

	private static final long serialVersionUID = 1L;

	private static final String SPRING_SECURITY = "org.springframework.security.";

	@Override
	public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
		Object deserializer = super.findDeserializer(config, annotated);
		return (annotated instanceof AnnotatedClass owner && isOfSpringSecurity(deserializer)
				&& isInheriting(config, owner.getRawType())) ? null : deserializer;
	}

	private static boolean isOfSpringSecurity(@Nullable Object deserializer) {
		Class<?> type = (deserializer instanceof Class<?> named) ? named
				: (deserializer != null) ? deserializer.getClass() : Object.class;
		return type.getName().startsWith(SPRING_SECURITY);
	}

	/** Unless the class, or a mixin for it, says itself how it is read. */
	private static boolean isInheriting(MapperConfig<?> config, Class<?> type) {
		return !type.getName().startsWith(SPRING_SECURITY) && type.getDeclaredAnnotation(JsonDeserialize.class) == null
				&& config.findMixInClassFor(type) == null;
	}

	/** Returns what makes a {@link User} whose password was erased. */
	static JacksonModule erasedPasswords() {
		return new SimpleModule("sessionkit-users").setDeserializerModifier(new ValueDeserializerModifier() {

			private static final long serialVersionUID = 1L;

			@Override
			public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config,
					BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
				return (User.class.isAssignableFrom(description.getBeanClass())
						&& deserializer instanceof BeanDeserializer) ? new UserReader(deserializer) : deserializer;
			}

		});
	}

	/** The constructor of {@link User} does without everything but a password. */
	private static final class UserReader extends DelegatingDeserializer {

		private static final String PASSWORD = "password";

		UserReader(ValueDeserializer<?> delegate) {
			super(delegate);
		}

		@Override
		protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
			return new UserReader(delegate);
		}

		@Override
		public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
			JsonNode json = context.readTree(parser);
			boolean isErased = json.path(PASSWORD).isNull();
			if (isErased && json instanceof ObjectNode object) {
				object.put(PASSWORD, "");
			}
			try (JsonParser fields = json.traverse(context)) {
				fields.nextToken();
				Object user = super.deserialize(fields, context);
				if (isErased && user instanceof User erased) {
					erased.eraseCredentials();
				}
				return user;
			}
		}

	}

}
