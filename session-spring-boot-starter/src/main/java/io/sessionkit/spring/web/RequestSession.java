package io.sessionkit.spring.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionAbsence;
import io.sessionkit.SessionChangeListener;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of one request in all its dispatches. It is created when it is first used,
 * and saved once.
 */
final class RequestSession {

	private static final String ATTRIBUTE = RequestSession.class.getName();

	/** The requested id if the cookie is not one of ours. */
	private static final String UNREADABLE = "unreadable";

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.spring.web.SessionFilter");

	private final SessionStorage storage;

	private final HttpSessions httpSessions;

	private final SessionHeaders headers;

	private final SessionTransport transport;

	private final HttpServletRequest request;

	/** A second thread waits until the headers of the saved session are set. */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean committed;

	private boolean opening;

	private boolean withoutRenewal;

	private boolean cookieSent;

	private @Nullable HttpServletResponse response;

	private @Nullable Session session;

	/**
	 * The session that came with the request, if it has ended and a new one was begun.
	 */
	private @Nullable Session former;

	private @Nullable SessionHttpSession httpSession;

	private boolean begun;

	private boolean rendering;

	private @Nullable HttpServletRequest shown;

	private @Nullable String brought;

	private @Nullable String setCookie;

	private final List<Runnable> beforeCommit = new ArrayList<>(0);

	private final List<Runnable> beforeEnd = new ArrayList<>(0);

	RequestSession(SessionStorage storage, HttpSessions httpSessions, SessionHeaders headers,
			SessionTransport transport, HttpServletRequest request) {
		this.storage = storage;
		this.httpSessions = httpSessions;
		this.headers = headers;
		this.transport = transport;
		this.request = request;
	}

	static RequestSession of(ServletRequest request) {
		RequestSession session = find(request);
		if (session == null) {
			throw new IllegalStateException(
					"The request did not pass the SessionFilter; in a test, add the filter to MockMvc");
		}
		return session;
	}

	static @Nullable RequestSession find(ServletRequest request) {
		return (RequestSession) request.getAttribute(ATTRIBUTE);
	}

	/** Sets the request as the application sees it. */
	void serve(HttpServletRequest shown) {
		this.shown = shown;
	}

	void bind() {
		this.request.setAttribute(ATTRIBUTE, this);
	}

