package io.sessionkit.spring.web;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessionkit.AttributeTypeException;
import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionAttributes;
import io.sessionkit.SessionSerializationException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.web.method.annotation.SessionAttributesHandler;

/**
 * The attributes of {@code HttpSession}. Attributes of the application are stored among
 * the values of the session. Attributes of frameworks are stored separately, so that no
 * value can be mistaken for one of them.
 */
final class HttpAttributes {

	/**
	 * Prefixes of attribute names that belong to frameworks. Code with other names cannot
	 * reach these attributes.
	 */
	private static final List<String> OF_FRAMEWORKS = List.of("SPRING_SECURITY", "org.springframework.", "jakarta.",
			"javax.", "scopedTarget.");

	/** An object to synchronize on, which is useful only within one JVM. */
	private static final String MUTEX = "org.springframework.web.util.WebUtils.MUTEX";

	private static final Object REMOVED = new Object();

	private static final String CONVERTED = "~";

	private static final String TYPED = "=";

	private static final String LONG = "org.springframework.security.";

	private static final String SHORT = "~";

	private final Session session;

	private final HttpServletRequest request;

	private final HttpSessions settings;

	private final LibraryAttributes frameworks;

	private final SessionAttributes values;

	private final Map<String, Held> held = new HashMap<>(4);

	private Map<String, Object> ofRequest = Map.of();

	HttpAttributes(Session session, HttpServletRequest request, HttpSessions settings) {
		this.session = session;
		this.request = request;
		this.settings = settings;
		this.frameworks = LibraryAttributes.of(session);
		this.values = SessionAttributes.of(session);
	}

	/**
	 * An object of a framework that this request has set or read.
	 *
	 * @param converter the converter of the object; {@code null} if its class is stored
	 * instead
	 * @param state the state of the object when it was written or read
	 */
	private record Held(Object object, @Nullable AttributeConverter converter, @Nullable Object state) {
	}

	/** Whether each request that needs it sets it anew. */
	static boolean isDispensable(String name) {
		return name.equals(MUTEX) || name.equals(SessionAttributesHandler.SESSION_KNOWN_ATTRIBUTE);
	}

