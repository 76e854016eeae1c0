package io.sessionkit.spring.security;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Allows classes of the application in the stored security context, above all its own
 * {@code UserDetails}: {@code (json, types) -> types.allowIfSubType(ShopUser.class)}.
 * Beans of this type are applied in their order, before Spring Security's own modules.
 * Classes that are not allowed are never instantiated, whatever the stored JSON contains.
 */
@FunctionalInterface
public interface SecurityJsonCustomizer {

	/**
	 * Customizes the mapper for the security context, which is not used for anything
	 * else.
	 * @param json the builder of the mapper, for instance for modules and mixins
	 * @param types the allow-list of classes
	 */
	void customize(JsonMapper.Builder json, BasicPolymorphicTypeValidator.Builder types);

}
