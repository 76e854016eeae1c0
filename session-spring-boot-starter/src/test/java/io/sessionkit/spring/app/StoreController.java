package io.sessionkit.spring.app;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.sessionkit.Session;
import io.sessionkit.SessionStorageException;
import io.sessionkit.SessionTooLargeException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.view.RedirectView;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Handlers that change the session, for stores that fail and cookies that overflow.
 */
@RestController
@RequestMapping("/store")
public final class StoreController {

	@GetMapping("redirect")
	RedirectView redirect(Session session) {
		session.set("mark", "new");
		return new RedirectView("/there");
	}

	@GetMapping("empty")
	void empty(Session session, HttpServletResponse response) {
		session.set("mark", "new");
		response.setStatus(204);
	}

	@GetMapping("large")
	String large(Session session) {
		session.set("mark", "new");
		return Endings.LARGE;
	}

	@GetMapping("json")
	int[] json(Session session) {
		session.set("mark", "new");
		return new int[20_000];
	}

	@GetMapping("error")
	void error(Session session, HttpServletResponse response) throws Exception {
		session.set("mark", "new");
		response.sendError(404);
	}

	@GetMapping("callable")
	Callable<String> callable(Session session) {
		session.set("mark", "new");
		return () -> "text";
	}

	@GetMapping("callable-reads")
	Callable<Object> callableReads(Session session) {
		return () -> session.get("mark");
	}

	@GetMapping("streaming")
	StreamingResponseBody streaming(Session session) {
		session.set("mark", "new");
		return (stream) -> stream.write(Endings.LARGE.getBytes(US_ASCII));
	}

	@GetMapping("async-complete")
	void asyncComplete(Session session, HttpServletRequest request) {
		session.set("mark", "new");
		AsyncContext async = request.startAsync();
		CompletableFuture<?> unused = CompletableFuture.runAsync(async::complete, SpringExits.EXECUTOR);
	}

	@GetMapping("fill")
	String fill(Session session, @RequestParam int bytes) {
		session.set("mark", "x".repeat(bytes));
		session.set("other", "small");
		return "x".repeat(bytes);
	}

	@GetMapping("fill-large")
	int[] fillLarge(Session session, @RequestParam int bytes) {
		fill(session, bytes);
		return new int[20_000];
	}

	/**
	 * The same with handlers for what goes wrong.
	 */
	@RestController
	@RequestMapping("/handled")
	public static final class WithHandlers {

		@GetMapping("read")
		String read(Session session) {
			return String.valueOf(session.get("mark"));
		}

		@GetMapping("write")
		String write(Session session) {
			session.set("mark", "new");
			return "a body that is longer than that of the handler";
		}

		@GetMapping("fill")
		String fill(Session session, @RequestParam int bytes) {
			session.set("mark", "x".repeat(bytes));
			session.set("other", "small");
			return "a body that is longer than that of the handler, since it goes on";
		}

		@ExceptionHandler
		ResponseEntity<String> handle(SessionStorageException ex) {
			return ResponseEntity.status(502).body("the application's own answer");
		}

		@ExceptionHandler
		ResponseEntity<String> handle(SessionTooLargeException ex) {
			return ResponseEntity.status(507).body(ex.size() + " " + ex.limit() + " " + ex.bytesPerKey().get("mark"));
		}

	}

}
