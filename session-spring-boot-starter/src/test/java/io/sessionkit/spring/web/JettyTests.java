package io.sessionkit.spring.web;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;

import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where Jetty differs from Tomcat: a real one, with the filter and servlets alone.
 */
class JettyTests {

	private static final Server SERVER = new Server();

	private static final ServerConnector CONNECTOR = new ServerConnector(SERVER);

	@BeforeAll
	static void start() throws Exception {
		SERVER.addConnector(CONNECTOR);
		ServletContextHandler context = new ServletContextHandler("/");
		SessionFilter filter = new SessionFilter(SessionStorage.inCookie(
				SessionCookie.builder("__session").encryptedWith("a secret of at least thirty-two bytes").build()));
		FilterHolder holder = new FilterHolder(filter);
		holder.setAsyncSupported(true);
		context.addFilter(holder, "/*", EnumSet.complementOf(EnumSet.of(DispatcherType.INCLUDE)));
		context.addServlet(new ServletHolder(new Endings()), "/*");
		ErrorPageErrorHandler errors = new ErrorPageErrorHandler(); // as Spring Boot has
																	// one
		errors.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, "/error-page");
		context.setErrorHandler(errors);
		SERVER.setHandler(context);
		SERVER.start();
	}

	@AfterAll
	static void stop() throws Exception {
		SERVER.stop();
	}

	private static HttpResponse<String> get(String path) throws Exception {
		URI uri = URI.create("http://localhost:" + CONNECTOR.getLocalPort() + path);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	@Test
	void aPageHasItsCookie() throws Exception {
		HttpResponse<String> answer = get("/page");
		assertThat(answer.body()).isEqualTo("text");
		assertThat(answer.headers().allValues("Set-Cookie")).singleElement().asString().startsWith("__session=s1.");
		assertThat(answer.headers().allValues("Vary")).containsExactly("Cookie");
	}

	@Test
	void anErrorKeepsTheCookieAndVariesByIt() throws Exception {
		HttpResponse<String> answer = get("/error");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).isEqualTo("error page");
		assertThat(answer.headers().allValues("Set-Cookie")).singleElement().asString().startsWith("__session=s1.");
		assertThat(answer.headers().allValues("Vary")).containsExactly("Cookie");
		assertThat(answer.headers().allValues("Cache-Control").toString()).contains("no-store");
	}

	@Test
	void anUpgradeCommitsTheSessionFirst() throws Exception {
		try (Socket socket = new Socket("localhost", CONNECTOR.getLocalPort())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write("GET /upgrade HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"
					.getBytes(ISO_8859_1));
			StringBuilder answer = new StringBuilder();
			while (answer.indexOf("\r\n\r\n") < 0) {
				int next = socket.getInputStream().read();
				assertThat(next).as(answer.toString()).isNotNegative();
				answer.append((char) next);
			}
			assertThat(answer.toString()).startsWith("HTTP/1.1 101").containsOnlyOnce("Set-Cookie: __session=s1.");
		}
	}

	private static final class Endings extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response)
				throws IOException, ServletException {
			if (request.getDispatcherType() == DispatcherType.ERROR) {
				response.getWriter().print("error page");
				return;
			}
			CurrentSession.of(request).set("user", "42");
			switch (request.getRequestURI()) {
				case "/error" -> response.sendError(404);
				case "/upgrade" -> {
					response.setStatus(101);
					response.setHeader("Connection", "Upgrade");
					response.setHeader("Upgrade", "echo");
					request.upgrade(Closing.class);
				}
				default -> response.getWriter().print("text");
			}
		}

	}

	/** Ends the connection at once. */
	public static final class Closing implements HttpUpgradeHandler {

		@Override
		public void init(WebConnection connection) {
			try {
				connection.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void destroy() {
		}

	}

}
