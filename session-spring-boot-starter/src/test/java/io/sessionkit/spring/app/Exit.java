package io.sessionkit.spring.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A way out of a request and what the client must see of it.
 *
 * @param path where to ask for it
 * @param status the status
 * @param body the body; {@code null}: that of the error page
 * @param header another header that is there, as {@code Name: value}, or ""
 * @param resets whether the application itself drops the headers that were set before
 */
public record Exit(String method, String path, int status, String body, String header, boolean resets) {

	static Exit of(String path, int status, String body) {
		return new Exit("GET", path, status, body, "", false);
	}

	Exit with(String header) {
		return new Exit(this.method, this.path, this.status, this.body, header, this.resets);
	}

	Exit resetting() {
		return new Exit(this.method, this.path, this.status, this.body, this.header, true);
	}

	Exit by(String method) {
		return new Exit(method, this.path, this.status, this.body, this.header, this.resets);
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

	/**
	 * How a servlet ends a response.
	 */
	@FunctionalInterface
	public interface Ending {

		void end(HttpServletRequest request, HttpServletResponse response) throws Exception;

	}

}
