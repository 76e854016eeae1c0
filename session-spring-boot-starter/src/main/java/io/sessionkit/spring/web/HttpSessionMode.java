package io.sessionkit.spring.web;

/**
 * What {@code request.getSession()} gives.
 */
public enum HttpSessionMode {

	/**
	 * The session of the request, the one that {@link io.sessionkit.Session} is: whatever
	 * keeps something in {@code HttpSession} keeps it there.
	 */
	ENABLED,

	/**
	 * The session of the servlet container, a second one with a cookie of its own, and
	 * one WARN names the code that opens the first. Spring Security keeps its login
	 * there.
	 */
	CONTAINER,

	/**
	 * None: the code that asks for one gets an {@link IllegalStateException}. To look for
	 * one with {@code getSession(false)} is fine, and finds none.
	 */
	REFUSE

}
