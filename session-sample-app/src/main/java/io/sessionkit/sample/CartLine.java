package io.sessionkit.sample;

import java.math.BigDecimal;

/**
 * A line on the cart page.
 */
record CartLine(Product product, int quantity) {

	public BigDecimal total() {
		return this.product.price().multiply(BigDecimal.valueOf(this.quantity));
	}

}
