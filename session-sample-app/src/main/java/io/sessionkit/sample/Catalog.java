package io.sessionkit.sample;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * The shelf. Prices and names live here, never in the session.
 */
@Component
class Catalog {

	private final List<Product> products = List.of(product("tea", "Mountain tea", "Loose green leaves, 80 g", "9.50"),
			product("teapot", "Little teapot", "Stoneware, pours two cups", "34.00"),
			product("cup", "Morning cup", "Thrown by hand, 250 ml", "16.00"),
			product("honey", "Linden honey", "From the garden, 250 g", "8.00"),
			product("candle", "Beeswax candle", "Burns for twelve hours", "12.00"),
			product("notebook", "Day notebook", "96 pages, dotted", "11.00"));

	List<Product> products() {
		return this.products;
	}

	Optional<Product> find(String sku) {
		return this.products.stream().filter((product) -> product.sku().equals(sku)).findFirst();
	}

	/** The cart with names and prices; what is no longer on the shelf is left out. */
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
