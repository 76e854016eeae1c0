package io.sessionkit.contract;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A {@code Set-Cookie} header taken apart.
 *
 * @param name the cookie's name
 * @param value the cookie's value
 * @param attributes the attributes by their names in lower case
 */
public record SetCookie(String name, String value, Map<String, String> attributes) {

	/** Takes a header apart. */
	public static SetCookie of(String header) {
		String[] parts = header.split("; ", -1);
		Map<String, String> attributes = new LinkedHashMap<>();
		for (int i = 1; i < parts.length; i++) {
			attributes.put(name(parts[i]).toLowerCase(Locale.ROOT), value(parts[i]));
		}
		return new SetCookie(name(parts[0]), value(parts[0]), attributes);
	}

	private static String name(String pair) {
		return pair.contains("=") ? pair.substring(0, pair.indexOf('=')) : pair;
	}

	private static String value(String pair) {
		return pair.substring(pair.indexOf('=') + 1);
	}

	/** Whether it makes a browser drop the cookie. */
	public boolean isDeletion() {
		return "0".equals(this.attributes.get("max-age"))
				|| (this.value.isEmpty() && "Thu, 01 Jan 1970 00:00:00 GMT".equals(this.attributes.get("expires")));
	}

	/** How long the browser keeps it; {@code null} if the header does not say. */
	public @Nullable Duration maxAge() {
		String seconds = this.attributes.get("max-age");
		return (seconds != null) ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
	}

}
