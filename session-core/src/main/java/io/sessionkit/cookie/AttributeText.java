package io.sessionkit.cookie;

import java.util.List;

/**
 * The attributes of a cookie as text, in the order of the cookie's format. The text is
 * split at the place where {@code Max-Age} or {@code Expires} is inserted.
 *
 * @param beforeMaxAge the text before a {@code Max-Age}
 * @param afterMaxAge the text after a {@code Max-Age}
 * @param beforeExpires the text before an {@code Expires}
 * @param afterExpires the text after an {@code Expires}
 */
record AttributeText(String beforeMaxAge, String afterMaxAge, String beforeExpires, String afterExpires) {

	static AttributeText of(CookieAttributes attributes, CookieFormat format) {
		List<String> names = format.attributes();
		int maxAge = names.indexOf("Max-Age");
		int expires = names.indexOf("Expires");
		return new AttributeText(text(attributes, names.subList(0, maxAge)),
				text(attributes, names.subList(maxAge, names.size())), text(attributes, names.subList(0, expires)),
				text(attributes, names.subList(expires, names.size())));
	}

	private static String text(CookieAttributes attributes, List<String> names) {
		StringBuilder text = new StringBuilder();
		names.forEach((name) -> text.append(attributes.text(name)));
		return text.toString();
	}

	String before(CookieLife life) {
		return (life.maxAge() != null) ? this.beforeMaxAge : this.beforeExpires;
	}

	String after(CookieLife life) {
		return (life.maxAge() != null) ? this.afterMaxAge : this.afterExpires;
	}

}
