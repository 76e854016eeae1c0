package io.sessionkit.spring.app;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * What a server answered, as it came over the wire.
 */
public record Answer(int status, HttpHeaders headers, String body) {

	static Answer of(HttpResponse<String> response) {
		return new Answer(response.statusCode(), response.headers(), response.body());
	}

	public List<String> all(String header) {
		return this.headers.allValues(header);
	}

	public String first(String header) {
		return this.headers.firstValue(header).orElse("");
	}

	/** The {@code Set-Cookie} headers that are ours. */
	public List<String> sessionCookies() {
		return all("Set-Cookie").stream().filter((cookie) -> cookie.startsWith(Browser.COOKIE)).toList();
	}

	/** The {@code Set-Cookie} headers of everybody else. */
	public List<String> otherCookies() {
		return all("Set-Cookie").stream().filter((cookie) -> !cookie.startsWith(Browser.COOKIE)).toList();
	}

}
