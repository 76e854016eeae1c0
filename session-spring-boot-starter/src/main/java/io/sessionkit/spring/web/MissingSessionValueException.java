package io.sessionkit.spring.web;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.MissingRequestValueException;

/**
 * Thrown if the session has no value for a required {@link SessionValue} parameter. The
 * response has the status 400, unless the application handles the exception, for instance
 * with a redirect to its login page.
 */
public final class MissingSessionValueException extends MissingRequestValueException {

	/** The name in the session. */
	private final String name;

	private final transient MethodParameter parameter;

	MissingSessionValueException(String name, MethodParameter parameter) {
		super("The session has no value '" + name + "' of type " + parameter.getNestedParameterType().getSimpleName());
		this.name = name;
		this.parameter = parameter;
	}

	/**
	 * Returns the name of the missing value.
	 * @return the name in the session
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Returns the parameter that requires the value.
	 * @return the parameter of the controller method
	 */
	public MethodParameter getParameter() {
		return this.parameter;
	}

}
