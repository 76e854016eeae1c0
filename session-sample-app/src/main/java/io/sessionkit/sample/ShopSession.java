package io.sessionkit.sample;

import io.sessionkit.FlashKey;
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

	private ShopSession() {
	}

}
