package io.sessionkit.spring.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches if the properties select this store, for sessions or for the revocation of
 * sessions in cookies.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnSessionStoreCondition.class)
@interface ConditionalOnSessionStore {

	/** The store. */
	SessionKitProperties.Storage value();

	/**
	 * What is missing if there is no strategy for the store, for the failure analysis.
	 */
	String missing() default "there is no strategy for it";

	/** What to do about it. */
	String remedy() default "Remove the exclusion of SessionKit's auto-configuration for it, or define a "
			+ "SessionIdStorageStrategy bean.";

}
