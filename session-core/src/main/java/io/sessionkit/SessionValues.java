package io.sessionkit;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.sessionkit.TypedJson.Typed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JavaType;

/**
 * The content of a session during one request: the document as it was read, the
 * operations of this request, and the objects that the application has.
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // the reflective type determines T
final class SessionValues {

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.Session");

	private final ContentRules rules;

	private final SessionDocument base;

	/** Describes where the document comes from, for a warning. */
	private final Supplier<String> place;

	private Set<String> unreadable = Set.of();

	private List<Change> changes = List.of();

	private SessionDocument document;

	private LiveValues live;

	SessionValues(ContentRules rules, SessionDocument base, Supplier<String> place) {
		this.rules = rules;
		this.base = base;
		this.place = place;
		this.document = base;
		this.live = new LiveValues(rules);
	}

	@Nullable Object view(String name) {
		captureChange(name);
		JsonSlice json = this.document.values().get(name);
		return (json != null) ? SessionJson.view(json) : null;
	}

	<T> @Nullable T get(String name, Type type) {
		JsonSlice json = this.document.values().get(name);
		if (json == null) {
			return null;
		}
		JavaType javaType = this.rules.json().type(type);
		@SuppressWarnings("unchecked")
		T known = (T) this.live.find(name, javaType);
		if (known != null) {
			return known;
		}
		Object object = (this.document.classes().get(name) != null) ? object(name) : null;
		if (object != null && LiveValues.isPlainly(object, javaType)) {
			@SuppressWarnings("unchecked")
			T same = (T) object;
			return same;
		}
		captureChange(name);
		JsonSlice present = this.document.values().getOrDefault(name, json);
		T value = read(name, present, javaType);
		if (value != null && LiveValues.canChange(value)) {
			ValueType valueType = new ValueType(javaType, true);
			this.live.add(name, valueType, value,
					FrozenRecords.isOne(value) ? present : this.rules.json().glance(name, value, valueType));
		}
		return value;
	}

	private <T> @Nullable T read(String name, JsonSlice json, JavaType type) {
		T value = this.rules.json().readOrNull(json, type);
		if (value == null && !json.isNull()) {
			unreadable(name, type.toCanonical());
		}
		return value;
	}

	private void unreadable(String name, String type) {
		if (this.unreadable.contains(name)) {
			return;
		}
		this.unreadable = new HashSet<>(this.unreadable);
		this.unreadable.add(name);
		this.rules.countUnreadable();
		if (this.rules.warnings().isDue(name + "\n" + type)) {
			logger.warn(
					"The session value '{}' in {} does not fit {} any more and reads as absent; the other values "
							+ "of the session are not affected. (Said every minute at most.)",
					Names.shown(name), this.place.get(), type);
		}
	}

	/** Returns a value with its class; plain JSON if it was set without one. */
	@Nullable Object object(String name) {
		Object known = this.live.findTyped(name);
		if (known != null) {
			return known;
		}
		captureChange(name);
		JsonSlice json = this.document.values().get(name);
		if (json == null) {
			return null;
		}
		JsonSlice classes = this.document.classes().get(name);
		Object value = object(name, json, classes);
		if (value != null && classes != null && LiveValues.canChange(value)) {
			this.live.addTyped(name, value,
					FrozenRecords.isOne(value) ? new Typed(json, classes) : this.rules.typed().glance(name, value));
		}
		return value;
	}

	private @Nullable Object object(String name, JsonSlice json, @Nullable JsonSlice classes) {
		if (classes == null) {
			return SessionJson.view(json);
		}
		Object value = this.rules.typed().read(json, classes);
		if (value == null) {
			String unknown = this.rules.typed().unknownClass(classes);
			unreadable(name, (unknown != null) ? Names.shown(unknown) + ", which is gone or not allowed"
					: "the class that it had");
		}
		return value;
	}

	/** Sets a value that keeps its class. */
	void setObject(String name, Object value) {
		this.rules.format().requireName(name);
		if (this.rules.format() instanceof SharedSessionFormat format) {
			setPlain(format, name, value);
			return;
		}
		Typed typed = typed(name, value);
		this.live.forget(name);
		this.live.addTyped(name, value, typed);
		if (!isStored(typed, this.document.values().get(name), this.document.classes().get(name))) {
			change(new Change.Set(name, typed.json(), typed.classes()));
		}
	}

	/** Sets a value that has no classes, nor any place for them. */
	private void setPlain(SharedSessionFormat format, String name, Object value) {
		if (!SharedJson.isPlain(value)) {
			throw format.noClass(name, value);
		}
		ValueType type = this.rules.json().type(null, value);
		JsonSlice json = this.rules.json().write(name, value, type);
		checkSize(name, json);
		this.live.forget(name);
		this.live.add(name, type, value, json);
		JsonSlice present = this.document.values().get(name);
		if (present == null || !present.sameAs(json)) {
			change(new Change.Set(name, json, null));
		}
	}

	/** Whether this is the value; what cannot be written is not. */
	boolean isObject(String name, Object value) {
		return isStored(name, value, this.document.values().get(name), this.document.classes().get(name));
	}

	boolean isAttributeObject(String name, Object value) {
		return isStored(name, value, this.document.attributes().get(name),
				this.document.attributes().classes().get(name));
	}

	private boolean isStored(String name, Object value, @Nullable JsonSlice json, @Nullable JsonSlice classes) {
		try {
			if (!this.rules.format().isShared()) {
				return isStored(this.rules.typed().glance(name, value), json, classes);
			}
			SessionJson mapper = this.rules.json();
			return json != null && SharedJson.isPlain(value)
					&& json.sameAs(mapper.glance(name, value, mapper.type(null, value)));
		}
		catch (AttributeTypeException | SessionSerializationException ex) {
			return false;
		}
	}

	private Typed typed(String name, Object value) {
		Typed typed = this.rules.typed().write(name, value);
		checkSize(name, typed.json());
		return typed;
	}

	private static boolean isStored(Typed typed, @Nullable JsonSlice json, @Nullable JsonSlice classes) {
		return json != null && typed.sameAs(new Typed(json, classes));
	}

	/** Whether the classes of a value stand beside it. */
	boolean isTyped(String name) {
		return this.document.classes().get(name) != null;
	}

	boolean has(String name) {
		return this.document.values().containsKey(name);
	}

	/**
	 * Sets a value; {@code null} removes it, and under a plain name also the flash
	 * attribute.
	 * @param type the type of the key; {@code null} for a plain name
	 */
	void set(String name, @Nullable Object value, @Nullable Type type) {
		if (value == null) {
			unset(name, true, type == null);
			return;
		}
		this.rules.format().requireName(name);
		ValueType valueType = this.rules.json().type(type, value);
		JsonSlice json = this.rules.json().write(name, value, valueType);
		if (json.isNull()) {
			unset(name, true, type == null);
			return;
		}
		checkSize(name, json);
		this.live.forget(name);
		this.live.add(name, valueType, value, json);
		change(new Change.Set(name, json, null));
	}

	void unset(String name, boolean value, boolean flash) {
		if (value) {
			this.live.forget(name);
		}
		if ((value && has(name)) || (flash && hasFlash(name))) {
			change(new Change.Unset(name, value, flash));
		}
	}

	<T> T update(SessionKey<T> key, T initial, UnaryOperator<T> function) {
		String name = key.name();
		this.rules.format().requireName(name);
		ValueType type = new ValueType(this.rules.json().type(key.type()), true);
		Change.Update<T> update = new Change.Update<>(name, type, this.rules.json().write(name, initial, type),
				function);
		captureChange(name);
		T present = get(name, key.type());
		T updated;
		JsonSlice json;
		try {
			updated = update.apply((present != null) ? present : update.initialValue(this.rules.json()));
			json = this.rules.json().write(name, updated, type);
			checkSize(name, json);
		}
		catch (RuntimeException ex) {
			// The function may have changed the object before it failed.
			this.live.forget(name);
			throw ex;
		}
		this.live.forget(name);
		this.live.add(name, type, updated, json);
		log(update);
		if (json.isNull()) {
			this.document.values().remove(name);
		}
		else {
			this.document.values().put(name, json);
		}
		return updated;
	}

	boolean hasFlash(String name) {
		return this.document.flash().containsKey(name);
	}

	/**
	 * Sets a flash attribute; {@code null} removes it.
	 * @param type the type of the key; {@code null} for a plain name
	 */
	void flash(String name, @Nullable Object value, @Nullable Type type) {
		SessionJson mapper = this.rules.json();
		JsonSlice json = (value != null) ? mapper.write(name, value, mapper.type(type, value)) : null;
		if (json == null || json.isNull()) {
			unset(name, false, true);
			return;
		}
		checkSize(name, json);
		change(new Change.Flash(name, json));
	}

	/**
	 * Reads a flash attribute and consumes it.
	 * @param type the type as which it is read; {@code null} for plain JSON
	 */
	@SuppressWarnings("unchecked")
	<T> @Nullable T takeFlash(String name, @Nullable Type type, boolean consumed) {
		JsonSlice json = this.document.flash().get(name);
		if (json == null) {
			return null;
		}
		if (consumed) {
			change(new Change.Taken(name, json));
		}
		return (type != null) ? read(name, json, this.rules.json().type(type)) : (T) SessionJson.view(json);
	}

	<T> @Nullable T attribute(String name, Class<T> type) {
		JsonSlice json = this.document.attributes().get(name);
		return (json != null) ? read(name, json, this.rules.json().type(type)) : null;
	}

	void attribute(String name, Object value, StoredAttributes.Lasting lasting) {
		requireUnmarked(name);
		JsonSlice json = this.rules.json().write(name, value, this.rules.json().type(null, value));
		checkSize(name, json);
		change(new Change.SetAttribute(name, json, null, lasting));
	}

	/** Returns an attribute with its class; plain JSON if it was set without one. */
	@Nullable Object attributeObject(String name) {
		JsonSlice json = this.document.attributes().get(name);
		return (json != null) ? object(name, json, this.document.attributes().classes().get(name)) : null;
	}

	void setAttributeObject(String name, Object value) {
		requireUnmarked(name);
		Typed typed = typed(name, value);
		if (!isStored(typed, this.document.attributes().get(name), this.document.attributes().classes().get(name))) {
			change(new Change.SetAttribute(name, typed.json(), typed.classes(), StoredAttributes.Lasting.SESSION));
		}
	}

	private static void requireUnmarked(String name) {
		if (StoredAttributes.isMarked(name)) {
			throw new IllegalArgumentException("The name of a session attribute cannot begin with ?");
		}
	}

	void removeAttribute(String name) {
		if (this.document.attributes().get(name) != null) {
			change(new Change.RemoveAttribute(name));
		}
	}

	void subject(@Nullable String subject) {
		if (!Objects.equals(subject, this.document.subject())) {
			change(new Change.Subject(subject));
		}
	}

	void change(Change change) {
		if (change instanceof Change.Clear) {
			this.live.forgetAll();
		}
		log(change);
		change.applyTo(this.document, this.rules.json());
	}

	private void log(Change change) {
		if (this.document == this.base) {
			this.document = this.base.copy();
			this.changes = new ArrayList<>();
		}
		this.changes.add(change);
	}

	private void captureChange(String name) {
		Typed change = this.live.changeOf(name);
		if (change != null) {
			checkSize(name, change.json());
			JsonSlice classes = (change.classes() != null) ? change.classes() : this.document.classes().get(name);
			change(change.json().isNull() ? new Change.Unset(name, true, false)
					: new Change.Set(name, change.json(), classes));
			this.live.captured(name, change);
		}
	}

	void captureChanges() {
		this.live.names().forEach(this::captureChange);
	}

	boolean isDirty() {
		captureChanges();
		return !this.changes.isEmpty();
	}

	/**
	 * Returns the operations of this request, including changes in place if they were
	 * captured.
	 */
	List<Change> changes() {
		return Collections.unmodifiableList(this.changes);
	}

	void discardChanges() {
		this.changes = List.of();
		this.document = this.base;
		this.live = new LiveValues(this.rules);
	}

	SessionDocument document() {
		return this.document;
	}

	/** Returns the document as it was read, to repeat the operations on it. */
	SessionDocument base() {
		return this.base;
	}

	Map<String, Object> view(boolean withFlash) {
		captureChanges();
		Map<String, Object> view = new LinkedHashMap<>();
		for (Map<String, JsonSlice> map : List.of(this.document.values(),
				withFlash ? this.document.flash() : Map.<String, JsonSlice>of())) {
			map.forEach((name, json) -> {
				Object value = SessionJson.view(json);
				if (value != null) {
					view.putIfAbsent(name, value);
				}
			});
		}
		return Collections.unmodifiableMap(view);
	}

	private void checkSize(String name, JsonSlice json) {
		if (json.length() > this.rules.limit()) {
			Map<String, Integer> sizes = this.document.bytesPerKey();
			sizes.put(name, json.length());
			int size = sizes.values().stream().mapToInt(Integer::intValue).sum();
			throw new SessionTooLargeException(this.rules.inRecords(), size, this.rules.limit(), sizes);
		}
	}

}
