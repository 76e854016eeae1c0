package io.sessionkit.spring.security;

import java.util.function.Supplier;

import io.sessionkit.SessionStorageException;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Lets a logout proceed if the store cannot be read. Otherwise the logout would fail when
 * it asks for the user, before it destroys the session.
 */
final class TolerantSecurityContextHolderStrategy implements SecurityContextHolderStrategy {

	private final SecurityContextHolderStrategy contexts;

	TolerantSecurityContextHolderStrategy(SecurityContextHolderStrategy contexts) {
		this.contexts = contexts;
	}

	@Override
	public SecurityContext getContext() {
		try {
			return this.contexts.getContext();
		}
		catch (SessionStorageException ex) {
			return this.contexts.createEmptyContext();
		}
	}

	@Override
	public void clearContext() {
		this.contexts.clearContext();
	}

	@Override
	public void setContext(SecurityContext context) {
		this.contexts.setContext(context);
	}

	@Override
	public Supplier<SecurityContext> getDeferredContext() {
		return this.contexts.getDeferredContext();
	}

	@Override
	public void setDeferredContext(Supplier<SecurityContext> deferredContext) {
		this.contexts.setDeferredContext(deferredContext);
	}

	@Override
	public SecurityContext createEmptyContext() {
		return this.contexts.createEmptyContext();
	}

}
