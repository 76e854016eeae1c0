package io.sessionkit;

import io.sessionkit.cookie.SessionCookie;

/** Sessions in cookies that are signed only keep the same promises. */
class SignedCookieStorageTests extends CookieStorageTests {

	@Override
	public SessionCookie.Builder protect(SessionCookie.Builder cookie, String... secrets) {
		return cookie.signedWith(secrets);
	}

}
