package io.sessionkit.spring.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code @SessionValue} hands out is the session's own object.
 */
class LiveParameterTests extends SliceTest {

	private Cookie cookie;

	@BeforeEach
	void makeASession() {
		Cart cart = new Cart();
		cart.getItems().add(new Item("pen", 2));
		this.cookie = cookie(Map.of("cart", cart, "items", new ArrayList<>(cart.getItems()), "bySku",
				Map.of("pen", new Item("pen", 2))));
	}

	@Test
	void itIsTheOneThatTheSessionHas() {
		assertThat(get("/typed/same", this.cookie)).bodyText().isEqualTo("true true");
		assertThat(get("/typed/same-list", this.cookie)).bodyText().isEqualTo("true");
	}

	@ParameterizedTest
	@CsvSource({ "/typed/add,cart", "/typed/add-to-list,items", "/typed/add-to-map,bySku" })
	void whatIsChangedInItIsSaved(String path, String name) {
		MvcTestResult result = get(path, this.cookie);
		assertThat(result).hasStatusOk().hasHeader("Cache-Control", "no-store");
		assertThat(session(after(result)).get(name).toString()).contains("pen", "ink");
	}

	@Test
	void lookingAtItChangesNothing() {
		MvcTestResult result = get("/typed/look", this.cookie);
		assertThat(result).hasStatusOk().doesNotContainHeader("Set-Cookie");
		assertThat(session(this.cookie).data()).containsEntry("items", List.of(Map.of("sku", "pen", "quantity", 2L)));
	}

}
