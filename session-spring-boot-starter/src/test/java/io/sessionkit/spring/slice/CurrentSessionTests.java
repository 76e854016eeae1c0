package io.sessionkit.spring.slice;

import java.util.Map;

import io.sessionkit.spring.web.CurrentSession;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.request.RequestContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The session outside controllers.
 */
class CurrentSessionTests extends SliceTest {

	@Autowired
	CurrentSession current;

	@Test
	void aServiceHasTheSessionOfTheRequest() {
		MvcTestResult result = get("/advised/service");
		assertThat(result).bodyText().isEqualTo("pen true");
		assertThat(session(after(result)).get("last")).isEqualTo("pen");
	}

	@Test
	void aThreadThatHandlesNoRequestHasNone() {
		RequestContextHolder.resetRequestAttributes(); // the test framework sets some
		assertThatIllegalStateException().isThrownBy(this.current::get)
			.withMessageContaining("does not handle a request")
			.withMessageContaining("pass it on");
	}

	@Test
	void aCallableOfTheRequestHasItToo() {
		assertThat(get("/advised/callable", cookie(Map.of("user", "Ann")))).bodyText().isEqualTo("Ann");
	}

	@Test
	void anotherThreadOfTheRequestHasNone() {
		assertThat(get("/advised/thread")).bodyText().startsWith("This thread does not handle a request");
	}

	@Test
	void aRequestThatDidNotPassTheFilterHasNone() {
		assertThatIllegalStateException().isThrownBy(() -> CurrentSession.of(new MockHttpServletRequest()))
			.withMessageContaining("did not pass the SessionFilter");
	}

}
