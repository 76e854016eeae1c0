package io.sessionkit;

import java.time.Instant;

/**
 * An authentic cookie.
 *
 * @param id the session id
 * @param issued when the cookie was made
 * @param olderSecret whether it was made with a secret that only reads by now
 */
record CookieId(String id, Instant issued, boolean olderSecret) {

	@Override
	public String toString() {
		return "CookieId[issued=" + this.issued + "]";
	}

}
