package io.sessionkit.spring.autoconfigure;

import java.security.Principal;
import java.util.Enumeration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.thymeleaf.web.servlet.IServletWebApplication;
import org.thymeleaf.web.servlet.IServletWebExchange;
import org.thymeleaf.web.servlet.IServletWebRequest;
import org.thymeleaf.web.servlet.IServletWebSession;

/**
 * An exchange with our session.
 *
 * @param exchange what has the rest
 * @param session ours
 */
record TemplateExchange(IServletWebExchange exchange, TemplateSession session) implements IServletWebExchange {

	@Override
	public IServletWebRequest getRequest() {
		return this.exchange.getRequest();
	}

	@Override
	public IServletWebSession getSession() {
		return this.session;
	}

	@Override
	public IServletWebApplication getApplication() {
		return this.exchange.getApplication();
	}

	@Override
	public @Nullable Principal getPrincipal() {
		return this.exchange.getPrincipal();
	}

	@Override
	public Locale getLocale() {
		return this.exchange.getLocale();
	}

	@Override
	public @Nullable String getContentType() {
		return this.exchange.getContentType();
	}

	@Override
	public @Nullable String getCharacterEncoding() {
		return this.exchange.getCharacterEncoding();
	}

	@Override
	public Enumeration<String> getAttributeNames() {
		return this.exchange.getAttributeNames();
	}

	@Override
	public @Nullable Object getAttributeValue(String name) {
		return this.exchange.getAttributeValue(name);
	}

	@Override
	public void setAttributeValue(String name, @Nullable Object value) {
		this.exchange.setAttributeValue(name, value);
	}

	@Override
	public String transformURL(String url) {
		return this.exchange.transformURL(url);
	}

	@Override
	public Object getNativeRequestObject() {
		return this.exchange.getNativeRequestObject();
	}

	@Override
	public Object getNativeResponseObject() {
		return this.exchange.getNativeResponseObject();
	}

}
