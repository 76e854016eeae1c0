package io.sessionkit.spring.web;

import io.sessionkit.Session;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

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
	 * Says that the session of a request may still be changed by a template that is being
	 * written. What is written to the response's writer from now on is held back until it
	 * is flushed or ends a line with {@code println}, until it is more than 65536
	 * characters, or until all is written; the session is committed right before it
	 * leaves. Costs nothing else, and reads nothing; does nothing where the request did
	 * not pass the {@link SessionFilter}.
	 * @param request the request
	 */
	public static void holdBack(HttpServletRequest request) {
		RequestSession session = RequestSession.find(request);
		if (session != null) {
			session.holdBack();
		}
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

	/**
	 * The session of a request, if it has one.
	 * @param request the request
	 * @return the session, the same instance for the whole request; {@code null} if the
	 * request did not pass the {@link SessionFilter}
	 */
	public static @Nullable Session find(HttpServletRequest request) {
		RequestSession session = RequestSession.find(request);
		return (session != null) ? session.get() : null;
	}

}
