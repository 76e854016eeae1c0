package io.sessionkit.spring.autoconfigure;

import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;

import io.sessionkit.Session;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.web.servlet.IServletWebExchange;
import org.thymeleaf.web.servlet.IServletWebSession;

/**
 * The values of our session, without flash, and beside them the attributes of the
 * container's. Neither is made by a template.
 *
 * @param exchange has the container's
 * @param request has ours
 */
record TemplateSession(IServletWebExchange exchange, HttpServletRequest request) implements IServletWebSession {

	@Override
	public boolean exists() {
		return getAttributeNames().hasMoreElements();
	}

	@Override
	public Enumeration<String> getAttributeNames() {
		Session session = CurrentSession.find(this.request);
		Set<String> names = new LinkedHashSet<>((session != null) ? session.keys() : Set.of());
		IServletWebSession containers = this.exchange.getSession();
		if (containers.exists()) {
			names.addAll(containers.getAllAttributeNames());
		}
		return Collections.enumeration(names);
	}

	/** As plain JSON: a map has the properties of an object. */
	@Override
	public @Nullable Object getAttributeValue(String name) {
		Session session = CurrentSession.find(this.request);
		if (session != null && session.keys().contains(name)) {
			return session.get(name);
		}
		IServletWebSession containers = this.exchange.getSession();
		return containers.exists() ? containers.getAttributeValue(name) : null;
	}

	@Override
	public void setAttributeValue(String name, @Nullable Object value) {
		throw new UnsupportedOperationException("A template does not change the session; do it in the controller");
	}

	@Override
	public @Nullable Object getNativeSessionObject() {
		return this.exchange.getSession().getNativeSessionObject();
	}

}
