package io.sessionkit.spring.slice;

import io.sessionkit.spring.web.CurrentSession;

/**
 * Code that is no controller.
 */
final class CartService {

	private final CurrentSession session;

	CartService(CurrentSession session) {
		this.session = session;
	}

	void put(String sku) {
		this.session.get().set("last", sku);
	}

}
