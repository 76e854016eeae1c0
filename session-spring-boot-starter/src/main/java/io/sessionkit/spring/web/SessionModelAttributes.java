package io.sessionkit.spring.web;

import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.bind.support.SessionAttributeStore;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Keeps what a controller names in {@code @SessionAttributes} in the session, under the
 * same name. The session holds JSON and no names of classes: an attribute comes back as
 * the type that the controller itself gives it, in a {@code @ModelAttribute} method or as
 * a parameter, and where it gives none as a plain map.
 */
public final class SessionModelAttributes implements SessionAttributeStore {

	private static final Logger logger = LoggerFactory.getLogger(SessionModelAttributes.class);

	private final AtomicBoolean unstored = new AtomicBoolean();

	private final AtomicBoolean unremoved = new AtomicBoolean();

	private final ModelAttributeTypes types = new ModelAttributeTypes();

	/** Creates the store. */
	public SessionModelAttributes() {
	}

	@Override
	public void storeAttribute(WebRequest request, String attributeName, Object attributeValue) {
		SessionKey<Object> key = key(request, attributeName);
		Session session = session(request);
		if (session.get(key) == attributeValue) {
			return; // the session's own object, which is saved as it is
		}
		try {
			session.set(key, attributeValue);
		}
		catch (IllegalStateException ex) {
			tooLate(this.unstored, attributeName, "is not kept: Spring stores it", "set it in", ex);
		}
	}

	/** The response is out; to fail now would only cut it off. */
	private static void tooLate(AtomicBoolean warned, String name, String what, String remedy,
			IllegalStateException ex) {
		if (warned.compareAndSet(false, true)) {
			logger.warn(
					"The session attribute '{}' {} when the body of a @ResponseBody method was written already; "
							+ "return a view, or {} io.sessionkit.Session. (Said once.) {}",
					name, what, remedy, ex.getMessage());
		}
	}

	@Override
	public @Nullable Object retrieveAttribute(WebRequest request, String attributeName) {
		return session(request).get(key(request, attributeName));
	}

	@Override
	public void cleanupAttribute(WebRequest request, String attributeName) {
		Session session = session(request);
		if (!session.keys().contains(attributeName)) {
			return;
		}
		try {
			session.unset(key(request, attributeName));
		}
		catch (IllegalStateException ex) {
			tooLate(this.unremoved, attributeName, "stays: Spring removes it", "unset it in", ex);
		}
	}

	private static Session session(WebRequest request) {
		HttpServletRequest servletRequest = ((NativeWebRequest) request).getNativeRequest(HttpServletRequest.class);
		return CurrentSession.of(Objects.requireNonNull(servletRequest, "no servlet request"));
	}

	@SuppressWarnings("unchecked") // Spring knows no more of its type either
	private SessionKey<Object> key(WebRequest request, String name) {
		Object handler = request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE,
				RequestAttributes.SCOPE_REQUEST);
		Type type = this.types.of(handler).get(name);
		return (SessionKey<Object>) SessionKey.ofType(name, (type != null) ? type : Object.class);
	}

}
