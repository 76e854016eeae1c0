package io.sessionkit.spring.web;

/**
 * What becomes of code that makes the servlet container open a session of its own, with
 * its own cookie, by {@code request.getSession()}. Looking for one with
 * {@code getSession(false)} makes none and is always fine.
 */
public enum ContainerSession {

	/** It is opened, and one WARN names the code. */
	WARN,

	/** It is not: the code gets an {@link IllegalStateException}. */
	REFUSE,

	/** It is opened. */
	ALLOW

}
