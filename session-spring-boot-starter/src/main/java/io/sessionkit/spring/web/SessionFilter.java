package io.sessionkit.spring.web;

import java.io.IOException;
import java.util.List;

import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.web.HttpSessions;
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
 * Gives each request its session, unread until somebody asks, and commits it once, right
 * before the first byte of the response. Reads and writes nothing for requests that never
 * ask.
 *
 * <p>
 * To be registered for REQUEST, FORWARD, ASYNC and ERROR dispatches, as the
 * auto-configuration does: one session serves them all, and an ERROR dispatch sees it
 * committed. An exception that leaves the filter discards the changes of its request,
 * while a destroy or a new id stands; a {@link SessionStorageException} becomes a 503.
 */
public final class SessionFilter implements Filter {

	/**
	 * After {@code ForwardedHeaderFilter}, before everything that may use a session.
	 */
	public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 50;

	private final SessionStorage storage;

	private final SessionHeaders headers = new SessionHeaders();

	private final HttpSessions httpSessions;

	private final SessionTransport transport;

	private final List<PathPattern> withoutRenewal;

	/**
	 * Creates a filter by which {@code HttpSession} is the session of the request.
	 * @param storage where the sessions come from
	 */
	public SessionFilter(SessionStorage storage) {
		this(storage, HttpSessions.enabled());
	}

	/**
	 * Creates a filter by which every path renews sessions.
	 * @param storage where the sessions come from
	 * @param httpSessions what {@code HttpSession} is
	 */
	public SessionFilter(SessionStorage storage, HttpSessions httpSessions) {
		this(storage, httpSessions, SessionTransport.cookie(), List.of());
	}

	/**
	 * Creates the filter.
	 * @param storage where the sessions come from
	 * @param httpSessions what {@code HttpSession} is
	 * @param transport how the session travels
	 * @param withoutRenewal which paths within the application do not keep a session
	 * alive, as {@link io.sessionkit.Session#withoutRenewal()} describes: patterns like
	 * {@code /status/**}
	 * @throws org.springframework.web.util.pattern.PatternParseException if one is no
	 * pattern
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
			session.commitAfterFailure(response); // a time-out gets here uncommitted
			session.addHeaders(response); // which Jetty clears
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

	/** The container closes the response after a forward, also without a byte. */
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
