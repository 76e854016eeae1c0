package io.sessionkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds where the JSON of an object differs from that of its copy. The order of
 * properties is ignored, and so is the order of an array without duplicates, which may be
 * a set.
 */
final class JsonDifference {

	private JsonDifference() {
	}

	/**
	 * Finds the first difference.
	 * @param object the JSON of the object
	 * @param copy the JSON of its copy
	 * @param later the JSON of the object after that; what has changed by itself, such as
	 * an age, is not a difference
	 * @return the path; "" for the whole value; {@code null} if there is no difference
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

	/** Compares numbers by their text, so that 1.0 differs from 1.00. */
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
