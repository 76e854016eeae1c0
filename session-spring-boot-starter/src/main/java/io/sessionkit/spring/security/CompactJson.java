package io.sessionkit.spring.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes Spring Security's JSON smaller, for a cookie holds 4096 bytes: the package of its
 * classes is one character, and of an object that occurs again, as authorities and id
 * tokens do, there is only the number of the first one. Every object in this JSON names
 * its class, so that nothing of the application's looks like such a number.
 */
final class CompactJson {

	private static final String CLASS = "@class";

	private static final String SAME = "@same";

	private static final String LONG = "org.springframework.security.";

	private static final String SHORT = "~";

	private final List<ObjectNode> objects = new ArrayList<>();

	private final Map<JsonNode, Integer> numbers = new HashMap<>();

	private CompactJson() {
	}

	/**
	 * Makes it smaller in place.
	 */
	static JsonNode compact(JsonNode json) {
		return new CompactJson().compacted(json);
	}

	/**
	 * Makes it what it was, in place.
	 * @throws IllegalArgumentException if it is not what {@link #compact} made
	 */
	static JsonNode restore(JsonNode json) {
		return new CompactJson().restored(json);
	}

	private JsonNode compacted(JsonNode json) {
		if (json instanceof ObjectNode object && name(object) != null) {
			Integer number = this.numbers.putIfAbsent(object.deepCopy(), this.numbers.size());
			if (number != null) {
				return JsonNodeFactory.instance.objectNode().put(SAME, number.intValue());
			}
			String name = String.valueOf(name(object));
			object.put(CLASS, name.startsWith(LONG) ? SHORT + name.substring(LONG.length()) : name);
		}
		replaceChildren(json, true);
		return json;
	}

	private JsonNode restored(JsonNode json) {
		if (json instanceof ObjectNode object && name(object) != null) {
			String name = String.valueOf(name(object));
			object.put(CLASS, name.startsWith(SHORT) ? LONG + name.substring(SHORT.length()) : name);
			this.objects.add(object);
		}
		else if (json.size() == 1 && json.path(SAME).isInt()) {
			int number = json.path(SAME).intValue();
			if (number < 0 || number >= this.objects.size()) {
				throw new IllegalArgumentException("There is no object " + number);
			}
			return this.objects.get(number).deepCopy();
		}
		replaceChildren(json, false);
		return json;
	}

	private static @Nullable String name(ObjectNode object) {
		return object.path(CLASS).isString() ? object.path(CLASS).stringValue() : null;
	}

	private void replaceChildren(JsonNode json, boolean compacting) {
		if (json instanceof ObjectNode object) {
			for (String name : List.copyOf(object.propertyNames())) {
				object.set(name, child(object.path(name), compacting));
			}
		}
		else if (json instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				array.set(i, child(array.path(i), compacting));
			}
		}
	}

	private JsonNode child(JsonNode child, boolean compacting) {
		return compacting ? compacted(child) : restored(child);
	}

}
