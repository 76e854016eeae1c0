package io.sessionkit.spring.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the JSON of Spring Security smaller, because a cookie holds only 4096 bytes. The
 * package of its classes becomes one character. If a class occurs again, only its number
 * is written. If an object occurs again, as authorities and id tokens do, only the number
 * of its first occurrence is written. A form login with two roles takes 788 bytes instead
 * of 1179, and an OIDC login with an id token of 900 bytes takes 2.3 KB instead of 6.5
 * KB, which no cookie holds. Every object in this JSON names its class, so nothing from
 * the application can be mistaken for such a number.
 */
final class CompactJson {

	static final String CLASS = "@class";

	private static final String SAME = "@same";

	private static final String LONG = "org.springframework.security.";

	private static final String SHORT = "~";

	/**
	 * References to objects that contain references could otherwise grow without limit.
	 */
	private static final int MOST_REPEATED_NODES = 10_000;

	private final List<ObjectNode> objects = new ArrayList<>();

	private final Map<JsonNode, Integer> numbers = new HashMap<>();

	private final List<String> names = new ArrayList<>();

	private int repeated;

	private CompactJson() {
	}

	/**
	 * Compacts the JSON in place.
	 */
	static JsonNode compact(JsonNode json) {
		return new CompactJson().compacted(json);
	}

	/**
	 * Restores the original JSON in place.
	 * @throws IllegalArgumentException if the JSON does not come from {@link #compact}
	 */
	static JsonNode restore(JsonNode json) {
		return new CompactJson().restored(json, 1);
	}

	/**
	 * The name of a class as it was before it was made smaller.
	 * @return {@code null} if this is none
	 */
	static @Nullable String name(JsonNode compact) {
		String name = compact.stringValue(null);
		return (name != null && name.startsWith(SHORT)) ? LONG + name.substring(SHORT.length()) : name;
	}

	private JsonNode compacted(JsonNode json) {
		if (json instanceof ObjectNode object && ownName(object) != null) {
			Integer number = this.numbers.putIfAbsent(object.deepCopy(), this.numbers.size());
			if (number != null) {
				return JsonNodeFactory.instance.objectNode().put(SAME, number.intValue());
			}
			String name = String.valueOf(ownName(object));
			int known = this.names.indexOf(name);
			if (known >= 0) {
				object.put(CLASS, known);
			}
			else {
				this.names.add(name);
				object.put(CLASS, name.startsWith(LONG) ? SHORT + name.substring(LONG.length()) : name);
			}
		}
		replaceChildren(json, this::compacted);
		return json;
	}

	private JsonNode restored(JsonNode json, int depth) {
		if (json instanceof ObjectNode object && ownName(object) != null) {
			object.put(CLASS, String.valueOf(name(object.path(CLASS))));
			this.names.add(object.path(CLASS).stringValue());
			this.objects.add(object);
		}
		else if (json instanceof ObjectNode object && object.path(CLASS).isInt()) {
			object.put(CLASS, known(this.names, object.path(CLASS).intValue()));
			this.objects.add(object);
		}
		else if (json.size() == 1 && json.path(SAME).isInt()) {
			return repeated(known(this.objects, json.path(SAME).intValue()), depth);
		}
		replaceChildren(json, (child) -> restored(child, depth + 1));
		return json;
	}

	private static <T> T known(List<T> all, int number) {
		if (number < 0 || number >= all.size()) {
			throw new IllegalArgumentException("There is no number " + number);
		}
		return all.get(number);
	}

	private JsonNode repeated(JsonNode object, int depth) {
		this.repeated += nodes(object, depth);
		if (this.repeated > MOST_REPEATED_NODES) {
			throw new IllegalArgumentException("More than " + MOST_REPEATED_NODES + " nodes are repeated");
		}
		return object.deepCopy();
	}

	private static int nodes(JsonNode json, int depth) {
		if (depth > SecurityJson.MAX_DEPTH) {
			throw new IllegalArgumentException("Objects are nested deeper than " + SecurityJson.MAX_DEPTH + " levels");
		}
		int nodes = 1;
		for (JsonNode child : json.values()) {
			nodes += nodes(child, depth + 1);
		}
		return nodes;
	}

	private static @Nullable String ownName(ObjectNode object) {
		return object.path(CLASS).isString() ? object.path(CLASS).stringValue() : null;
	}

	private static void replaceChildren(JsonNode json, UnaryOperator<JsonNode> replacement) {
		if (json instanceof ObjectNode object) {
			for (String name : List.copyOf(object.propertyNames())) {
				object.set(name, replacement.apply(object.path(name)));
			}
		}
		else if (json instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				array.set(i, replacement.apply(array.path(i)));
			}
		}
	}

}
