package io.sessionkit.spring.web;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.MissingRequestValueException;

/**
 * A required {@link SessionValue} is not in the session: a 400 unless the application
 * maps it, for instance to its login page.
 */
public final class MissingSessionValueException extends MissingRequestValueException {

	private final String name;

	private final transient MethodParameter parameter;

	MissingSessionValueException(String name, MethodParameter parameter) {
		super("The session has no value '" + name + "' of type " + parameter.getNestedParameterType().getSimpleName());
		this.name = name;
		this.parameter = parameter;
	}

	/**
	 * What is missing.
	 * @return the name in the session
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Who asked for it.
	 * @return the controller method's parameter
	 */
	public MethodParameter getParameter() {
		return this.parameter;
	}

}
