package io.sessionkit;

import java.lang.constant.Constable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * The objects that the application holds of this session: what it set and what it was
 * handed out. Each is remembered with the JSON that it had then, so that a change in
 * place shows.
 */
final class LiveValues {

	private final SessionJson json;

	private final Map<String, List<LiveValue>> byName = new HashMap<>();

	LiveValues(SessionJson json) {
		this.json = json;
	}

	/**
	 * The object that stands for a value as this type.
	 * @return {@code null} if none was set or handed out as this type
	 */
	@Nullable Object find(String name, JavaType type) {
		for (LiveValue live : this.byName.getOrDefault(name, List.of())) {
			if (!live.stale && (live.type.type().equals(type) || isPlainly(live.object, type))) {
				return live.object;
			}
		}
		return null;
	}

	private static boolean isPlainly(Object object, JavaType type) {
		return !type.isJavaLangObject() && !type.hasGenericTypes() && type.getRawClass().isInstance(object);
	}

	void add(String name, ValueType type, Object object, JsonSlice json) {
		if (canChange(object)) {
			this.byName.computeIfAbsent(name, (key) -> new ArrayList<>(1)).add(new LiveValue(type, object, json));
		}
	}

	/** Strings, boxed numbers, enums, dates and the like cannot. */
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
	 * What a value has become in place since it was set, handed out, or captured.
	 * @return {@code null} if it is unchanged
	 * @throws IllegalStateException if the same value was handed out as two types and
	 * both copies were changed
	 * @throws SessionSerializationException if what it has become does not come back
	 */
	@Nullable JsonSlice changeOf(String name) {
		JsonSlice change = null;
		for (LiveValue live : this.byName.getOrDefault(name, List.of())) {
			JsonSlice now = this.json.glance(name, live.object, live.type);
			if (!now.sameAs(live.json)) {
				if (live.stale || change != null || isAnotherChanged(name, live)) {
					throw new IllegalStateException(
							"'" + Names.shown(name) + "' was read as several types and changed in more than "
									+ "one of them; change it through one type");
				}
				change = this.json.write(name, live.object, live.type);
			}
		}
		return change;
	}

	private boolean isAnotherChanged(String name, LiveValue live) {
		return this.byName.getOrDefault(name, List.of()).stream().anyMatch((other) -> other != live && other.changed);
	}

	/**
	 * Takes a change as known. The other objects of this name no longer say what the
	 * value is: they are not handed out again.
	 */
	void captured(String name, JsonSlice change) {
		for (LiveValue live : this.byName.getOrDefault(name, List.of())) {
			if (this.json.glance(name, live.object, live.type).sameAs(change)) {
				live.json = change;
				live.changed = true;
			}
			else {
				live.stale = true;
			}
		}
	}

	private static final class LiveValue {

		private final ValueType type;

		private final Object object;

		private JsonSlice json;

		private boolean changed;

		private boolean stale;

		LiveValue(ValueType type, Object object, JsonSlice json) {
			this.type = type;
			this.object = object;
			this.json = json;
		}

	}

}
