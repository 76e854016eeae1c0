package io.sessionkit.spring.app;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The ways out that Spring Web MVC offers, those that end in another thread.
 */
@RestController
@RequestMapping("/exit/spring-async")
public final class SpringAsyncExits {

	public static List<Exit> exits() {
		return List.of(exit("callable", 200, "text"), exit("callable-empty", 204, ""),
				exit("callable-handled", 409, "handled"), exit("task", 200, "text"), exit("deferred", 200, "text"),
				exit("deferred-at-once", 200, "text"), exit("deferred-handled", 409, "handled"),
				exit("sse", 200, "data:one\n\ndata:two\n\n").with("Content-Type: text/event-stream"),
				exit("sse-empty", 200, ""), exit("emitter", 200, "onetwo"), exit("streaming", 200, Endings.LARGE),
				exit("streaming-flush", 200, "onetwo"), exit("streaming-empty", 200, ""));
	}

	private static Exit exit(String name, int status, String body) {
		return Exit.of("/exit/spring-async/" + name, status, body);
	}

	@GetMapping("callable")
	Callable<String> callable() {
		return () -> "text";
	}

	@GetMapping("callable-empty")
	Callable<ResponseEntity<Void>> callableEmpty() {
		return () -> ResponseEntity.noContent().build();
	}

	@GetMapping("callable-handled")
	Callable<String> callableHandled() {
		return () -> {
			throw new UnsupportedOperationException("handled below");
		};
	}

	@GetMapping("task")
	WebAsyncTask<String> task() {
		return new WebAsyncTask<>(10_000L, () -> "text");
	}

	@GetMapping("deferred")
	DeferredResult<String> deferred() {
		DeferredResult<String> result = new DeferredResult<>();
		SpringExits.EXECUTOR.execute(() -> result.setResult("text"));
		return result;
	}

	@GetMapping("deferred-at-once")
	DeferredResult<String> deferredAtOnce() {
		DeferredResult<String> result = new DeferredResult<>();
		result.setResult("text");
		return result;
	}

	@GetMapping("deferred-handled")
	DeferredResult<String> deferredHandled() {
		DeferredResult<String> result = new DeferredResult<>();
		SpringExits.EXECUTOR.execute(() -> result.setErrorResult(new UnsupportedOperationException("handled below")));
		return result;
	}

	@GetMapping(path = "sse", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter sse() {
		SseEmitter emitter = new SseEmitter();
		emit(emitter, "one", "two");
		return emitter;
	}

	@GetMapping("sse-empty")
	SseEmitter sseEmpty() {
		SseEmitter emitter = new SseEmitter();
		emit(emitter);
		return emitter;
	}

	@GetMapping("emitter")
	ResponseBodyEmitter emitter() {
		ResponseBodyEmitter emitter = new ResponseBodyEmitter();
		emit(emitter, "one", "two");
		return emitter;
	}

	private static void emit(ResponseBodyEmitter emitter, String... parts) {
		SpringExits.EXECUTOR.execute(() -> {
			try {
				for (String part : parts) {
					emitter.send(part);
				}
				emitter.complete();
			}
			catch (IOException ex) {
				emitter.completeWithError(ex);
			}
		});
	}

	@GetMapping("streaming")
	StreamingResponseBody streaming() {
		return (stream) -> stream.write(Endings.LARGE.getBytes(US_ASCII));
	}

	@GetMapping("streaming-flush")
	StreamingResponseBody streamingFlush() {
		return (stream) -> {
			stream.flush();
			stream.write("one".getBytes(US_ASCII));
			stream.flush();
			stream.write("two".getBytes(US_ASCII));
		};
	}

	@GetMapping("streaming-empty")
	StreamingResponseBody streamingEmpty() {
		return (stream) -> {
		};
	}

	@ExceptionHandler
	ResponseEntity<String> handle(UnsupportedOperationException ex) {
		return ResponseEntity.status(409).body("handled");
	}

}
