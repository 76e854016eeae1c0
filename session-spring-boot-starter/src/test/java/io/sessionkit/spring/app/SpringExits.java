package io.sessionkit.spring.app;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The ways out that Spring Web MVC offers, those that end where they begin.
 */
@Controller
@RequestMapping("/exit/spring")
@SuppressWarnings("DoNotCallSuggester") // handlers that always throw
public final class SpringExits {

	static final ExecutorService EXECUTOR = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "exit");
		thread.setDaemon(true);
		return thread;
	});

	public static List<Exit> exits() {
		String there = "Location: /there";
		return List.of(exit("nothing", 200, ""), exit("nothing", 200, "").by("HEAD"), exit("status", 202, ""),
				exit("redirect-view-name", 302, "").with(there), exit("redirect-view-303", 303, "").with(there),
				exit("created", 201, "").with(there), exit("no-content", 204, ""), exit("not-modified", 304, ""),
				exit("etag", 304, "").with("ETag: \"1\""), exit("text", 200, "text"),
				exit("text", 200, "").by("HEAD").with("Content-Length: 4"), exit("json", 200, "{\"a\":[1]}"),
				exit("large", 200, Endings.LARGE), exit("resource", 200, Endings.LARGE),
				exit("entity", 203, "entity").with("X-Own: yes"), exit("view", 200, "view"),
				exit("forward", 200, "text"), exit("forward-servlet", 200, "text"), exit("forward-no-content", 204, ""),
				exit("handled", 409, "handled"), exit("not-found", 404, null), exit("status-exception", 409, null),
				exit("unknown/path", 404, null), exit("text", 405, null).by("DELETE"),
				exit("text", 200, "").by("OPTIONS").with("Allow: GET,HEAD,OPTIONS"));
	}

	private static Exit exit(String name, int status, String body) {
		return Exit.of("/exit/spring/" + name, status, body);
	}

	@GetMapping("nothing")
	void nothing(HttpServletResponse response) {
		// Who takes the response answers by it, here with nothing.
	}

	@GetMapping("status")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@ResponseBody
	void status() {
		// The status is all.
	}

	@GetMapping("redirect-view-name")
	String redirectViewName() {
		return "redirect:/there";
	}

	@GetMapping("redirect-view-303")
	View redirectView303() {
		RedirectView view = new RedirectView("/there");
		view.setStatusCode(HttpStatus.SEE_OTHER);
		return view;
	}

	@GetMapping("created")
	ResponseEntity<Void> created() {
		return ResponseEntity.created(URI.create("/there")).build();
	}

	@GetMapping("no-content")
	ResponseEntity<Void> noContent() {
		return ResponseEntity.noContent().build();
	}

	@GetMapping("not-modified")
	ResponseEntity<String> notModified() {
		return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
	}

	@GetMapping("etag")
	@ResponseBody
	String etag(WebRequest request, HttpServletResponse response) {
		response.setHeader("ETag", "\"1\"");
		return request.checkNotModified(0) ? null : notModifiedWithoutCondition(response);
	}

	private static String notModifiedWithoutCondition(HttpServletResponse response) {
		response.setStatus(304);
		return null;
	}

	@GetMapping("text")
	@ResponseBody
	String text() {
		return "text";
	}

	@GetMapping("json")
	@ResponseBody
	Map<String, List<Integer>> json() {
		return Map.of("a", List.of(1));
	}

	@GetMapping("large")
	@ResponseBody
	byte[] large() {
		return Endings.LARGE.getBytes(US_ASCII);
	}

	@GetMapping("resource")
	@ResponseBody
	Resource resource() {
		return new ByteArrayResource(Endings.LARGE.getBytes(US_ASCII));
	}

	@GetMapping("entity")
	ResponseEntity<String> entity() {
		return ResponseEntity.status(203).header("X-Own", "yes").body("entity");
	}

	@GetMapping("view")
	View view() {
		return (model, request, response) -> response.getWriter().print("view");
	}

	@GetMapping("forward")
	String forward() {
		return "forward:/exit/spring/text";
	}

	@GetMapping("forward-servlet")
	String forwardToServlet() {
		return "forward:/exit/body/writer-print";
	}

	@GetMapping("forward-no-content")
	String forwardToNothing() {
		return "forward:/exit/spring/no-content";
	}

	@GetMapping("handled")
	String handled() {
		throw new UnsupportedOperationException("handled below");
	}

	@GetMapping("not-found")
	String notFound() {
		throw new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

	@GetMapping("status-exception")
	String statusException() {
		throw new TakenException();
	}

	@ExceptionHandler
	ResponseEntity<String> handle(UnsupportedOperationException ex) {
		return ResponseEntity.status(HttpStatus.CONFLICT).body("handled");
	}

	@ResponseStatus(code = HttpStatus.CONFLICT, reason = "taken")
	private static final class TakenException extends RuntimeException {

	}

}
