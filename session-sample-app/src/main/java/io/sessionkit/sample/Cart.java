package io.sessionkit.sample;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The cart as it is stored in the session, with a quantity for each SKU:
 * {@code {"lines":{"tea":2}}}. It is immutable: each change returns a new cart.
 */
record Cart(Map<String, Integer> lines) {

	static final int MAX_QUANTITY = 99;

	Cart {
		lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
	}

	static Cart empty() {
		return new Cart(Map.of());
	}

	/** Returns a cart with more of a product, up to {@link #MAX_QUANTITY}. */
	Cart plus(String sku, int quantity) {
		Map<String, Integer> changed = new LinkedHashMap<>(this.lines);
		changed.merge(sku, quantity, (old, more) -> Math.min(old + more, MAX_QUANTITY));
		return new Cart(changed);
	}

	/** Returns a cart with one less of a product, and without it if that was the last. */
	Cart minusOne(String sku) {
		int quantity = this.lines.getOrDefault(sku, 0);
		return (quantity > 1) ? plus(sku, -1) : without(sku);
	}

	/** Returns a cart without a product. */
	Cart without(String sku) {
		Map<String, Integer> changed = new LinkedHashMap<>(this.lines);
		changed.remove(sku);
		return new Cart(changed);
	}

	/** Returns the number of items in this cart. */
	int count() {
		return this.lines.values().stream().mapToInt(Integer::intValue).sum();
	}

}
