package io.sessionkit.spring.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches where the store has records of a peer by {@code sessionkit.wire}, or where it
 * has our own: those of the sealed wire, and of a revocation in any.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnSharedStoreCondition.class)
@interface ConditionalOnSharedStore {

	/** Whether it is to be shared. */
	boolean value();

}
