package io.sessionkit.spring.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.ValueConstants;

/**
 * Binds a controller method's parameter to a value of the session, or where there is no
 * such value to a flash, which is consumed by that.
 *
 * <p>
 * The value is converted from its JSON to the parameter's type, generics included. Where
 * it is absent, or does not fit the type, a parameter that is {@code Optional},
 * {@code @Nullable} or Kotlin's {@code T?} is empty, any other one is a
 * {@link MissingSessionValueException}, which is a 400.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SessionValue {

	/**
	 * Alias for {@link #name()}.
	 * @return the name
	 */
	@AliasFor("name")
	String value() default "";

	/**
	 * The name in the session; empty for the parameter's own name.
	 * @return the name
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * Whether absence is an error.
	 * @return default: true
	 */
	boolean required() default true;

	/**
	 * What stands for an absent value, converted by the {@code ConversionService};
	 * implies that the value is not required.
	 * @return default: none
	 */
	String defaultValue() default ValueConstants.DEFAULT_NONE;

}
