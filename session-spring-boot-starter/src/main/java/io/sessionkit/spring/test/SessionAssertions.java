package io.sessionkit.spring.test;

import io.sessionkit.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * What {@link TestSessions} adds for projects that have AssertJ.
 */
public final class SessionAssertions {

	private SessionAssertions() {
	}

	/**
	 * Begins assertions; to be imported beside AssertJ's own {@code assertThat}.
	 * @param actual the session, of {@link #session(MvcTestResult)} or any other
	 */
	public static SessionAssert assertThat(@Nullable Session actual) {
		return new SessionAssert(actual);
	}

	/**
	 * Returns the session that the browser has after an exchange of
	 * {@code MockMvcTester}, as {@link TestSessions#session(MvcResult)} does.
	 */
	public static Session session(MvcTestResult result) {
		return TestSessions.session(result.getMvcResult());
	}

}
