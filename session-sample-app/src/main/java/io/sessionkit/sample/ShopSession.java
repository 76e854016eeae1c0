package io.sessionkit.sample;

import java.time.Duration;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import io.sessionkit.SessionStorageException;
import org.jspecify.annotations.Nullable;

/**
 * Everything that this shop stores in a session, and how the session changes when a user
 * signs in or out, in both profiles.
 */
final class ShopSession {

	static final SessionKey<String> USER_ID = SessionKey.of("userId", String.class);

	static final SessionKey<String> THEME = SessionKey.of("theme", String.class);

	static final SessionKey<Cart> CART = SessionKey.of("cart", Cart.class);

	static final FlashKey<String> NOTICE = FlashKey.of("notice", String.class);

	static final FlashKey<String> ERROR = FlashKey.of("error", String.class);

	static final FlashKey<String> USERNAME = FlashKey.of("username", String.class);

	private static final int MAX_USERNAME = 100;

	private static final Duration REMEMBERED = Duration.ofDays(30);

	private ShopSession() {
	}

	/** Fills the session of a user who has just signed in. */
	static void signIn(Session session, String user, boolean remember) {
		session.set(USER_ID, user);
		if (remember) {
			session.maxAge(REMEMBERED);
		}
		else {
			session.untilBrowserCloses();
		}
	}

	/** Has the login page say that the password was wrong, and keep the username. */
	static void reject(Session session, @Nullable String username) {
		session.flash(ERROR, "Incorrect username or password.");
		if (username != null && username.length() <= MAX_USERNAME) {
			session.flash(USERNAME, username);
		}
	}

	/**
	 * Signs the user out and keeps nothing but the theme. {@link Session#destroy()} would
	 * leave no room for the theme and the message, so the session is emptied and gets a
	 * new id instead. The old id is as dead as a destroyed one.
	 */
	static void signOut(Session session) {
		if (!isThere(session)) {
			session.destroy();
			return;
		}
		String theme = session.get(THEME);
		session.clear();
		session.regenerateId();
		session.untilBrowserCloses();
		session.set(THEME, theme);
		session.flash(NOTICE, "You’re signed out.");
	}

	private static boolean isThere(Session session) {
		try {
			return !session.isNew();
		}
		catch (SessionStorageException ex) {
			return false; // signing out works even while the store cannot be read
		}
	}

}
