package io.sessionkit.spring.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Responses that another resource or another thread ends.
 */
public final class DispatchEndings {

	private DispatchEndings() {
	}

	public static Endings servlet() {
		Endings servlet = new Endings("/exit/dispatch");
		forwards(servlet);
		includes(servlet);
		async(servlet);
		asyncBytes(servlet);
		return servlet;
	}

	private static void forwards(Endings servlet) {
		servlet.add("forward", 200, "text",
				(request, response) -> dispatcher(request, "/exit/body/stream-print").forward(request, response));
		servlet.add("forward-large", 200, Endings.LARGE,
				(request, response) -> dispatcher(request, "/exit/body/writer-large").forward(request, response));
		servlet.add("forward-empty", 200, "",
				(request, response) -> dispatcher(request, "/exit/header/empty").forward(request, response));
		servlet.add("forward-no-content", 204, "",
				(request, response) -> dispatcher(request, "/exit/header/no-content").forward(request, response));
		servlet.add("forward-forward-empty", 200, "",
				(request, response) -> dispatcher(request, "/exit/dispatch/forward-empty").forward(request, response));
		servlet.add(servlet.exit("forward-redirect", 302, "").with("Location: /there"),
				(request, response) -> dispatcher(request, "/exit/header/redirect").forward(request, response));
		servlet.add("forward-error", 404, null,
				(request, response) -> dispatcher(request, "/exit/header/error").forward(request, response));
		servlet.add("forward-static", 200, "static text",
				(request, response) -> dispatcher(request, "/static.txt").forward(request, response));
		servlet.add("forward-async", 200, "text",
				(request, response) -> dispatcher(request, "/exit/dispatch/async-dispatch").forward(request, response));
	}

	private static void includes(Endings servlet) {
		servlet.add("include", 200, "<text>", (request, response) -> {
			response.getOutputStream().print("<");
			dispatcher(request, "/exit/body/stream-print").include(request, response);
			response.getOutputStream().print(">");
		});
		servlet.add("include-first", 200, "text",
				(request, response) -> dispatcher(request, "/exit/body/writer-print").include(request, response));
		servlet.add("include-varying", 200, "text", (request, response) -> {
			response.setHeader("Vary", "Cookie");
			dispatcher(request, "/exit/body/writer-print").include(request, response);
		});
		servlet.add("include-flush", 200, "after",
				(request, response) -> dispatcher(request, "/exit/body/flush-buffer").include(request, response));
		servlet.add("include-empty", 200, "",
				(request, response) -> dispatcher(request, "/exit/header/empty").include(request, response));
		servlet.add("include-reset", 200, "half a pagenew",
				(request, response) -> dispatcher(request, "/exit/body/stream-reset").include(request, response));
		servlet.add("include-redirect", 200, "",
				(request, response) -> dispatcher(request, "/exit/header/redirect").include(request, response));
		servlet.add("include-forward", 200, "text",
				(request, response) -> dispatcher(request, "/exit/dispatch/forward").include(request, response));
	}

	private static void async(Endings servlet) {
		servlet.add("async-empty", 200, "", (request, response) -> request.startAsync().complete());
		servlet.add("async-empty-elsewhere", 202, "", (request, response) -> {
			response.setStatus(202);
			AsyncContext async = request.startAsync();
			elsewhere(async::complete);
		});
		servlet.add("async-empty-with-arguments", 200, "", (request, response) -> {
			AsyncContext async = request.startAsync(request, response);
			elsewhere(async::complete);
		});
		servlet.add("async-context-of-request", 200, "", (request, response) -> {
			request.startAsync();
			AsyncContext async = request.getAsyncContext();
			elsewhere(async::complete);
		});
		servlet.add("async-dispatch", 200, "text", (request, response) -> {
			AsyncContext async = request.startAsync();
			elsewhere(() -> async.dispatch("/exit/body/stream-print"));
		});
		servlet.add("async-dispatch-empty", 204, "", (request, response) -> {
			AsyncContext async = request.startAsync();
			elsewhere(() -> async.dispatch("/exit/header/no-content"));
		});
		servlet.add("async-dispatch-again", 200, "again", (request, response) -> {
			if (request.getDispatcherType() == DispatcherType.ASYNC) {
				response.getWriter().print("again");
			}
			else {
				AsyncContext async = request.startAsync();
				elsewhere(async::dispatch);
			}
		});
		servlet.add(servlet.exit("async-redirect", 302, "").with("Location: /there"), (request, response) -> {
			AsyncContext async = request.startAsync();
			async.start(() -> {
				unchecked(() -> response.sendRedirect("/there"));
				async.complete();
			});
		});
		servlet.add("async-error", 409, null, (request, response) -> {
			AsyncContext async = request.startAsync();
			elsewhere(() -> {
				unchecked(() -> response.sendError(409));
				async.complete();
			});
		});
	}

	private static void asyncBytes(Endings servlet) {
		servlet.add("async-bytes", 200, "bytes", (request, response) -> {
			AsyncContext async = request.startAsync();
			elsewhere(() -> {
				unchecked(() -> async.getResponse().getOutputStream().print("bytes"));
				async.complete();
			});
		});
		servlet.add("async-large", 200, Endings.LARGE, (request, response) -> {
			AsyncContext async = request.startAsync();
			async.start(() -> {
				unchecked(() -> response.getWriter().print(Endings.LARGE));
				async.complete();
			});
		});
		servlet.add("async-non-blocking", 200, "ready", (request, response) -> {
			AsyncContext async = request.startAsync();
			ServletOutputStream stream = response.getOutputStream();
			stream.setWriteListener(new WriteListener() {

				@Override
				public void onWritePossible() {
					if (stream.isReady()) {
						unchecked(() -> stream.print("ready"));
						async.complete();
					}
				}

				@Override
				public void onError(Throwable ex) {
					async.complete();
				}

			});
		});
	}

	private static jakarta.servlet.RequestDispatcher dispatcher(HttpServletRequest request, String path) {
		return request.getRequestDispatcher(path);
	}

	private static void elsewhere(Runnable task) {
		CompletableFuture.runAsync(task, ForkJoinPool.commonPool()).exceptionally((ex) -> {
			throw new AssertionError("An ending failed in its own thread", ex);
		});
	}

	static void unchecked(Action action) {
		try {
			action.run();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@FunctionalInterface
	interface Action {

		void run() throws Exception;

	}

}
