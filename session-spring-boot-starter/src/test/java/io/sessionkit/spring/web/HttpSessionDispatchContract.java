package io.sessionkit.spring.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * What applications may count on in {@code HttpSession} in every dispatch of a real
 * container, as those do that were written for the container's own or for Spring Session.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HttpSessionDispatchContract {

	static final String ERROR_PAGE = "/error-page";

	private static final String SECRET = "a secret of at least thirty-two bytes";

	private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

	private final HttpClient client = HttpClient.newHttpClient();

	private @Nullable String cookie;

	private int port;

	/**
	 * Starts a container that passes everything to the filter and then to the servlet,
	 * with {@link #ERROR_PAGE} for all errors.
	 * @return its port
	 */
	abstract int start(SessionFilter filter, HttpServlet servlet, Path directory) throws Exception;

	abstract void stop() throws Exception;

	/** Whether the cookie holds the sessions. */
	abstract boolean isInCookie();

	@BeforeAll
	void startContainer(@TempDir Path directory) throws Exception {
		SessionCookie cookie = SessionCookie.builder("__session").encryptedWith(SECRET).build();
		SessionStorage storage = isInCookie() ? SessionStorage.inCookie(cookie)
				: SessionStorage.of(cookie, new MemoryStorageStrategy());
		this.port = start(new SessionFilter(storage), new Dispatching(this.handlers), directory);
	}

	@AfterAll
	void stopContainer() throws Exception {
		stop();
	}

	@BeforeEach
	void forget() {
		this.handlers.clear();
		this.cookie = null;
		on(ERROR_PAGE, (request, response) -> response.getWriter().print("error page"));
		on("/read", (request, response) -> {
			HttpSession session = request.getSession(false);
			response.getWriter().print((session != null) ? session.getAttribute("name") : "no session");
		});
	}

	void on(String path, Handler handler) {
		this.handlers.put(path, handler);
	}

	HttpResponse<String> send(String path) {
		HttpResponse<String> answer = exchange(path, this.cookie);
		List<String> sent = answer.headers().allValues("Set-Cookie");
		assertThat(sent).as("one cookie, and no JSESSIONID").hasSizeLessThan(2).allMatch((each) -> {
			String pair = each.substring(0, each.indexOf(';'));
			this.cookie = pair.endsWith("=") ? null : pair;
			return each.startsWith("__session=");
		});
		return answer;
	}

	private HttpResponse<String> exchange(String path, @Nullable String cookie) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
		if (cookie != null) {
			request.header("Cookie", cookie);
		}
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String read() {
		return send("/read").body();
	}

	@Test
	void aForwardSharesTheSession() {
		on("/from", (request, response) -> {
			request.getSession().setAttribute("name", "from");
			request.getRequestDispatcher("/to").forward(request, response);
		});
		on("/to", (request, response) -> {
			Object seen = request.getSession().getAttribute("name");
			request.getSession().setAttribute("name", seen + " to");
			response.getWriter().print("forwarded");
		});
		assertThat(send("/from").body()).isEqualTo("forwarded");
		assertThat(read()).isEqualTo("from to");
	}

	@Test
	void anIncludeCanBeginTheSession() {
		on("/page", (request, response) -> {
			response.getWriter().print("(");
			request.getRequestDispatcher("/part").include(request, response);
			response.getWriter().print(request.getSession(false).getAttribute("name") + ")");
		});
		on("/part", (request, response) -> {
			request.getSession().setAttribute("name", "part");
			response.getWriter().print("included ");
		});
		assertThat(send("/page").body()).isEqualTo("(included part)");
		assertThat(read()).isEqualTo("part");
	}

	@Test
	void anErrorPageSeesTheSessionOfItsRequest() {
		on("/missing", (request, response) -> {
			request.getSession().setAttribute("name", "kept");
			response.sendError(404);
		});
		on(ERROR_PAGE, (request, response) -> response.getWriter()
			.print("error for " + request.getSession(false).getAttribute("name")));
		HttpResponse<String> answer = send("/missing");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).isEqualTo("error for kept");
		assertThat(read()).isEqualTo("kept");
	}

	@Test
	void whatAFailedRequestChangedIsNotKept() {
		set("before");
		on("/fails", (request, response) -> {
			request.getSession().setAttribute("name", "never");
			throw new ServletException("on purpose");
		});
		assertThat(send("/fails").statusCode()).isEqualTo(500);
		assertThat(read()).isEqualTo("before");
	}

	private void set(String value) {
		on("/set", (request, response) -> request.getSession().setAttribute("name", value));
		send("/set");
	}

	@Test
	void anotherThreadMaySetAttributesUntilTheAsyncRequestIsComplete() {
		on("/async", (request, response) -> {
			AsyncContext context = request.startAsync();
			context.start(() -> {
				request.getSession().setAttribute("name", "from another thread");
				context.complete();
			});
		});
		send("/async");
		assertThat(read()).isEqualTo("from another thread");
	}

	@Test
	void anAsyncDispatchSharesTheSession() {
		on("/async", (request, response) -> {
			if (request.getDispatcherType() == DispatcherType.ASYNC) {
				response.getWriter().print(request.getSession(false).getAttribute("name"));
				return;
			}
			request.getSession().setAttribute("name", "dispatched");
			request.startAsync().dispatch();
		});
		assertThat(send("/async").body()).isEqualTo("dispatched");
		assertThat(read()).isEqualTo("dispatched");
	}

	@Test
	void noSessionBeginsOnceTheResponseHasLeft() {
		on("/late", (request, response) -> {
			response.getWriter().print("text");
			response.flushBuffer();
			assertThat(request.getSession(false)).isNull();
			assertThatIllegalStateException().isThrownBy(request::getSession);
		});
		assertThat(send("/late").statusCode()).isEqualTo(200);
	}

	@Test
	void aRedirectTakesTheSessionAlong() {
		on("/login", (request, response) -> {
			request.getSession().setAttribute("name", "early");
			response.sendRedirect("/read");
			request.getSession().setAttribute("name", "late");
		});
		assertThat(send("/login").statusCode()).isEqualTo(302);
		assertThat(read()).isEqualTo("late");
	}

	@Test
	void anEndedSessionThrowsAndAnotherMayBegin() {
		set("old");
		String before = this.cookie;
		on("/again", (request, response) -> {
			HttpSession old = request.getSession();
			old.invalidate();
			assertThatIllegalStateException().isThrownBy(() -> old.getAttribute("name"));
			assertThatIllegalStateException().isThrownBy(old::invalidate);
			assertThat(request.getSession(false)).isNull();
			HttpSession begun = request.getSession();
			assertThat(begun.isNew()).isTrue();
			assertThat(begun.getId()).isNotEqualTo(old.getId());
			begun.setAttribute("name", "new");
		});
		assertThat(send("/again").statusCode()).isEqualTo(200);
		assertThat(read()).isEqualTo("new");
		assertThat(exchange("/read", before).body()).isEqualTo("no session");
	}

	@Test
	void aNewIdKeepsTheAttributesAndEndsTheOldOne() {
		set("kept");
		String before = this.cookie;
		on("/change", (request, response) -> {
			String old = request.getSession().getId();
			assertThat(request.changeSessionId()).isNotEqualTo(old).isEqualTo(request.getSession().getId());
		});
		assertThat(send("/change").statusCode()).isEqualTo(200);
		assertThat(read()).isEqualTo("kept");
		assertThat(exchange("/read", before).body()).isEqualTo("no session");
	}

	@Test
	void anIdCannotBeChangedWithoutASession() {
		on("/change", (request, response) -> assertThatIllegalStateException().isThrownBy(request::changeSessionId));
		assertThat(send("/change").statusCode()).isEqualTo(200);
	}

	@Test
	void aRequestSaysWhichSessionItWants() {
		on("/ask",
				(request, response) -> response.getWriter()
					.print(request.getRequestedSessionId() + " " + request.isRequestedSessionIdValid() + " "
							+ request.isRequestedSessionIdFromCookie() + " " + request.isRequestedSessionIdFromURL()
							+ " " + response.encodeURL("/x")));
		assertThat(send("/ask").body()).isEqualTo("null false false false /x");
		set("here");
		on("/id", (request, response) -> response.getWriter().print(request.getSession().getId()));
		String id = send("/id").body();
		assertThat(send("/ask").body()).isEqualTo(id + " true true false /x");
		assertThat(this.cookie).doesNotContain(id);
		assertThat(exchange("/ask", "__session=anything").body()).endsWith(" false true false /x")
			.doesNotContain("anything");
	}

	@Test
	void theTimeoutOfASessionIsKept() {
		on("/set", (request, response) -> {
			request.getSession().setAttribute("name", "x");
			request.getSession().setMaxInactiveInterval(1234);
		});
		send("/set");
		on("/ask", (request, response) -> response.getWriter().print(request.getSession().getMaxInactiveInterval()));
		assertThat(send("/ask").body()).isEqualTo("1234");
	}

	@Test
	void concurrentRequestsOfOneSessionKeepEachOthersAttributes() throws Exception {
		assumeFalse(isInCookie(), "The browser keeps the cookie that came last");
		set("first");
		int requests = 8;
		CyclicBarrier together = new CyclicBarrier(requests);
		List<CompletableFuture<?>> running = new ArrayList<>();
		for (int i = 0; i < requests; i++) {
			String path = "/set" + i;
			on(path, (request, response) -> {
				HttpSession session = request.getSession();
				session.getAttribute("name");
				try {
					together.await(10, TimeUnit.SECONDS);
				}
				catch (Exception ex) {
					throw new ServletException(ex);
				}
				session.setAttribute(path, path);
			});
			running.add(CompletableFuture.supplyAsync(() -> exchange(path, this.cookie),
					(task) -> new Thread(task).start()));
		}
		CompletableFuture.allOf(running.toArray(new CompletableFuture<?>[0])).get(20, TimeUnit.SECONDS);
		on("/names",
				(request, response) -> request.getSession()
					.getAttributeNames()
					.asIterator()
					.forEachRemaining((name) -> assertThat(request.getSession().getAttribute(name)).isNotNull()));
		on("/count", (request, response) -> {
			int[] count = new int[1];
			request.getSession().getAttributeNames().asIterator().forEachRemaining((name) -> count[0]++);
			response.getWriter().print(count[0]);
		});
		assertThat(send("/names").statusCode()).isEqualTo(200);
		assertThat(send("/count").body()).isEqualTo(String.valueOf(requests + 1));
	}

	@FunctionalInterface
	interface Handler {

		void handle(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;

	}

	private static final class Dispatching extends HttpServlet {

		private final transient Map<String, Handler> handlers;

		Dispatching(Map<String, Handler> handlers) {
			this.handlers = handlers;
		}

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response)
				throws IOException, ServletException {
			Object included = request.getAttribute("jakarta.servlet.include.path_info");
			Handler handler = this.handlers.get((included != null) ? included : request.getPathInfo());
			if (handler != null) {
				handler.handle(request, response);
			}
		}

	}

}
