package io.sessionkit.spring.web;

import java.util.Collections;
import java.util.Enumeration;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a session that has expired: which it was.
 */
record ExpiredHttpSession(String handle, ServletContext servletContext) implements HttpSession {

	@Override
	public String getId() {
		return this.handle;
	}

	@Override
	public ServletContext getServletContext() {
		return this.servletContext;
	}

	@Override
	public @Nullable Object getAttribute(String name) {
		return null;
	}

	@Override
	public Enumeration<String> getAttributeNames() {
		return Collections.emptyEnumeration();
	}

	@Override
	public void removeAttribute(String name) {
	}

	@Override
	public int getMaxInactiveInterval() {
		return 0;
	}

	@Override
	public long getCreationTime() {
		throw expired();
	}

	@Override
	public long getLastAccessedTime() {
		throw expired();
	}

	@Override
	public boolean isNew() {
		throw expired();
	}

	@Override
	public void setAttribute(String name, @Nullable Object value) {
		throw expired();
	}

	@Override
	public void setMaxInactiveInterval(int interval) {
		throw expired();
	}

	@Override
	public void invalidate() {
		throw expired();
	}

	private static IllegalStateException expired() {
		return new IllegalStateException("The session has expired; all that is known of it is its id");
	}

}
