package io.sessionkit.spring.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the listeners of the Servlet API in their order, and in reverse order at the end
 * of a session. An exception of a listener is logged and does not affect the session, as
 * in servlet containers.
 */
final class HttpSessionListeners {

	/** No listeners. */
	static final HttpSessionListeners NONE = new HttpSessionListeners(List::of);

	private static final Logger logger = LoggerFactory.getLogger(HttpSessionListeners.class);

	private final Supplier<? extends List<?>> source;

	private volatile @Nullable List<Object> all;

	HttpSessionListeners(Supplier<? extends List<?>> source) {
		this.source = source;
	}

	private List<Object> all() {
		List<Object> found = this.all;
		if (found == null) {
			found = List.copyOf(this.source.get());
			this.all = found;
		}
		return found;
	}

	boolean isEmpty() {
		return all().isEmpty();
	}

	boolean hasAttributeListeners() {
		return all().stream().anyMatch(HttpSessionAttributeListener.class::isInstance);
	}

	void created(HttpSession session) {
		tell(HttpSessionListener.class, (listener) -> listener.sessionCreated(new HttpSessionEvent(session)), false);
	}

	void destroyed(HttpSession session) {
		tell(HttpSessionListener.class, (listener) -> listener.sessionDestroyed(new HttpSessionEvent(session)), true);
	}

	void idChanged(HttpSession session, String former) {
		tell(HttpSessionIdListener.class,
				(listener) -> listener.sessionIdChanged(new HttpSessionEvent(session), former), false);
	}

	/**
	 * Called after an attribute has changed.
	 * @param before the value until now; {@code null} if it was absent
	 * @param after the value from now on; {@code null} if it is absent
	 */
	void changed(HttpSession session, String name, @Nullable Object before, @Nullable Object after) {
		if (before == null && after == null) {
			return;
		}
		tell(HttpSessionAttributeListener.class, (listener) -> {
			if (before == null) {
				listener.attributeAdded(new HttpSessionBindingEvent(session, name, after));
			}
			else if (after == null) {
				listener.attributeRemoved(new HttpSessionBindingEvent(session, name, before));
			}
			else {
				listener.attributeReplaced(new HttpSessionBindingEvent(session, name, before));
			}
		}, false);
	}

	void bound(HttpSession session, String name, @Nullable Object value) {
		if (value instanceof HttpSessionBindingListener listener) {
			guard(listener, () -> listener.valueBound(new HttpSessionBindingEvent(session, name, value)));
		}
	}

	void unbound(HttpSession session, String name, @Nullable Object value) {
		if (value instanceof HttpSessionBindingListener listener) {
			guard(listener, () -> listener.valueUnbound(new HttpSessionBindingEvent(session, name, value)));
		}
	}

	private <T> void tell(Class<T> type, Consumer<T> event, boolean reversed) {
		List<Object> listeners = all();
		if (reversed) {
			listeners = new ArrayList<>(listeners);
			Collections.reverse(listeners);
		}
		for (Object listener : listeners) {
			if (type.isInstance(listener)) {
				guard(listener, () -> event.accept(type.cast(listener)));
			}
		}
	}

	private static void guard(Object listener, Runnable event) {
		try {
			event.run();
		}
		catch (Exception | LinkageError ex) { // Kotlin does not declare exceptions
			logger.warn("{} failed, which does not affect the session", listener.getClass().getName(), ex);
		}
	}

}
