package io.sessionkit.spring.web;

import java.io.IOException;
import java.util.List;

import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.WebUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Provides each request with its session, which is read when it is first used, and saves
 * it once, right before the first byte of the response. Requests that do not use their
 * session cause no access to the store.
 *
 * <p>
 * The filter has to be registered for REQUEST, FORWARD, ASYNC and ERROR dispatches, as
 * the auto-configuration does. All dispatches of a request share one session, and an
 * ERROR dispatch sees it after it was saved. If an exception leaves the filter, the
 * changes of the request are discarded, except for a logout and a new id. A
 * {@link SessionStorageException} becomes a 503 response.
 */
public final class SessionFilter implements Filter {

	/**
	 * The order of the filter: after {@code ForwardedHeaderFilter}, and before every
	 * filter that may use a session.
	 */
	public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 50;

	private final SessionStorage storage;

	private final SessionHeaders headers = new SessionHeaders();

	private final HttpSessions httpSessions;

	private final SessionTransport transport;

	private final List<PathPattern> withoutRenewal;

	/**
	 * Creates a filter that also provides the session as {@code HttpSession}. Every path
	 * extends the idle timeout of sessions.
	 * @param storage the storage of the sessions
	 */
	public SessionFilter(SessionStorage storage) {
		this(storage, HttpSessions.enabled());
	}

	/**
	 * Creates a filter. Every path extends the idle timeout of sessions.
	 * @param storage the storage of the sessions
	 * @param httpSessions the settings for {@code HttpSession}
	 */
	public SessionFilter(SessionStorage storage, HttpSessions httpSessions) {
		this(storage, httpSessions, SessionTransport.cookie(), List.of());
	}

	/**
	 * Creates a filter.
	 * @param storage the storage of the sessions
	 * @param httpSessions the settings for {@code HttpSession}
	 * @param transport how sessions are transported between client and server
	 * @param withoutRenewal patterns of paths within the application, such as
	 * {@code /status/**}, that do not extend the idle timeout of sessions, see
	 * {@link io.sessionkit.Session#withoutRenewal()}
	 * @throws org.springframework.web.util.pattern.PatternParseException if a pattern is
	 * not valid
	 */
	public SessionFilter(SessionStorage storage, HttpSessions httpSessions, SessionTransport transport,
			List<String> withoutRenewal) {
		this.storage = storage;
		this.httpSessions = httpSessions;
		this.transport = transport;
		this.withoutRenewal = withoutRenewal.stream().map(PathPatternParser.defaultInstance::parse).toList();
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse) {
			doFilter(httpRequest, httpResponse, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		RequestSession session = RequestSession.find(request);
		boolean error = request.getDispatcherType() == DispatcherType.ERROR;
		if (session == null || (error && !session.isUsed())) {
			session = new RequestSession(this.storage, this.httpSessions, this.headers, this.transport, request);
			session.bind();
			if (isWithoutRenewal(request)) {
				session.withoutRenewal();
			}
		}
		else if (error) {
			session.commitAfterFailure(response); // after a timeout the session is not
													// saved yet
			session.addHeaders(response); // Jetty clears them
		}
		else if (request.getDispatcherType() == DispatcherType.FORWARD) {
			forward(request, response, chain, session);
			return;
		}
		SessionResponse intercepted = WebUtils.getNativeResponse(response, SessionResponse.class);
		if (intercepted != null) {
			run(request, response, chain, session);
		}
		else {
			SessionResponse answer = new SessionResponse(response, session);
			SessionRequest wrapped = new SessionRequest(request, answer, session, this.httpSessions);
			session.serve(wrapped);
			run(wrapped, answer, chain, session);
		}
	}

	private boolean isWithoutRenewal(HttpServletRequest request) {
		if (this.withoutRenewal.isEmpty()) {
			return false;
		}
		PathContainer path = RequestPath.parse(request.getRequestURI(), request.getContextPath())
			.pathWithinApplication();
		return this.withoutRenewal.stream().anyMatch((pattern) -> pattern.matches(path));
	}

	/** The container closes the response after a forward, even if it is empty. */
	private static void forward(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
			RequestSession session) throws IOException, ServletException {
		chain.doFilter(request, response);
		if (!request.isAsyncStarted()) {
			end(response, session);
		}
	}

	private static void run(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
			RequestSession session) throws IOException, ServletException {
		try {
			chain.doFilter(request, response);
			if (!request.isAsyncStarted()) {
				end(response, session);
			}
		}
		catch (IOException | ServletException | RuntimeException | Error ex) {
			SessionResponse intercepted = WebUtils.getNativeResponse(response, SessionResponse.class);
			if (intercepted != null) {
				intercepted.forgetEnd();
			}
			session.commitAfterFailure(response);
			if (response.isCommitted() || !SessionFailure.answer(response, ex)) {
				throw ex;
			}
		}
	}

	private static void end(HttpServletResponse response, RequestSession session) {
		SessionResponse intercepted = WebUtils.getNativeResponse(response, SessionResponse.class);
		if (intercepted != null) {
			intercepted.release();
		}
		else {
			session.commit(response);
		}
	}

}
