package io.sessionkit.benchmarks.load;

/**
 * What every session holds: a user, a counter, and a cart of {@value #CART_BYTES} bytes.
 */
final class Payload {

	static final int CART_BYTES = 477;

	static final String USER = "user";

	static final String NAME = "u-271828182845904";

	static final String COUNT = "count";

	static final String CART = "cart";

	static final String LINES = "TEA-0042 Darjeeling, first flush, 100 g; ".repeat(12).substring(0, CART_BYTES);

	static final String FAT = "fat";

	private Payload() {
	}

}
