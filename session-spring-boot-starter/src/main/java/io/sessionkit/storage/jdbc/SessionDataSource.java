package io.sessionkit.storage.jdbc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@code DataSource} bean whose database keeps the sessions, if there are
 * several. Without this annotation the primary one is used.
 *
 * <p>
 * The annotation selects the database. If the bean is a HikariCP pool, sessions open a
 * {@link SessionPoolDataSource} of their own to the same database. To let them use the
 * marked pool itself, set {@code sessionkit.jdbc.pool.shared=true}.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface SessionDataSource {

}
