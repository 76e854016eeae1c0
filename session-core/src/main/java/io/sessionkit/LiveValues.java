package io.sessionkit;

import java.lang.constant.Constable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.sessionkit.TypedJson.Typed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * The objects of this session that the application has: those that it set, and those that
 * it was given. Each is kept with the JSON that it had then, so that a change in place is
 * noticed.
 */
final class LiveValues {

	private final SessionJson json;

	private final TypedJson typed;

	private final Map<String, List<LiveValue>> byName = new HashMap<>();

	LiveValues(ContentRules rules) {
		this.json = rules.json();
		this.typed = rules.typed();
	}

	/**
	 * Returns the object for a value as a type.
	 * @return {@code null} if none was set or returned as this type
	 */
	@Nullable Object find(String name, JavaType type) {
		for (LiveValue live : this.byName.getOrDefault(name, List.of())) {
			if (!live.stale && ((live.type != null && live.type.type().equals(type)) || isPlainly(live.object, type))) {
				return live.object;
			}
		}
		return null;
	}

	/**
	 * Returns the object for a value that keeps its class.
	 * @return {@code null} if none was set or returned in this way
	 */
	@Nullable Object findTyped(String name) {
		for (LiveValue live : this.byName.getOrDefault(name, List.of())) {
			if (!live.stale && live.type == null) {
				return live.object;
			}
		}
		return null;
	}

	static boolean isPlainly(Object object, JavaType type) {
		return !type.isJavaLangObject() && !type.hasGenericTypes() && type.getRawClass().isInstance(object);
	}

	void add(String name, ValueType type, Object object, JsonSlice json) {
		add(name, new LiveValue(type, object, new Typed(json, null)));
	}

	/** Adds an object that keeps its class. */
	void addTyped(String name, Object object, Typed typed) {
		add(name, new LiveValue(null, object, typed));
	}

	private void add(String name, LiveValue live) {
		if (canChange(live.object)) {
			this.byName.computeIfAbsent(name, (key) -> new ArrayList<>(1)).add(live);
		}
	}

	/**
	 * Returns whether an object can be changed in place. Strings, boxed numbers, enums,
	 * dates and the like cannot.
	 */
	static boolean canChange(Object object) {
		return !(object instanceof Constable || object instanceof BigDecimal || object instanceof BigInteger
				|| object instanceof UUID || object.getClass().getName().startsWith("java.time."));
	}

	void forget(String name) {
		this.byName.remove(name);
	}

	void forgetAll() {
		this.byName.clear();
	}

	List<String> names() {
		return List.copyOf(this.byName.keySet());
	}

	/**
	 * Returns what a value has become by a change in place, since it was set, returned or
	 * captured.
	 * @return {@code null} if it is unchanged
	 * @throws IllegalStateException if the value was returned as two types and both
	 * objects were changed
	 * @throws SessionSerializationException if the changed value would not be the same
	 * when it is read again
	 */
	@Nullable Typed changeOf(String name) {
		Typed change = null;
		for (LiveValue live : this.byName.getOrDefault(name, List.of())) {
			if (!glance(name, live).sameAs(live.known)) {
				if (live.stale || change != null || isAnotherChanged(name, live)) {
					throw new IllegalStateException(
							"'" + Names.shown(name) + "' was read as several types and changed in more than "
									+ "one of them; change it through one type");
				}
				change = (live.type != null) ? new Typed(this.json.write(name, live.object, live.type), null)
						: this.typed.write(name, live.object);
			}
		}
		return change;
	}

	private Typed glance(String name, LiveValue live) {
		if (live.isFrozen) {
			return live.known;
		}
		return (live.type != null) ? new Typed(this.json.glance(name, live.object, live.type), null)
				: this.typed.glance(name, live.object);
	}

	private boolean isAnotherChanged(String name, LiveValue live) {
		return this.byName.getOrDefault(name, List.of()).stream().anyMatch((other) -> other != live && other.changed);
	}

	/**
	 * Records a captured change. Other objects of this name do not have the current value
	 * any more and are not returned again.
	 */
	void captured(String name, Typed change) {
		for (LiveValue live : this.byName.getOrDefault(name, List.of())) {
			Typed now = glance(name, live);
			if (now.json().sameAs(change.json())) {
				live.known = now;
				live.changed = true;
			}
			else {
				live.stale = true;
			}
		}
	}

	private static final class LiveValue {

		/**
		 * The type as which the value was read or set; {@code null} if the value keeps
		 * its class.
		 */
		private final @Nullable ValueType type;

		private final Object object;

		private final boolean isFrozen;

		private Typed known;

		private boolean changed;

		private boolean stale;

		LiveValue(@Nullable ValueType type, Object object, Typed known) {
			this.type = type;
			this.object = object;
			this.isFrozen = FrozenRecords.isOne(object);
			this.known = known;
		}

	}

}
