package io.sessionkit.spring.test;

import io.sessionkit.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * Complements {@link TestSessions} for projects that use AssertJ.
 */
public final class SessionAssertions {

	private SessionAssertions() {
	}

	/**
	 * Starts assertions. This method can be statically imported beside AssertJ's own
	 * {@code assertThat}.
	 * @param actual the session, for instance from {@link #session(MvcTestResult)}
	 * @return assertions for the session
	 */
	public static SessionAssert assertThat(@Nullable Session actual) {
		return new SessionAssert(actual);
	}

	/**
	 * Returns the session that the browser has after an exchange of
	 * {@code MockMvcTester}, like {@link TestSessions#session(MvcResult)}.
	 * @param result the result of the exchange
	 * @return the session
	 */
	public static Session session(MvcTestResult result) {
		return TestSessions.session(result.getMvcResult());
	}

}
