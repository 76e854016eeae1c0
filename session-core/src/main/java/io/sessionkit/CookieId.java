package io.sessionkit;

import java.time.Instant;

/**
 * What an authentic cookie says about its session.
 *
 * @param id the session id
 * @param issued when the cookie was issued
 * @param olderSecret whether it was written with a secret that is used only for reading
 * now
 */
record CookieId(String id, Instant issued, boolean olderSecret) {

	@Override
	public String toString() {
		return "CookieId[issued=" + this.issued + "]";
	}

}
