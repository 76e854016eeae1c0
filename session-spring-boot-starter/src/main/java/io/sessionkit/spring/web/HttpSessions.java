package io.sessionkit.spring.web;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.sessionkit.AttributeTypeException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What {@code HttpSession} is in an application. Immutable and thread-safe.
 */
public final class HttpSessions {

	private static final Logger logger = LoggerFactory.getLogger(HttpSessions.class);

	private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

	private final HttpSessionMode mode;

	private final UnsupportedAttributes unsupported;

	private final Supplier<List<AttributeConverter>> converters;

	private final HttpSessionListeners listeners;

	private final AtomicBoolean warnedOfContainer = new AtomicBoolean();

	private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();

	/**
	 * Says what {@code HttpSession} is.
	 * @param mode what {@code request.getSession()} gives
	 * @param unsupported what becomes of an attribute that cannot be stored
	 * @param converters keep the objects of libraries; asked for once
	 * @param listeners the listeners of the Servlet API, in their order; asked for once
	 */
	public HttpSessions(HttpSessionMode mode, UnsupportedAttributes unsupported,
			Supplier<List<AttributeConverter>> converters, Supplier<? extends List<?>> listeners) {
		this.mode = mode;
		this.unsupported = unsupported;
		this.converters = once(converters);
		this.listeners = new HttpSessionListeners(listeners);
	}

	/** Sessions of ours that refuse what cannot be stored, and have no listeners. */
	public static HttpSessions enabled() {
		return of(HttpSessionMode.ENABLED);
	}

	/**
	 * Sessions that refuse what cannot be stored, and have no listeners.
	 * @param mode what {@code request.getSession()} gives
	 */
	public static HttpSessions of(HttpSessionMode mode) {
		return new HttpSessions(mode, UnsupportedAttributes.REFUSE, List::of, List::of);
	}

	private static <T> Supplier<T> once(Supplier<T> supplier) {
		return new Supplier<>() {

			private volatile @Nullable T made;

			@Override
			public T get() {
				T result = this.made;
				if (result == null) {
					result = supplier.get();
					this.made = result;
				}
				return result;
			}

		};
	}

	/**
	 * Tells the listeners that a session has expired, of which nothing is left but its
	 * id. Does nothing unless sessions are ours.
	 * @param handle the id of its {@code HttpSession}
	 * @param servletContext where it was
	 */
	public void tellExpired(String handle, ServletContext servletContext) {
		if (isEnabled()) {
			this.listeners.destroyed(new ExpiredHttpSession(handle, servletContext));
		}
	}

	boolean isEnabled() {
		return this.mode == HttpSessionMode.ENABLED;
	}

	HttpSessionListeners listeners() {
		return this.listeners;
	}

	@Nullable AttributeConverter converter(String name, Object value) {
		for (AttributeConverter converter : this.converters.get()) {
			if (converter.supports(name, value)) {
				return converter;
			}
		}
		return null;
	}

	/** What a converter has made of this JSON. */
	@Nullable Restored restored(String name, JsonNode json) {
		for (AttributeConverter converter : this.converters.get()) {
			Object value = converter.read(name, json);
			if (value != null) {
				return new Restored(converter, value);
			}
		}
		return null;
	}

	record Restored(AttributeConverter converter, Object value) {
	}

	/**
	 * An attribute cannot be stored; it is to be there until the end of the request,
	 * unless that is refused.
	 */
	void keepForRequest(Object value, RuntimeException reason) {
		String type = (reason instanceof AttributeTypeException unknown) ? unknown.typeName()
				: value.getClass().getName();
		if (this.unsupported == UnsupportedAttributes.REFUSE) {
			throw new IllegalArgumentException(reason.getMessage() + ". " + remedy(reason, type), reason);
		}
		if (this.warnedOf.add(type)) {
			logger.warn("An attribute of HttpSession is there until the end of the request alone: {}. {} (Said once of "
					+ "each class.)", reason.getMessage(), remedy(reason, type));
		}
	}

	private static String remedy(RuntimeException reason, String type) {
		return (reason instanceof AttributeTypeException)
				? "To allow it, add this line: sessionkit.http-session.allowed-types=" + type
				: "Keep less of it, or an id instead; to do without it after the request, set "
						+ "sessionkit.http-session.unsupported=request";
	}

	/** Right before the container opens a session of its own. */
	void openingContainers() {
		if (this.mode == HttpSessionMode.REFUSE) {
			throw new IllegalStateException(
					caller() + " asks for HttpSession, which sessionkit.http-session=refuse does "
							+ "not allow; use io.sessionkit.Session there, or set sessionkit.http-session=enabled");
		}
		if (this.warnedOfContainer.compareAndSet(false, true)) {
			logger.warn("{} opens a session of the servlet container, a second one beside SessionKit's and with a "
					+ "cookie of its own, since sessionkit.http-session=container; remove that to have one session. "
					+ "(Said once.)", caller());
		}
	}

	/** The first that is no request, nor a wrapper of one. */
	private static String caller() {
		return STACK.walk((frames) -> frames.filter(HttpSessions::isCaller).findFirst())
			.map((frame) -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
			.orElse("Some code");
	}

	private static boolean isCaller(StackFrame frame) {
		Class<?> type = frame.getDeclaringClass();
		return type != HttpSessions.class && !ServletRequest.class.isAssignableFrom(type);
	}

	/** Says how it is configured. */
	@Override
	public String toString() {
		return "HttpSessions[" + this.mode + "]";
	}

}
