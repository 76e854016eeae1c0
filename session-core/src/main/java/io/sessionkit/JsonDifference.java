package io.sessionkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where the JSON of an object and that of its copy say different things. The order of
 * properties means nothing, nor does that of an array without duplicates, which may be a
 * set.
 */
final class JsonDifference {

	private JsonDifference() {
	}

	/**
	 * Finds the first difference.
	 * @param object the JSON of the object
	 * @param copy the JSON of its copy
	 * @param later the JSON of the object after that: what has changed by itself, as the
	 * age of something does, is no difference
	 * @return the path, "" for the whole, {@code null} if there is none
	 */
	static @Nullable String find(JsonNode object, JsonNode copy, JsonNode later) {
		if (object.isObject() && copy.isObject()) {
			Set<String> names = new LinkedHashSet<>(object.propertyNames());
			names.addAll(copy.propertyNames());
			for (String name : names) {
				String path = find(object.path(name), copy.path(name), later.path(name));
				if (path != null) {
					return name + (path.isEmpty() || path.startsWith("[") ? "" : ".") + path;
				}
			}
			return null;
		}
		if (object.isArray() && copy.isArray() && object.size() == copy.size()) {
			return isSameSet(object, copy) ? null : findInArray(object, copy, later);
		}
		return same(object, copy) || same(later, copy) || !same(object, later) ? null : "";
	}

	private static @Nullable String findInArray(JsonNode object, JsonNode copy, JsonNode later) {
		for (int i = 0; i < object.size(); i++) {
			String path = find(object.path(i), copy.path(i), later.path(i));
			if (path != null) {
				return "[" + i + "]" + (path.isEmpty() || path.startsWith("[") ? "" : ".") + path;
			}
		}
		return null;
	}

	/** By text, so that 1.0 is not 1.00. */
	private static boolean same(JsonNode one, JsonNode other) {
		return one.isMissingNode() ? other.isMissingNode() : !other.isMissingNode() && one.equals(other)
				&& (!one.isNumber() || one.toString().equals(other.toString()));
	}

	private static boolean isSameSet(JsonNode one, JsonNode other) {
		List<JsonNode> elements = new ArrayList<>(one.values());
		Set<JsonNode> distinct = new HashSet<>(elements);
		return distinct.size() == elements.size() && distinct.equals(new HashSet<>(other.values()));
	}

}
