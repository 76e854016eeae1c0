package io.sessionkit.storage.cloudflare;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Checks the options that become part of a request. */
final class KvOptions {

	/** KV allows 512 bytes, and the keys of records have 43. */
	private static final int LONGEST_PREFIX = 400;

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	private static final Pattern TOKEN = Pattern.compile("[!-~]{1,1024}");

	private static final Pattern PREFIX = Pattern.compile("[\\p{Graph}&&[^\\s]]*", Pattern.UNICODE_CHARACTER_CLASS);

	private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");

	private KvOptions() {
	}

	static String id(String name, String id) {
		if (!ID.matcher(id).matches()) {
			throw new IllegalArgumentException("The " + name + " must be 1 to 64 letters and digits, as Cloudflare's "
					+ "dashboard shows it, but it has " + id.length() + " characters, or characters of another kind");
		}
		return id;
	}

	static String token(String token) {
		if (!TOKEN.matcher(token).matches()) {
			throw new IllegalArgumentException("The API token must be 1 to 1024 visible ASCII characters without "
					+ "spaces, but it has " + token.length() + " characters, or characters of another kind");
		}
		return token;
	}

	static String keyPrefix(String prefix) {
		int bytes = prefix.getBytes(StandardCharsets.UTF_8).length;
		if (bytes > LONGEST_PREFIX || !PREFIX.matcher(prefix).matches()) {
			throw new IllegalArgumentException("The key prefix must be printable characters without spaces, at most "
					+ LONGEST_PREFIX + " bytes, and it has " + bytes);
		}
		return prefix;
	}

	static URI baseUrl(URI url) {
		String host = url.getHost();
		boolean allowed = host != null && ("https".equalsIgnoreCase(url.getScheme())
				|| ("http".equalsIgnoreCase(url.getScheme()) && THIS_MACHINE.matcher(host).matches()));
		if (!allowed || url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
			throw new IllegalArgumentException("The base URL must be https, or http to this machine, with a host and "
					+ "without user, query and fragment, such as https://api.cloudflare.com/client/v4");
		}
		String text = url.toString();
		return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
	}

}
