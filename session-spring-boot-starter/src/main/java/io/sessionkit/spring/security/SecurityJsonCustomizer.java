package io.sessionkit.spring.security;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Lets classes of the application into the stored security context, above all its own
 * {@code UserDetails}: {@code (json, types) -> types.allowIfSubType(ShopUser.class)}.
 * Beans of this type are applied in their order, before Spring Security's own modules. Of
 * what nobody allows nothing is ever made, whatever the stored JSON names.
 */
@FunctionalInterface
public interface SecurityJsonCustomizer {

	/**
	 * Changes the mapper of the security context, which maps nothing else.
	 * @param json its builder, for modules and mixins
	 * @param types the allow-list of classes
	 */
	void customize(JsonMapper.Builder json, BasicPolymorphicTypeValidator.Builder types);

}
