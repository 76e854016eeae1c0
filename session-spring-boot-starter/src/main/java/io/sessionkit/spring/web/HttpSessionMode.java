package io.sessionkit.spring.web;

/**
 * Determines what {@code request.getSession()} returns.
 */
public enum HttpSessionMode {

	/**
	 * The session of SessionKit, with the same content as {@link io.sessionkit.Session}.
	 * Everything that is kept in {@code HttpSession} is stored there.
	 */
	ENABLED,

	/**
	 * The session of the servlet container, as a second session with a cookie of its own.
	 * One warning names the code that opens the first of them. Spring Security keeps the
	 * login there.
	 */
	CONTAINER,

	/**
	 * No session: {@code getSession()} throws an {@link IllegalStateException}.
	 * {@code getSession(false)} returns {@code null}.
	 */
	REFUSE

}
