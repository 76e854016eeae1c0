package io.sessionkit.spring.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.sessionkit.Session;

/**
 * Marks a controller or a controller method whose requests do not extend the idle timeout
 * of the session, see {@link Session#withoutRenewal()}. For paths that are not handled by
 * a controller there is the property {@code sessionkit.paths-without-renewal}.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface WithoutRenewal {

}
