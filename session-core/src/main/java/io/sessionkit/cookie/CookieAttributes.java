package io.sessionkit.cookie;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of a cookie that are the same in every response (RFC 6265, section 4.1).
 * They are checked against each other and against what the prefix of the name requires.
 */
record CookieAttributes(String path, @Nullable String domain, boolean secure, boolean httpOnly, SameSite sameSite,
		boolean partitioned) {

	private static final int MAX_NAME = 256;

	/** The number of parent paths of a request path that are considered. */
	private static final int MAX_BEGINNINGS = 3;

	/** Browsers ignore an attribute that is longer (RFC 6265bis, section 5.6). */
	private static final int MAX_ATTRIBUTE = 1024;

	/**
	 * Checks all attributes and renders them, each with a leading semicolon.
	 * @throws CookieConfigurationException if browsers would reject or ignore the cookie
	 */
	AttributeText render(String cookieName, CookieFormat format) {
		checkName(cookieName);
		checkPath();
		checkSecure(cookieName);
		checkHostPrefix(cookieName);
		checkHttpPrefix(cookieName);
		return AttributeText.of(this, format);
	}

	/**
	 * Renders one attribute. The result is empty if the attribute is not set, or if it is
	 * part of the {@link CookieLife}.
	 * @throws IllegalArgumentException if there is no such attribute
	 */
	String text(String attribute) {
		return switch (attribute) {
			case "Path" -> "; Path=" + this.path;
			case "Domain" -> (this.domain != null) ? "; Domain=" + hostName(this.domain) : "";
			case "Secure" -> this.secure ? "; Secure" : "";
			case "HttpOnly" -> this.httpOnly ? "; HttpOnly" : "";
			case "SameSite" -> "; SameSite=" + this.sameSite.attribute();
			case "Partitioned" -> this.partitioned ? "; Partitioned" : "";
			case "Max-Age", "Expires" -> "";
			default -> throw new IllegalArgumentException("There is no cookie attribute " + attribute);
		};
	}

	/**
	 * Returns the attributes of other cookies with this name that a browser may keep and
	 * send to the same address, because they have another path or domain.
	 */
	List<CookieAttributes> variants(String cookieName, String host, String requestPath) {
		List<CookieAttributes> variants = new ArrayList<>();
		if (startsWith(cookieName, "__Host-")) {
			return variants;
		}
		String own = (this.domain != null) ? hostName(this.domain) : null;
		for (String eachDomain : domains(host)) {
			String variant = eachDomain.isEmpty() ? null : eachDomain;
			for (String eachPath : paths(requestPath, variant != null)) {
				if (!eachPath.equals(this.path) || !Objects.equals(variant, own)) {
					variants.add(new CookieAttributes(eachPath, variant, this.secure, this.httpOnly, this.sameSite,
							this.partitioned));
				}
			}
		}
		return variants;
	}

	/**
	 * Returns the paths that match, the shortest one first.
	 * @param planted whether somebody on a neighboring host may have set the cookie, with
	 * any matching spelling of a path. A path from an earlier configuration has no slash
	 * at its end
	 */
	private Set<String> paths(String requestPath, boolean planted) {
		Set<String> paths = new LinkedHashSet<>(List.of("/", this.path));
		int end = requestPath.indexOf('/', 1);
		for (int i = 0; i < MAX_BEGINNINGS && requestPath.startsWith("/") && end > 0; i++) {
			paths.add(requestPath.substring(0, end));
			if (planted) {
				paths.add(requestPath.substring(0, end + 1));
			}
			end = requestPath.indexOf('/', end + 1);
		}
		if (planted && requestPath.startsWith("/")) {
			paths.add(requestPath);
		}
		paths.removeIf((path) -> path.chars()
			.anyMatch((character) -> character <= ' ' || character >= 0x7F || character == ';'));
		return paths;
	}

	/**
	 * Returns the domains that match. The first is "", which stands for the host alone.
	 * The parent domains follow, the shortest one first and without single labels, and
	 * then the host itself.
	 */
	private static List<String> domains(String host) {
		List<String> domains = new ArrayList<>();
		boolean named = host.chars()
			.allMatch((character) -> character == '-' || character == '.'
					|| (character < 0x7F && Character.isLetterOrDigit(character)))
				&& host.chars().anyMatch((character) -> character < 0x7F && Character.isLetter(character));
		String rest = host;
		while (named && rest.indexOf('.') > 0) {
			domains.add(0, rest);
			rest = rest.substring(rest.indexOf('.') + 1);
		}
		domains.add(0, "");
		return domains;
	}

	private static void checkName(String name) {
		if (name.isEmpty() || name.length() > MAX_NAME) {
			throw new CookieConfigurationException("name",
					"A cookie name has 1 to " + MAX_NAME + " characters, not " + name.length());
		}
		for (int i = 0; i < name.length(); i++) {
			char character = name.charAt(i);
			if (character <= ' ' || character >= 0x7F || "()<>@,;:\\\"/[]?={}".indexOf(character) >= 0) {
				throw new CookieConfigurationException("name",
						"A cookie name can't have the character U+"
								+ String.format(Locale.ROOT, "%04X", (int) character) + " (at " + i
								+ "): use letters, digits, - and _");
			}
		}
	}

	private void checkPath() {
		if (!this.path.startsWith("/") || this.path.length() > MAX_ATTRIBUTE) {
			throw new CookieConfigurationException("path",
					"A cookie path starts with / and has at most " + MAX_ATTRIBUTE + " characters");
		}
		for (int i = 0; i < this.path.length(); i++) {
			char character = this.path.charAt(i);
			if (character < ' ' || character >= 0x7F || character == ';') {
				throw new CookieConfigurationException("path",
						"A cookie path can't have the character at " + i + ": percent-encode it");
			}
		}
	}

	private void checkSecure(String name) {
		if (this.secure) {
			return;
		}
		if (startsWith(name, "__Host-") || startsWith(name, "__Secure-") || startsWith(name, "__Http-")) {
			throw new CookieConfigurationException("secure", "Browsers ignore the cookie " + name
					+ " without Secure: set secure to true, or choose a name without that prefix");
		}
		if (this.sameSite == SameSite.NONE) {
			throw new CookieConfigurationException("same-site",
					"Browsers ignore SameSite=None without Secure: set secure to true, or same-site to lax");
		}
		if (this.partitioned) {
			throw new CookieConfigurationException("partitioned",
					"Browsers ignore Partitioned without Secure: set secure to true, or partitioned to false");
		}
	}

	private void checkHostPrefix(String name) {
		if (!startsWith(name, "__Host-")) {
			return;
		}
		if (!this.path.equals("/")) {
			throw new CookieConfigurationException("path", "Browsers ignore the cookie " + name
					+ " with another path than /: set path to /, or choose a name without __Host-");
		}
		if (this.domain != null) {
			throw new CookieConfigurationException("domain", "Browsers ignore the cookie " + name
					+ " with a domain: leave domain out, or choose a name without __Host-");
		}
	}

	private void checkHttpPrefix(String name) {
		if (!this.httpOnly && (startsWith(name, "__Http-") || startsWith(name, "__Host-Http-"))) {
			throw new CookieConfigurationException("http-only", "Browsers ignore the cookie " + name
					+ " without HttpOnly: set http-only to true, or choose a name without that prefix");
		}
	}

	/** Compares without regard to case, as browsers do for these prefixes. */
	private static boolean startsWith(String name, String prefix) {
		return name.regionMatches(true, 0, prefix, 0, prefix.length());
	}

	private static String hostName(String domain) {
		String host = domain.startsWith(".") ? domain.substring(1) : domain;
		int label = 0;
		boolean valid = host.length() <= 253;
		for (int i = 0; i <= host.length() && valid; i++) {
			char character = (i < host.length()) ? host.charAt(i) : '.';
			if (character == '.') {
				valid = label > 0 && label <= 63 && host.charAt(i - 1) != '-' && host.charAt(i - label) != '-';
				label = 0;
			}
			else {
				valid = character == '-' || (character < 0x7F && Character.isLetterOrDigit(character));
				label++;
			}
		}
		if (!valid) {
			throw new CookieConfigurationException("domain",
					"A cookie domain is a host name like example.com, without scheme, port or path");
		}
		if (host.indexOf('.') < 0 && !host.equalsIgnoreCase("localhost")) {
			throw new CookieConfigurationException("domain",
					"Browsers ignore a cookie for a whole top-level domain like com, and most of them for a host name "
							+ "without a dot: set domain to a name like example.com, or leave it out for this host alone");
		}
		return host;
	}

}
