package io.sessionkit.spring.app;

import java.io.IOException;
import java.util.concurrent.Callable;

import io.sessionkit.Session;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Handlers that change the session and then fail.
 */
@RestController
@RequestMapping("/failing")
@SuppressWarnings("DoNotCallSuggester") // a handler that always throws
public final class FailingController {

	@GetMapping({ "runtime", "caught-runtime" })
	String runtime(Session session) {
		session.set("mark", "lost");
		throw new IllegalArgumentException("expected by the test");
	}

	@GetMapping("servlet")
	String servlet(Session session) throws ServletException {
		session.set("mark", "lost");
		throw new ServletException("expected by the test");
	}

	@GetMapping("io")
	String io(Session session) throws IOException {
		session.set("mark", "lost");
		throw new IOException("expected by the test");
	}

	@GetMapping("error")
	String error(Session session) {
		session.set("mark", "lost");
		throw new AssertionError("expected by the test");
	}

	@GetMapping("callable")
	Callable<String> callable(Session session) {
		session.set("mark", "lost");
		return () -> {
			throw new IllegalArgumentException("expected by the test");
		};
	}

	@GetMapping("deferred")
	DeferredResult<String> deferred(Session session) {
		session.set("mark", "lost");
		DeferredResult<String> result = new DeferredResult<>();
		result.setErrorResult(new IllegalArgumentException("expected by the test"));
		return result;
	}

	@GetMapping("time-out")
	void timeOut(Session session, HttpServletRequest request) {
		session.set("mark", "lost");
		request.startAsync().setTimeout(10);
	}

	@GetMapping({ "destroy", "caught-destroy" })
	String destroy(Session session) {
		session.set("mark", "lost");
		session.destroy();
		throw new IllegalArgumentException("expected by the test");
	}

	@GetMapping("regenerate")
	String regenerate(Session session) {
		session.set("mark", "lost");
		session.regenerateId();
		throw new IllegalArgumentException("expected by the test");
	}

	@GetMapping("after-a-byte")
	void afterByte(Session session, HttpServletResponse response) throws IOException {
		session.set("mark", "committed");
		response.getWriter().print("half a page");
		throw new IllegalArgumentException("expected by the test");
	}

	@GetMapping("unused")
	String unused() {
		throw new IllegalArgumentException("expected by the test");
	}

	@GetMapping("handled")
	String handled(Session session) {
		session.set("mark", "kept");
		throw new UnsupportedOperationException("handled below");
	}

	@ExceptionHandler
	String handle(UnsupportedOperationException ex, Session session) {
		session.set("handler", "too");
		return "handled";
	}

}
