package io.sessionkit.benchmarks;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response without a container: the least that a filter for sessions
 * asks for. What else is called fails.
 */
final class BareExchange {

	private static final HttpServletRequest NO_REQUEST = failing(HttpServletRequest.class);

	private static final HttpServletResponse NO_RESPONSE = failing(HttpServletResponse.class);

	private static final ServletContext CONTEXT = failing(ServletContext.class);

	private final Map<String, String> sent = new HashMap<>(4);

	private final HttpServletRequest request;

	private final HttpServletResponse response = new Response(this.sent);

	/** Of a browser that sends these cookies. */
	BareExchange(@Nullable String cookies) {
		this.request = new Request(cookies);
	}

	private static <T> T failing(Class<T> type) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				throw new UnsupportedOperationException(method.toString());
			}));
	}

	HttpServletRequest request() {
		return this.request;
	}

	HttpServletResponse response() {
		return this.response;
	}

	/** Returns a header of the response. */
	@Nullable String sent(String name) {
		return this.sent.get(name);
	}

	private static final class Request extends HttpServletRequestWrapper {

		private final Map<String, Object> attributes = new HashMap<>(4);

		private final List<String> cookies;

		Request(@Nullable String cookies) {
			super(NO_REQUEST);
			this.cookies = (cookies != null) ? List.of(cookies) : List.of();
		}

		@Override
		public @Nullable Object getAttribute(String name) {
			return this.attributes.get(name);
		}

		@Override
		public void setAttribute(String name, Object value) {
			this.attributes.put(name, value);
		}

		@Override
		public Enumeration<String> getHeaders(String name) {
			return name.equals("Cookie") ? Collections.enumeration(this.cookies) : Collections.emptyEnumeration();
		}

		@Override
		@SuppressWarnings("NullAway") // null is what the Servlet API says
		public String getHeader(String name) {
			return null;
		}

		@Override
		public String getMethod() {
			return "GET";
		}

		@Override
		public String getRequestURI() {
			return "/";
		}

		@Override
		public String getServerName() {
			return "localhost";
		}

		@Override
		public boolean isSecure() {
			return true;
		}

		@Override
		public DispatcherType getDispatcherType() {
			return DispatcherType.REQUEST;
		}

		@Override
		public boolean isAsyncStarted() {
			return false;
		}

		@Override
		public ServletContext getServletContext() {
			return CONTEXT;
		}

	}

	private static final class Response extends HttpServletResponseWrapper {

		private final Map<String, String> sent;

		Response(Map<String, String> sent) {
			super(NO_RESPONSE);
			this.sent = sent;
		}

		@Override
		public boolean isCommitted() {
			return false;
		}

		@Override
		public int getStatus() {
			return SC_OK;
		}

		@Override
		public void setContentLengthLong(long length) {
			// Nobody sends it.
		}

		@Override
		public void addHeader(String name, String value) {
			this.sent.put(name, value);
		}

		@Override
		public void setHeader(String name, String value) {
			this.sent.put(name, value);
		}

		@Override
		@SuppressWarnings("NullAway") // null is what the Servlet API says
		public String getHeader(String name) {
			return this.sent.get(name);
		}

		@Override
		public List<String> getHeaders(String name) {
			String value = this.sent.get(name);
			return (value != null) ? List.of(value) : List.of();
		}

		@Override
		public Collection<String> getHeaderNames() {
			return this.sent.keySet();
		}

		@Override
		public boolean containsHeader(String name) {
			return this.sent.containsKey(name);
		}

	}

}
