package io.sessionkit.spring.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches where the properties name this store, for the sessions themselves or for the
 * revocation of sessions in cookies.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnSessionStoreCondition.class)
@interface ConditionalOnSessionStore {

	/** The store. */
	SessionKitProperties.Storage value();

}
