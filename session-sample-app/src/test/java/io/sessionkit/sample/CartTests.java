package io.sessionkit.sample;

import org.htmlunit.html.HtmlButton;
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
		assertThat(cart.asNormalizedText()).contains("Mountain tea added to cart.", "$19.00");
		assertThat(cart.getElementById("cart-count").getTextContent()).isEqualTo("2");
		HtmlPage reloaded = this.visitor.open("/cart");
		assertThat(reloaded.asNormalizedText()).contains("Mountain tea").doesNotContain("added to cart");
	}

	@Test
	void theSameProductAddsUp() {
		this.visitor.add("tea", "2");
		this.visitor.add("honey", "1");
		HtmlPage cart = Visitor.press(this.visitor.open("/cart"), "#line-tea .more");
		assertThat(cart.getElementById("total").getTextContent()).isEqualTo("$36.50");
		assertThat(this.visitor.json()).contains("\"cart\":{\"lines\":{\"tea\":3,\"honey\":1}}");
	}

	@Test
	void oneLineHoldsNinetyNine() {
		this.visitor.add("tea", "99");
		HtmlPage cart = this.visitor.add("tea", "99");
		assertThat(this.visitor.json()).contains("{\"tea\":99}");
		assertThat(cart.<HtmlButton>querySelector("#line-tea .more").isDisabled()).isTrue();
		assertThat(cart.<HtmlButton>querySelector("#line-tea .less").isDisabled()).isFalse();
	}

	@Test
	void theMinusButtonTakesOneAwayAndTheLastOneRemovesTheLine() {
		this.visitor.add("tea", "2");
		HtmlPage one = Visitor.press(this.visitor.add("honey", "1"), "#line-tea .less");
		assertThat(one.getUrl().getPath()).isEqualTo("/cart");
		assertThat(one.asNormalizedText()).contains("Quantity updated.");
		assertThat(one.getElementById("total").getTextContent()).isEqualTo("$17.50");
		assertThat(one.getElementById("cart-count").getTextContent()).isEqualTo("2");
		assertThat(this.visitor.json()).contains("\"cart\":{\"lines\":{\"tea\":1,\"honey\":1}}");
		HtmlPage none = Visitor.press(one, "#line-tea .less");
		assertThat(none.asNormalizedText()).contains("Item removed from cart.", "Linden honey")
			.doesNotContain("Mountain tea");
		assertThat(this.visitor.json()).contains("\"cart\":{\"lines\":{\"honey\":1}}");
	}

	@Test
	void theMinusButtonOfAnOutdatedPageDoesNotGoBelowZero() {
		HtmlPage outdated = this.visitor.add("tea", "1");
		Visitor.press(outdated, "#line-tea .less");
		assertThat(Visitor.press(outdated, "#line-tea .less").asNormalizedText()).contains("Nothing here yet");
		assertThat(this.visitor.add("tea", "2").getElementById("cart-count").getTextContent()).isEqualTo("2");
	}

	@Test
	void whatIsRemovedIsGone() {
		this.visitor.add("tea", "2");
		this.visitor.add("cup", "1");
		HtmlPage cart = Visitor.press(this.visitor.open("/cart"), "#line-tea .link");
		assertThat(cart.asNormalizedText()).contains("Item removed from cart.", "Morning cup")
			.doesNotContain("Mountain tea");
		assertThat(this.visitor.open("/cart").asNormalizedText()).doesNotContain("Item removed");
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
