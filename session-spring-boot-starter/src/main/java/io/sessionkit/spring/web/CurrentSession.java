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
	 * Whether something has asked for the session of a request. Asks for nothing itself.
	 * @param request the request
	 * @return {@code false} also if the request did not pass the {@link SessionFilter}
	 */
	public static boolean isUsed(HttpServletRequest request) {
		RequestSession session = RequestSession.find(request);
		return session != null && session.isUsed();
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