	private static boolean isOfFramework(String name) {
		for (String prefix : OF_FRAMEWORKS) {
			if (name.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

	private static String stored(String mark, String name) {
		return mark + (name.startsWith(LONG) ? SHORT + name.substring(LONG.length()) : name);
	}

	private static String shown(String stored) {
		String name = stored.substring(1);
		return name.startsWith(SHORT) ? LONG + name.substring(SHORT.length()) : name;
	}

	Set<String> names() {
		Set<String> names = new LinkedHashSet<>(this.values.names());
		for (String name : this.frameworks.names()) {
			if (name.startsWith(CONVERTED) || name.startsWith(TYPED)) {
				names.add(shown(name));
			}
		}
		this.ofRequest.forEach((name, value) -> {
			if (value == REMOVED) {
				names.remove(name);
			}
			else {
				names.add(name);
			}
		});
		return names;
	}

	@Nullable Object get(String name) {
		Object ofRequest = this.ofRequest.get(name);
		if (ofRequest != null) {
			return (ofRequest != REMOVED) ? ofRequest : null;
		}
		Held held = held(name);
		if (held != null) {
			return held.object();
		}
		return isOfFramework(name) ? SessionBeanScope.attribute(this.session, this.request, name)
				: this.values.get(name);
	}

	private @Nullable Held held(String name) {
		Held held = this.held.get(name);
		if (held != null) {
			return held;
		}
		String converted = stored(CONVERTED, name);
		if (this.frameworks.has(converted)) {
			JsonNode json = this.frameworks.get(converted, JsonNode.class);
			HttpSessions.Restored restored = (json != null) ? this.settings.restored(name, json) : null;
			return (restored != null) ? hold(name, restored.value(), restored.converter()) : null;
		}
		Object typed = isOfFramework(name) ? this.frameworks.getObject(stored(TYPED, name)) : null;
		return (typed != null) ? hold(name, typed, null) : null;
	}

	private Held hold(String name, Object object, @Nullable AttributeConverter converter) {
		Held held = new Held(object, converter, (converter != null) ? converter.state(object) : null);
		this.held.put(name, held);
		return held;
	}

	/** Whether it is there as it is now, so that there is nothing to set. */
	boolean isThere(String name, Object value) {
		if (this.ofRequest.containsKey(name)) {
			return this.ofRequest.get(name) == value;
		}
		AttributeConverter converter = this.settings.converter(name, value);
		if (converter != null) {
			return converter.write(name, value).equals(this.frameworks.get(stored(CONVERTED, name), JsonNode.class));
		}
		return isOfFramework(name) ? this.frameworks.containsObject(stored(TYPED, name), value)
				: this.values.contains(name, value);
	}

	void set(String name, Object value) {
		AttributeConverter converter = this.settings.converter(name, value);
		if (converter != null) {
			convert(name, value, converter);
		}
		else if (name.equals(MUTEX) || (isDispensable(name) && this.frameworks.isCommitted())) {
			keepForRequest(name, value);
		}
		else {
			store(name, value);
		}
	}

	private void convert(String name, Object value, AttributeConverter converter) {
		Held before = held(name);
		JsonNode json = converter.write(name, value);
		String stored = stored(CONVERTED, name);
		Object state = before(before, stored);
		if (!json.equals(this.frameworks.get(stored, JsonNode.class))) {
			if (converter.givesWay(name)) {
				this.frameworks.setWhileThereIsRoom(stored, json);
			}
			else {
				this.frameworks.set(stored, json);
			}
		}
		converter.changing(this.request, this.session, state, converter.state(value));
		this.frameworks.remove(stored(TYPED, name));
		hold(name, value, converter);
		forgetElsewhere(name);
	}

	private @Nullable Object before(@Nullable Held held, String stored) {
		return (held != null) ? held.state() : this.frameworks.has(stored) ? AttributeConverter.UNREADABLE : null;
	}

	private void store(String name, Object value) {
		try {
			if (isOfFramework(name)) {
				this.frameworks.setObject(stored(TYPED, name), value);
				hold(name, value, null);
			}
			else {
				this.values.set(name, value);
				this.held.remove(name);
			}
		}
		catch (AttributeTypeException | SessionSerializationException ex) {
			this.settings.keepForRequest(value, ex);
			removeStored(name);
			keepForRequest(name, value);
			return;
		}
		this.frameworks.remove(stored(CONVERTED, name));
		forgetForRequest(name);
	}

	private void forgetElsewhere(String name) {
		if (!isOfFramework(name)) {
			this.values.remove(name);
		}
		forgetForRequest(name);
	}

	private void keepForRequest(String name, Object value) {
		this.ofRequest = new HashMap<>(this.ofRequest);
		this.ofRequest.put(name, value);
	}

	private void forgetForRequest(String name) {
		if (this.ofRequest.containsKey(name)) {
			this.ofRequest = new HashMap<>(this.ofRequest);
			this.ofRequest.remove(name);
		}
	}

	void remove(String name) {
		removeStored(name);
		forgetForRequest(name);
	}

	private void removeStored(String name) {
		Held before = held(name);
		if (before != null && before.converter() != null) {
			before.converter().changing(this.request, this.session, before.state(), null);
		}
		this.held.remove(name);
		this.frameworks.remove(stored(CONVERTED, name));
		this.frameworks.remove(stored(TYPED, name));
		if (isOfFramework(name)) {
			SessionBeanScope.removeAttribute(this.session, this.request, name);
		}
		else {
			this.values.remove(name);
		}
	}

	/** Returns a value of the session that anybody may set. */
	@Nullable Object value(String name) {
		return isOfFramework(name) ? null : this.values.get(name);
	}

	/** Forgets all attributes, after the session was cleared. */
	void clear() {
		this.held.clear();
		this.ofRequest = Map.of();
	}

	/**
	 * Shows an attribute that was written separately after the session of the request;
	 * {@code null} means that it was removed.
	 */
	void setLate(String name, @Nullable Object value) {
		keepForRequest(name, (value != null) ? value : REMOVED);
	}

	/** Returns the attributes of another session with the same settings. */
	HttpAttributes of(Session other) {
		return new HttpAttributes(other, this.request, this.settings);
	}

	/** Records in-place changes of the objects of frameworks. */
	void capture() {
		for (Map.Entry<String, Held> entry : List.copyOf(this.held.entrySet())) {
			Held held = entry.getValue();
			if (held.converter() == null) {
				this.frameworks.setObject(stored(TYPED, entry.getKey()), held.object());
			}
			else if (held.converter().state(held.object()) != held.state()) {
				if (held.converter().state(held.object()) == null) {
					remove(entry.getKey());
				}
				else {
					convert(entry.getKey(), held.object(), held.converter());
				}
			}
		}
	}

}
