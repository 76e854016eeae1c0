package io.sessionkit.spring.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.ValueConstants;

/**
 * Binds a parameter of a controller method to a value of the session. If there is no such
 * value, it binds the flash attribute of that name, which this consumes.
 *
 * <p>
 * The value is converted from JSON to the type of the parameter, including generics. If
 * the value is absent or does not fit the type, a parameter that is {@code Optional},
 * {@code @Nullable} or Kotlin's {@code T?} is empty. For any other parameter a
 * {@link MissingSessionValueException} is thrown, which results in a 400 response.
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
	 * The name in the session. If it is empty, the name of the parameter is used.
	 * @return the name
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * Whether an absent value is an error.
	 * @return {@code true} by default
	 */
	boolean required() default true;

	/**
	 * The value to use if the value is absent, converted by the
	 * {@code ConversionService}. With a default value the parameter is not required.
	 * @return the default value, none by default
	 */
	String defaultValue() default ValueConstants.DEFAULT_NONE;

}
