package io.sessionkit.storage.cloudflare;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A response of Cloudflare without its value.
 *
 * @param status the HTTP status
 * @param code the code of the first error in the JSON; 0 if there is none
 * @param retryAfter how long Cloudflare asks to wait; zero if it does not say
 */
record Answer(int status, int code, Duration retryAfter) {

	private static final int KEY_NOT_FOUND = 10009;

	/**
	 * The code, together with status 400, for a token with a syntax that no token has.
	 */
	private static final int INVALID_HEADERS = 6003;

	/**
	 * Quotes inside of JSON strings are escaped, so this never matches a part of a
	 * string.
	 */
	private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*(\\d{1,9})\\b");

	private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

	static Answer of(HttpResponse<byte[]> response) {
		int code = 0;
		if (response.statusCode() >= 400) {
			Matcher matcher = CODE.matcher(new String(response.body(), StandardCharsets.UTF_8));
			code = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
		}
		return new Answer(response.statusCode(), code,
				response.headers()
					.firstValue("Retry-After")
					.filter((value) -> SECONDS.matcher(value).matches())
					.map((value) -> Duration.ofSeconds(Long.parseLong(value)))
					.orElse(Duration.ZERO));
	}

	boolean isSuccess() {
		return this.status >= 200 && this.status < 300;
	}

	boolean isAbsentKey() {
		return this.status == 404 && this.code == KEY_NOT_FOUND;
	}

	/** Returns whether the same request may succeed a little later. */
	boolean mayPass() {
		return this.status == 429 || this.status >= 500;
	}

	boolean isRefusedToken() {
		return this.status == 401 || this.status == 403 || this.status == 405
				|| (this.status == 400 && this.code == INVALID_HEADERS);
	}

}
