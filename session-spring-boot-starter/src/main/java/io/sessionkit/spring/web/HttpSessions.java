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
 * Settings for the {@code HttpSession} of an application. Immutable and thread-safe.
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
	 * Creates the settings.
	 * @param mode determines what {@code request.getSession()} returns
	 * @param unsupported determines how attributes are handled that cannot be stored
	 * @param converters supplies the converters for the objects of libraries; called once
	 * @param listeners supplies the listeners of the Servlet API in their order; called
	 * once
	 */
	public HttpSessions(HttpSessionMode mode, UnsupportedAttributes unsupported,
			Supplier<List<AttributeConverter>> converters, Supplier<? extends List<?>> listeners) {
		this.mode = mode;
		this.unsupported = unsupported;
		this.converters = once(converters);
		this.listeners = new HttpSessionListeners(listeners);
	}

	/**
	 * Returns settings with the mode {@link HttpSessionMode#ENABLED}, without converters
	 * and listeners. Attributes that cannot be stored are refused.
	 * @return the settings
	 */
	public static HttpSessions enabled() {
		return of(HttpSessionMode.ENABLED);
	}

	/**
	 * Returns settings with the given mode, without converters and listeners. Attributes
	 * that cannot be stored are refused.
	 * @param mode determines what {@code request.getSession()} returns
	 * @return the settings
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

	/** Returns the result of the first converter that accepts this JSON. */
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
	 * Called if an attribute cannot be stored. Returns normally if it is to be kept until
	 * the end of the request.
	 * @throws IllegalArgumentException if such attributes are refused
	 */
	void keepForRequest(Object value, RuntimeException reason) {
		String type = (reason instanceof AttributeTypeException unknown) ? unknown.typeName()
				: value.getClass().getName();
		if (this.unsupported == UnsupportedAttributes.REFUSE) {
			throw new IllegalArgumentException(reason.getMessage() + ". " + remedy(reason, type), reason);
		}
		if (this.warnedOf.add(type)) {
			logger.warn("An attribute of HttpSession is kept only until the end of the request: {}. {} (Said once for "
					+ "each class.)", reason.getMessage(), remedy(reason, type));
		}
	}

	private static String remedy(RuntimeException reason, String type) {
		return (reason instanceof AttributeTypeException)
				? "To allow it, add this line: sessionkit.http-session.allowed-types=" + type
				: "Store less of it, or only an id; to keep it only until the end of the request, set "
						+ "sessionkit.http-session.unsupported=request";
	}

	/** Called before the container opens a session of its own. */
	void openingContainers() {
		if (this.mode == HttpSessionMode.REFUSE) {
			throw new IllegalStateException(
					caller() + " uses HttpSession, which sessionkit.http-session=refuse does not allow; "
							+ "use io.sessionkit.Session there, or set sessionkit.http-session=enabled");
		}
		if (this.warnedOfContainer.compareAndSet(false, true)) {
			logger.warn("{} opens a session of the servlet container, in addition to SessionKit's session and with a "
					+ "cookie of its own, because of sessionkit.http-session=container; remove that to use one session. "
					+ "(Said once.)", caller());
		}
	}

	/**
	 * Returns the first stack frame that is neither a request nor one of its wrappers.
	 */
	private static String caller() {
		return STACK.walk((frames) -> frames.filter(HttpSessions::isCaller).findFirst())
			.map((frame) -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
			.orElse("Some code");
	}

	private static boolean isCaller(StackFrame frame) {
		Class<?> type = frame.getDeclaringClass();
		return type != HttpSessions.class && !ServletRequest.class.isAssignableFrom(type);
	}

	/** Shows the mode. */
	@Override
	public String toString() {
		return "HttpSessions[" + this.mode + "]";
	}

}
