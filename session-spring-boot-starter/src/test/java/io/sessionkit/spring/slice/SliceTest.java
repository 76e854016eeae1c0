package io.sessionkit.spring.slice;

import java.util.Map;
import java.util.function.Consumer;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import jakarta.servlet.http.Cookie;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * A slice test as a user writes it: nothing in it but {@code @WebMvcTest}.
 */
@WebMvcTest(properties = "names.user=userId")
abstract class SliceTest {

	@Autowired
	MockMvcTester mvc;

	@Autowired
	SessionStorage storage;

	Cookie cookie(Map<String, ?> values) {
		return cookie((session) -> values.forEach(session::set));
	}

	Cookie cookie(Consumer<Session> changes) {
		Session session = Session.create();
		changes.accept(session);
		return cookie(this.storage.commitSession(session));
	}

	static Cookie cookie(String setCookie) {
		return new Cookie("__Host-session", setCookie.substring("__Host-session=".length(), setCookie.indexOf(';')));
	}

	/** The cookie that comes back, or else the one that was sent. */
	static Cookie after(MvcTestResult result) {
		String setCookie = result.getResponse().getHeader("Set-Cookie");
		return (setCookie != null) ? cookie(setCookie) : result.getRequest().getCookies()[0];
	}

	Session session(Cookie cookie) {
		return this.storage.getSession("__Host-session=" + cookie.getValue());
	}

	MvcTestResult get(String path, Cookie cookie) {
		return this.mvc.get().uri(path).cookie(cookie).exchange();
	}

	MvcTestResult get(String path) {
		return this.mvc.get().uri(path).exchange();
	}

}
