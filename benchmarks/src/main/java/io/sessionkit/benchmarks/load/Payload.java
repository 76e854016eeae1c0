package io.sessionkit.benchmarks.load;

/**
 * What every session holds: a user, a counter, and a cart of {@value #CART_BYTES} bytes.
 */
public final class Payload {

	/** The length of the cart. */
	public static final int CART_BYTES = 477;

	/** The key of the user. */
	public static final String USER = "user";

	/** The user. */
	public static final String NAME = "u-271828182845904";

	/** The key of the counter, a number that every write adds one to. */
	public static final String COUNT = "count";

	/** The key of the cart. */
	public static final String CART = "cart";

	/** The cart. */
	public static final String LINES = "TEA-0042 Darjeeling, first flush, 100 g; ".repeat(12).substring(0, CART_BYTES);

	static final String FAT = "fat";

	private Payload() {
	}

}
