package io.sessionkit.storage.jdbc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@code DataSource} bean that keeps the sessions, where there are several.
 * Without a mark the primary one does.
 *
 * <p>
 * It says which database. Sessions open a {@link SessionPoolDataSource} of their own to
 * it where it is a pool of HikariCP; {@code sessionkit.jdbc.pool.shared=true} makes them
 * use the marked one itself.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface SessionDataSource {

}
