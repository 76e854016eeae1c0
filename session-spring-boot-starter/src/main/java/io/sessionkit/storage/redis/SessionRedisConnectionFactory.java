package io.sessionkit.storage.redis;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@code RedisConnectionFactory} bean that sessions use, if there are several
 * or if sessions are kept in another Redis than other data. It must be a Lettuce
 * connection factory. It is used as it is, so its own command timeout applies instead of
 * {@code sessionkit.timeout}.
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
public @interface SessionRedisConnectionFactory {

}
