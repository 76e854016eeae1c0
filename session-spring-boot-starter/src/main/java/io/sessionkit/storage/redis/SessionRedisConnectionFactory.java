package io.sessionkit.storage.redis;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@code RedisConnectionFactory} bean that keeps the sessions, where there are
 * several of them, or where they are to be kept in another Redis than the rest. It is one
 * of Lettuce, and used as it is: its own command time-out counts, not
 * {@code sessionkit.timeout}.
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
public @interface SessionRedisConnectionFactory {

}
