package io.sessionkit.storage.dynamodb;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@code DynamoDbClient} bean that sessions use, if there are several. Without
 * this annotation the primary one is used.
 *
 * <p>
 * The annotation also allows sessions to have a client of their own, with shorter
 * timeouts than the rest of the application needs.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface SessionDynamoDbClient {

}
