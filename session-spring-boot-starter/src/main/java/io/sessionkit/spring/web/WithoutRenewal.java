package io.sessionkit.spring.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.sessionkit.Session;

/**
 * On a controller or one of its methods: its requests do not keep the session alive, as
 * {@link Session#withoutRenewal()} describes. For paths that no controller serves there
 * is the property {@code sessionkit.paths-without-renewal}.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface WithoutRenewal {

}
