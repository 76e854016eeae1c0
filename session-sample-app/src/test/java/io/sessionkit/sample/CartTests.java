package io.sessionkit.sample;

import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filling and emptying the cart.
 */
class CartTests extends OnEveryStorage {

	@BeforeEach
	void logIn() {
		this.visitor.logIn();
	}

	@Test
	void aNewCartIsEmpty() {
		assertThat(this.visitor.open("/cart").asNormalizedText()).contains("Nothing here yet");
	}

	@Test
	void whatIsAddedIsInTheCartAndIsSaidOnce() {
		HtmlPage cart = this.visitor.add("tea", "2");
		assertThat(cart.getUrl().getPath()).isEqualTo("/cart");
		assertThat(cart.asNormalizedText()).contains("Mountain tea is in your cart.", "€19.00");
		assertThat(cart.getElementById("cart-count").getTextContent()).isEqualTo("2");
		HtmlPage reloaded = this.visitor.open("/cart");
		assertThat(reloaded.asNormalizedText()).contains("Mountain tea").doesNotContain("is in your cart.");
	}

	@Test
	void theSameProductAddsUp() {
		this.visitor.add("tea", "2");
		this.visitor.add("honey", "1");
		HtmlPage cart = Visitor.press(this.visitor.open("/cart"), "#line-tea .stepper button");
		assertThat(cart.getElementById("total").getTextContent()).isEqualTo("€36.50");
		assertThat(this.visitor.json()).contains("\"cart\":{\"lines\":{\"tea\":3,\"honey\":1}}");
	}

	@Test
	void oneLineHoldsNinetyNine() {
		this.visitor.add("tea", "99");
		this.visitor.add("tea", "99");
		assertThat(this.visitor.json()).contains("{\"tea\":99}");
	}

	@Test
	void whatIsRemovedIsGone() {
		this.visitor.add("tea", "2");
		this.visitor.add("cup", "1");
		HtmlPage cart = Visitor.press(this.visitor.open("/cart"), "#line-tea .link");
		assertThat(cart.asNormalizedText()).contains("Removed from your cart.", "Morning cup")
			.doesNotContain("Mountain tea");
		assertThat(this.visitor.open("/cart").asNormalizedText()).doesNotContain("Removed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sku=tea&quantity=0", "sku=tea&quantity=100", "sku=tea&quantity=-1", "sku=tea&quantity=",
			"sku=tea&quantity=many", "sku=tea&quantity=99999999999", "sku=tea", "sku=gold&quantity=1", "quantity=1" })
	void whatMakesNoSenseIsSaidAndChangesNothing(String form) {
		String token = this.visitor.token();
		String cookie = this.visitor.cookie();
		var answer = this.shop.post("/cart/items", cookie, "_csrf=" + token + "&" + form);
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(location(answer)).isEqualTo("/cart");
		var cart = this.shop.get("/cart", sessionOf(answer, cookie));
		assertThat(cart.body()).contains("class=\"flash error\"", "Nothing here yet");
	}

}
