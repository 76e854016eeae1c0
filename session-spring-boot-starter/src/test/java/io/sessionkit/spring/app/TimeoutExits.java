package io.sessionkit.spring.app;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;

/**
 * Asynchronous responses that nobody ends in time. Tomcat looks once a second.
 */
@RestController
@RequestMapping("/exit/spring-timeout")
public final class TimeoutExits {

	private static final long TIMEOUT = 10;

	public static List<Exit> exits() {
		return List.of(exit("deferred", 200, "late"), exit("deferred-result", 200, "late"),
				exit("deferred-unhandled", 503, null), exit("task", 200, "late"));
	}

	private static Exit exit(String name, int status, String body) {
		return Exit.of("/exit/spring-timeout/" + name, status, body);
	}

	@GetMapping("deferred")
	DeferredResult<String> deferred() {
		return new DeferredResult<>(TIMEOUT, "late");
	}

	@GetMapping("deferred-result")
	DeferredResult<String> deferredResult() {
		DeferredResult<String> result = new DeferredResult<>(TIMEOUT);
		result.onTimeout(() -> result.setResult("late"));
		return result;
	}

	@GetMapping("deferred-unhandled")
	DeferredResult<String> deferredUnhandled() {
		return new DeferredResult<>(TIMEOUT);
	}

	@GetMapping("task")
	WebAsyncTask<String> task() {
		CompletableFuture<String> never = new CompletableFuture<>();
		WebAsyncTask<String> task = new WebAsyncTask<>(TIMEOUT, never::join);
		task.onCompletion(() -> never.complete("too late"));
		task.onTimeout(() -> "late");
		return task;
	}

	public static Endings servlet() {
		Endings servlet = new Endings("/exit/timeout");
		servlet.add("complete", 202, "", (request, response) -> {
			response.setStatus(202);
			onTimeout(request.startAsync(), (event) -> event.getAsyncContext().complete());
		});
		servlet.add("bytes", 200, "late", (request, response) -> onTimeout(request.startAsync(), (event) -> {
			event.getAsyncContext().getResponse().getWriter().print("late");
			event.getAsyncContext().complete();
		}));
		servlet.add("supplied-response", 200, "late",
				(request, response) -> onTimeout(request.startAsync(request, response), (event) -> {
					event.getSuppliedResponse().getWriter().print("late");
					event.getAsyncContext().complete();
				}));
		servlet.add("dispatch", 200, "text", (request, response) -> onTimeout(request.startAsync(),
				(event) -> event.getAsyncContext().dispatch("/exit/body/stream-print")));
		return servlet;
	}

	private static void onTimeout(AsyncContext async, Timeout timeout) {
		async.setTimeout(TIMEOUT);
		async.addListener(new AsyncListener() {

			@Override
			public void onTimeout(AsyncEvent event) {
				DispatchEndings.unchecked(() -> timeout.handle(event));
			}

			@Override
			public void onComplete(AsyncEvent event) {
				// Nothing to do.
			}

			@Override
			public void onError(AsyncEvent event) {
				// Nothing to do.
			}

			@Override
			public void onStartAsync(AsyncEvent event) {
				// Nothing to do.
			}

		});
	}

	@FunctionalInterface
	private interface Timeout {

		void handle(AsyncEvent event) throws Exception;

	}

}
