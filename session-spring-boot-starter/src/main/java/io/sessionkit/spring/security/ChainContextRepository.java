package io.sessionkit.spring.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.DelegatingSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * The repository of one filter chain: the session's, behind it the request's, which takes
 * HTTP Basic to the error page. A chain that turns out to be stateless keeps the latter
 * only.
 */
final class ChainContextRepository implements SecurityContextRepository {

	private final SecurityContextRepository requests = new RequestAttributeSecurityContextRepository();

	private volatile SecurityContextRepository delegate;

	private volatile boolean stateless;

	ChainContextRepository(SecurityContextRepository sessions) {
		this.delegate = new DelegatingSecurityContextRepository(sessions, this.requests);
	}

	void becomeStateless() {
		this.delegate = this.requests;
		this.stateless = true;
	}

	boolean isStateless() {
		return this.stateless;
	}

	@Override
	public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
		return this.delegate.loadDeferredContext(request);
	}

	@Override
	@Deprecated
	@SuppressWarnings({ "deprecation", "InlineMeSuggester" }) // Spring Security still
																// demands it
	public SecurityContext loadContext(
			org.springframework.security.web.context.HttpRequestResponseHolder requestResponseHolder) {
		return this.delegate.loadContext(requestResponseHolder);
	}

	@Override
	public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
		this.delegate.saveContext(context, request, response);
	}

	@Override
	public boolean containsContext(HttpServletRequest request) {
		return this.delegate.containsContext(request);
	}

}
