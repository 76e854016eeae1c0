package io.sessionkit.sample;

import java.time.Duration;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import io.sessionkit.SessionKey;

/**
 * All that this shop keeps in a session: the typed names of its values and of its flash
 * messages.
 */
final class ShopSession {

	static final SessionKey<String> USER_ID = SessionKey.of("userId", String.class);

	static final SessionKey<String> THEME = SessionKey.of("theme", String.class);

	static final SessionKey<Cart> CART = SessionKey.of("cart", Cart.class);

	static final FlashKey<String> NOTICE = FlashKey.of("notice", String.class);

	static final FlashKey<String> ERROR = FlashKey.of("error", String.class);

	static final String WRONG_PASSWORD = "That name and password do not match.";

	private static final Duration REMEMBERED = Duration.ofDays(30);

	private ShopSession() {
	}

	/** What every login leaves in the session. */
	static void begin(Session session, String user, boolean remember) {
		session.set(USER_ID, user);
		if (remember) {
			session.maxAge(REMEMBERED);
		}
		else {
			session.untilBrowserCloses();
		}
	}

}
