package io.sessionkit.benchmarks.load;

import java.util.Locale;

/**
 * What a request does.
 */
public enum LoadPath {

	/** Its session is not asked for, though the cookie is there. */
	NONE("GET"),

	/** One value. */
	READ("GET"),

	/** A counter. */
	WRITE("POST"),

	/** A new session. */
	LOGIN("POST"),

	/** A counter and a large value, in a session that has grown by it. */
	FAT("POST");

	private final String method;

	LoadPath(String method) {
		this.method = method;
	}

	String method() {
		return this.method;
	}

	/** Where it goes to. */
	public String path() {
		return "/" + name().toLowerCase(Locale.ROOT);
	}

	boolean sendsCookies() {
		return this != LOGIN;
	}

}
