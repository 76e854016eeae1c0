package io.sessionkit.storage.cloudflare;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Cloudflare answered, but for the value.
 *
 * @param status the HTTP status
 * @param code the number of the first error in the JSON, 0 where there is none
 * @param retryAfter how long Cloudflare asks to wait, zero where it does not say
 */
record Answer(int status, int code, Duration retryAfter) {

	private static final int KEY_NOT_FOUND = 10009;

	/** What a token that cannot be one at all is answered with, together with 400. */
	private static final int INVALID_HEADERS = 6003;

	/** A quote within a text of the JSON is escaped, so this is never part of one. */
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

	/** Whether the same request may succeed a little later. */
	boolean mayPass() {
		return this.status == 429 || this.status >= 500;
	}

	boolean isRefusedToken() {
		return this.status == 401 || this.status == 403 || this.status == 405
				|| (this.status == 400 && this.code == INVALID_HEADERS);
	}

}
