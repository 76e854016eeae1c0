package io.sessionkit.sample;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cart as the session stores it, from sku to quantity: {@code {"lines":{"tea":2}}}. It
 * never changes; each change makes the next cart.
 */
record Cart(Map<String, Integer> lines) {

	static final int MAX_QUANTITY = 99;

	Cart {
		lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
	}

	static Cart empty() {
		return new Cart(Map.of());
	}

	/** This cart with more of one product, up to {@link #MAX_QUANTITY}. */
	Cart plus(String sku, int quantity) {
		Map<String, Integer> changed = new LinkedHashMap<>(this.lines);
		changed.merge(sku, quantity, (old, more) -> Math.min(old + more, MAX_QUANTITY));
		return new Cart(changed);
	}

	/** This cart without one product. */
	Cart without(String sku) {
		Map<String, Integer> changed = new LinkedHashMap<>(this.lines);
		changed.remove(sku);
		return new Cart(changed);
	}

	/** The number of things in this cart. */
	int count() {
		return this.lines.values().stream().mapToInt(Integer::intValue).sum();
	}

}