	Session get() {
		this.lock.lock();
		try {
			if (this.session == null) {
				this.session = open();
				if (this.response != null) {
					this.storage.commitIfNeeded(this.session); // only finalizes it
					addHeaders(this.response);
				}
			}
			return this.session;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Session open() {
		if (this.opening) {
			throw new IllegalStateException(
					"The session of the request is still being opened, so a listener cannot " + "use it yet");
		}
		this.opening = true;
		try {
			String cookies = cookieHeader();
			this.brought = cookies;
			if (this.headers.isWatching() && !isByHeader() && !this.storage.hasCookie(cookies)) {
				this.headers.missing(this.request);
			}
			return prepared(this.storage.getSession(cookies));
		}
		finally {
			this.opening = false;
		}
	}

	private Session prepared(Session opened) {
		if (this.withoutRenewal) {
			opened.withoutRenewal();
		}
		if (keepsFlash()) {
			opened.keepFlash();
		}
		if (this.httpSessions.isEnabled()) {
			LibraryAttributes.of(opened).listener(new Telling(opened));
		}
		return opened;
	}

	/** Passes on to listeners of the Servlet API what is done by any other. */
	private final class Telling implements SessionChangeListener {

		private final Session session;

		Telling(Session session) {
			this.session = session;
		}

		@Override
		public void destroying() {
			tellDestroyed(this.session);
		}

		@Override
		public @Nullable Runnable changingId() {
			return listeners().isEmpty() ? null : view(this.session).changingId();
		}

		@Override
		public @Nullable Runnable changing(String name, boolean typed) {
			return (typed || listeners().hasAttributeListeners()) ? view(this.session).changing(name) : null;
		}

		@Override
		public Runnable clearing() {
			Runnable told = (isViewed(this.session) || !listeners().isEmpty()) ? view(this.session).clearing() : null;
			return () -> {
				if (told != null) {
					told.run();
				}
				runEnds();
			};
		}

		private HttpSessionListeners listeners() {
			return RequestSession.this.httpSessions.listeners();
		}

	}

	private boolean isViewed(Session of) {
		return this.httpSession != null && this.httpSession.session() == of;
	}

	private void tellDestroyed(Session ended) {
		try {
			tellReadableDestroyed(ended);
		}
		catch (SessionStorageException ex) {
			logger.debug("No listener is told of the end of a session that cannot be read", ex);
		}
		runEnds();
	}

	private void runEnds() {
		List<Runnable> ends = List.copyOf(this.beforeEnd);
		this.beforeEnd.clear();
		ends.forEach(Runnable::run);
	}

	private void tellReadableDestroyed(Session ended) {
		if (isViewed(ended) || !this.httpSessions.listeners().isEmpty()) {
			SessionHttpSession view = view(ended);
			if (!ended.isNew() || view.isToldCreated()) {
				view.tellDestroyed();
				SessionBeanScope.awaken(ended, this.request.getServletContext());
			}
		}
	}

	/**
	 * Returns the session as a view for the Servlet API.
	 * @return the view; {@code null} if there is no session and none is to be created
	 */
	@Nullable HttpSession httpSession(boolean create) {
		this.lock.lock();
		try {
			HttpSession present = presentHttpSession(create);
			return (present != null || !create) ? present : beginHttpSession();
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable HttpSession presentHttpSession(boolean create) {
		if (this.httpSession != null && this.httpSession.isValid()) {
			return this.httpSession;
		}
		if (this.session == null && !(create && !this.committed) && !this.storage.hasCookie(cookieHeader())) {
			return null;
		}
		Session present = get();
		return (!present.isDestroyed() && (this.rendering || isThere(present))) ? view(present) : null;
	}

	/**
	 * From now on {@code getSession(false)} returns a session without reading it, because
	 * template engines ask for it on every page. It is read when an attribute is
	 * requested.
	 */
	void rendering() {
		this.rendering = true;
	}

	/**
	 * Assumes that a session exists if the store cannot be read, so that a logout does
	 * not fail.
	 */
	private static boolean isThere(Session session) {
		try {
			return !session.isNew() || session.subject() != null || !session.keys().isEmpty()
					|| !session.flashKeys().isEmpty() || !LibraryAttributes.of(session).names().isEmpty();
		}
		catch (SessionStorageException ex) {
			return true;
		}
	}

	private HttpSession beginHttpSession() {
		if (this.response != null && this.response.isCommitted() && this.committed) {
			throw new IllegalStateException(
					"A new session can no longer be created: the response has begun, and no cookie "
							+ "can be sent; ask for the session earlier");
		}
		Session present = get();
		if (present.isDestroyed() && !this.committed) {
			present = begin(present);
		}
		this.begun = true;
		return view(present);
	}

	private SessionHttpSession view(Session of) {
		SessionHttpSession view = this.httpSession;
		if (view == null || view.session() != of) {
			view = new SessionHttpSession(of, this.storage,
					new HttpAttributes(of, (this.shown != null) ? this.shown : this.request, this.httpSessions),
					this.httpSessions.listeners(), this.request.getServletContext(), this::currentCookies);
			this.httpSession = view;
		}
		return view;
	}

	/** The cookies that the browser sends after this response. */
	private @Nullable String currentCookies() {
		String sent = this.setCookie;
		return (sent != null) ? sent.substring(0, sent.indexOf(';')) : this.brought;
	}

	/**
	 * Changes the id of an existing session.
	 * @return the new handle, which does not give access to the session
	 * @throws IllegalStateException if there is no session
	 */
	String changeSessionId() {
		HttpSession present = httpSession(false);
		if (present == null) {
			throw new IllegalStateException("There is no session whose id can be changed");
		}
		get().regenerateId();
		return present.getId();
	}

	/**
	 * Returns the handle of the session that the request asks for; {@code null} if it
	 * asks for none.
	 */
	@Nullable String requestedSessionId() {
		if (!this.storage.hasCookie(cookieHeader())) {
			return null;
		}
		Session present = origin();
		// A request may still be in flight when its session ends, and is not to be
		// redirected for that.
		String handle = (present.absence() == SessionAbsence.ENDED) ? null
				: LibraryAttributes.of(present).broughtHandle();
		return (handle == null && present.absence() != SessionAbsence.ENDED) ? UNREADABLE : handle;
	}

	boolean isRequestedSessionIdValid() {
		return this.storage.hasCookie(cookieHeader()) && !origin().isNew() && !origin().isDestroyed();
	}

	/** The session that came with the request. */
	private Session origin() {
		Session present = get();
		return (this.former != null) ? this.former : present;
	}

	/** Returns the session, or a new one if that of the request has ended. */
	Session current() {
		this.lock.lock();
		try {
			Session present = get();
			return (present.isDestroyed() && !this.committed) ? begin(present) : present;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Session begin(Session ended) {
		this.former = (this.former != null) ? this.former : ended;
		this.session = prepared(this.storage.getSession(null));
		return this.session;
	}

	/**
	 * Registers an action that runs when the current session ends or is cleared, after
	 * the listeners.
	 */
	void beforeEnd(Runnable action) {
		this.beforeEnd.add(action);
	}

	/**
	 * Registers an action that runs before the session is saved, unless the request
	 * fails.
	 */
	void beforeCommit(Runnable action) {
		this.beforeCommit.add(action);
	}

	/** Whether the session is transported in a header of its own instead of a cookie. */
	boolean isByHeader() {
		return this.transport.isByHeader(this.request);
	}

	private @Nullable String cookieHeader() {
		if (isByHeader()) {
			return this.transport.asCookie(this.request, this.storage.cookieName());
		}
		Enumeration<String> headers = this.request.getHeaders("Cookie");
		String header = headers.hasMoreElements() ? headers.nextElement() : null;
		return headers.hasMoreElements() ? header + ";" + String.join(";", Collections.list(headers)) : header;
	}

	/** Does not extend the idle timeout of the session, even if it is read later. */
	void withoutRenewal() {
		this.withoutRenewal = true;
		if (this.session != null && !this.committed) {
			this.session.withoutRenewal();
		}
	}

	/** Whether possibly nobody looks at the response, so flash attributes are kept. */
	boolean keepsFlash() {
		return this.request.getMethod().equals("HEAD") || isPrefetch("Sec-Purpose") || isPrefetch("X-Sec-Purpose")
				|| isPrefetch("Purpose");
	}

	/** Checks a header that current browsers, older browsers or Turbo send. */
	private boolean isPrefetch(String header) {
		String purpose = this.request.getHeader(header);
		return purpose != null && purpose.contains("prefetch");
	}

	/** Whether a response that may have a cookie of ours may get this header. */
	boolean isAllowed(String name, @Nullable String value) {
		return !this.cookieSent || this.headers.isAllowed(name, value);
	}

	/**
	 * Returns an empty session of the same storage, which is never saved, for converting
	 * values.
	 */
	Session scratch() {
		return this.storage.getSession(null);
	}

	/** Whether another program can also write the session. */
	boolean isShared() {
		return this.storage.isShared();
	}

	/** Whether output is buffered, so that the session can still be changed. */
	boolean isHeldBack() {
		return this.httpSessions.isEnabled() && !this.committed;
	}

	boolean isUsed() {
		return this.session != null;
	}

	/** Whether somebody has looked into it. */
	boolean isRead() {
		return this.session != null && LibraryAttributes.of(this.session).isRead();
	}

	boolean isCommitted() {
		return this.committed;
	}

	/**
	 * Saves the session on the first call. Later calls do nothing, even if the first one
	 * failed.
	 */
	void commit(HttpServletResponse response) {
		this.lock.lock();
		try {
			if (!this.committed) {
				this.committed = true;
				this.response = response;
				commitSession(response);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void commitSession(HttpServletResponse response) {
		if (this.session == null) {
			return;
		}
		try {
			capture(this.session);
			String ended = (this.former != null) ? this.storage.commitIfNeeded(this.former) : null;
			String written = this.storage.commitIfNeeded(this.session);
			this.setCookie = (written != null) ? written : (ended != null) ? ended : forgotten(this.session);
		}
		finally {
			addHeaders(response);
		}
	}

	/** Records in-place changes, and notifies listeners of a new session. */
	private void capture(Session present) {
		try {
			this.beforeCommit.forEach(Runnable::run);
			if (!this.httpSessions.listeners().isEmpty() && present.isNew() && !present.isDestroyed()
					&& isThere(present)) {
				view(present).tellCreated(); // if it was created through Session
			}
			if (this.httpSession != null && isViewed(present)) {
				this.httpSession.capture();
			}
		}
		catch (RuntimeException ex) {
			present.discardChanges();
			if (this.former != null) {
				this.storage.commitIfNeeded(this.former);
			}
			this.storage.commitIfNeeded(present);
			throw ex;
		}
	}

	/**
	 * Returns the header that deletes a cookie which is no longer valid, if a new session
	 * was requested. Otherwise the browser would send the cookie forever.
	 */
	private @Nullable String forgotten(Session present) {
		boolean stale = this.begun && this.former == null && present.isNew() && !present.isDirty()
				&& (present.absence() == SessionAbsence.EXPIRED || present.absence() == SessionAbsence.REJECTED)
				&& this.storage.hasCookie(cookieHeader());
		return stale ? this.storage.destroySession(this.storage.getSession(null)) : null;
	}

	/**
	 * Saves what stands even if the request has failed: a logout or a new id.
	 */
	void commitAfterFailure(HttpServletResponse response) {
		if (this.session == null || isCommitted()) {
			return;
		}
		this.session.discardChanges();
		this.beforeCommit.clear();
		if (this.httpSession != null && this.httpSession.isToldInVain()) {
			this.httpSession.tellDestroyed();
		}
		this.httpSession = null;
		try {
			commit(response);
		}
		catch (RuntimeException ex) {
			// The exception of the request is the one to report.
			logger.warn("The session of a failed request could not be saved either: {}", ex.getMessage());
		}
	}

	/**
	 * Adds the headers of the saved session to a response, again after the response was
	 * reset.
	 */
	void addHeaders(HttpServletResponse response) {
		if (this.session == null || !isCommitted()) {
			return;
		}
		if (isByHeader()) {
			String value = (this.setCookie != null) ? this.transport.asHeader(this.setCookie) : null;
			this.cookieSent |= this.headers.addValue(response, this.transport.name(), value);
		}
		else {
			List<String> setCookies = new ArrayList<>(1);
			if (this.setCookie != null) {
				setCookies.add(this.setCookie);
			}
			setCookies.addAll(
					this.storage.expireVariants(origin(), this.request.getServerName(), this.request.getRequestURI()));
			this.cookieSent |= this.headers.add(this.request, response, setCookies);
		}
	}

}
