package io.sessionkit.spring.web;

import io.sessionkit.Session;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The session of the current request, for code that is no controller: a service, an
 * interceptor, an advice. A bean of this type is auto-configured.
 */
public final class CurrentSession {

	/**
	 * The session of the request that this thread handles.
	 * @return the session, the same instance for the whole request
	 * @throws IllegalStateException if this thread handles no request, or the request did
	 * not pass the {@link SessionFilter}
	 */
	public Session get() {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			return of(attributes.getRequest());
		}
		throw new IllegalStateException("This thread handles no request, so there is no current session; take the "
				+ "session where the request is handled and hand it on");
	}

	/**
	 * The session of a request.
	 * @param request the request
	 * @return the session, the same instance for the whole request
	 * @throws IllegalStateException if the request did not pass the {@link SessionFilter}
	 */
	public static Session of(HttpServletRequest request) {
		return RequestSession.of(request).get();
	}

}
