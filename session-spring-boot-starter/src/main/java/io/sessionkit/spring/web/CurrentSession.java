package io.sessionkit.spring.web;

import io.sessionkit.Session;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Provides the session of the current request to code outside of controllers, such as
 * services, interceptors and controller advice. A bean of this type is auto-configured.
 */
public final class CurrentSession {

	/**
	 * Returns the session of the request that the current thread handles.
	 * @return the session, the same instance for the whole request
	 * @throws IllegalStateException if the current thread does not handle a request, or
	 * the request did not pass the {@link SessionFilter}
	 */
	public Session get() {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			return of(attributes.getRequest());
		}
		throw new IllegalStateException(
				"This thread does not handle a request, so there is no current session; get the "
						+ "session where the request is handled and pass it on");
	}

	/**
	 * Whether the session of a request has been used. This method itself does not use it.
	 * @param request the request
	 * @return {@code true} if the session was used; {@code false} also if the request did
	 * not pass the {@link SessionFilter}
	 */
	public static boolean isUsed(HttpServletRequest request) {
		RequestSession session = RequestSession.find(request);
		return session != null && session.isUsed();
	}

	/**
	 * Returns the session of a request.
	 * @param request the request
	 * @return the session, the same instance for the whole request
	 * @throws IllegalStateException if the request did not pass the {@link SessionFilter}
	 */
	public static Session of(HttpServletRequest request) {
		return RequestSession.of(request).get();
	}

	/**
	 * Returns the session of a request if the request passed the {@link SessionFilter}.
	 * @param request the request
	 * @return the session, the same instance for the whole request; {@code null} if the
	 * request did not pass the {@link SessionFilter}
	 */
	public static @Nullable Session find(HttpServletRequest request) {
		RequestSession session = RequestSession.find(request);
		return (session != null) ? session.get() : null;
	}

}
