package io.sessionkit.sample;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * The products. Names and prices live here, never in the session.
 */
@Component
class Catalog {

	private final List<Product> products = List.of(product("tea", "Mountain tea", "Loose-leaf green tea, 3 oz", "9.50"),
			product("teapot", "Little teapot", "Stoneware, pours 2 cups", "34.00"),
			product("cup", "Morning cup", "Hand-thrown, 8 oz", "16.00"),
			product("honey", "Linden honey", "From our garden, 9 oz", "8.00"),
			product("candle", "Beeswax candle", "Burns for 12 hours", "12.00"),
			product("notebook", "Daily notebook", "96 dotted pages", "11.00"));

	List<Product> products() {
		return this.products;
	}

	Optional<Product> find(String sku) {
		return this.products.stream().filter((product) -> product.sku().equals(sku)).findFirst();
	}

	/** Adds names and prices to a cart, leaving out products that no longer exist. */
	List<CartLine> lines(Cart cart) {
		return this.products.stream()
			.filter((product) -> cart.lines().containsKey(product.sku()))
			.map((product) -> new CartLine(product, cart.lines().getOrDefault(product.sku(), 0)))
			.toList();
	}

	private static Product product(String sku, String name, String note, String price) {
		return new Product(sku, name, note, new BigDecimal(price));
	}

}
