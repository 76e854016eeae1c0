package io.sessionkit;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.sessionkit.StoredAttributes.Lasting;

/**
 * The names under which a former version kept attributes among the values. They cannot be
 * set any more, so a document contains them only if that version wrote it.
 */
final class ReservedNames {

	private static final Map<String, Lasting> VALUES = Map.of("security.context", Lasting.SESSION, "security.csrf",
			Lasting.ROOM, "security.request", Lasting.ROOM, "security.oauth2", Lasting.SESSION);

	private static final Pattern FLASH = Pattern.compile("mvc\\.flash\\.[0-9a-f]{8}");

	private ReservedNames() {
	}

	/**
	 * Checks the name of a value or flash attribute that is to be set.
	 * @throws IllegalArgumentException if it is reserved or not valid Unicode
	 */
	static String refused(String name) {
		Names.checked(name);
		if (VALUES.containsKey(name) || FLASH.matcher(name).matches()) {
			throw new IllegalArgumentException("The name '" + name + "' is reserved for what SessionKit keeps in a "
					+ "session; use another name. Where users choose names, put one of your own in front of them, "
					+ "such as 'preference.'");
		}
		return name;
	}

	/** Turns what the former version wrote into attributes. */
	static void moveToAttributes(SessionDocument document) {
		VALUES.forEach((name, lasting) -> {
			JsonSlice value = document.values().remove(name);
			if (value != null) {
				document.attributes().put(name, value, lasting);
			}
		});
		for (String name : List.copyOf(document.flash().keySet())) {
			if (FLASH.matcher(name).matches()) {
				JsonSlice value = document.flash().remove(name);
				if (value != null) {
					document.attributes().put(name, value, Lasting.SESSION);
				}
			}
		}
	}

}
