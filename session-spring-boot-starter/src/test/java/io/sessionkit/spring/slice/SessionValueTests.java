package io.sessionkit.spring.slice;

import java.util.List;
import java.util.Map;

import io.sessionkit.spring.web.MissingSessionValueException;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/**
 * How {@code @SessionValue} finds its value, and what absence means.
 */
class SessionValueTests extends SliceTest {

	private void assertBody(String path, Map<String, ?> values, String body) {
		assertThat(get(path, cookie(values))).hasStatusOk().bodyText().isEqualTo(body);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/by-parameter-name", "/by-value", "/by-name", "/by-placeholder", "/nullable",
			"/not-required" })
	void aValueIsFoundByItsName(String path) {
		assertBody(path, Map.of("userId", "42", "other", "1"), "42");
	}

	@ParameterizedTest
	@CsvSource({ "/nullable,null", "/optional,Optional.empty", "/not-required,null", "/optional-record,Optional.empty",
			"/optional-list,Optional.empty", "/required-optional,Optional.empty", "/optional-boolean,false" })
	void anAbsentValueOfAnOptionalParameterIsEmpty(String path, String body) {
		assertThat(get(path)).hasStatusOk().bodyText().isEqualTo(body);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/by-parameter-name", "/by-value", "/by-name", "/by-placeholder" })
	void anAbsentValueOfARequiredParameterIsA400ThatNamesIt(String path) {
		assertThat(get(path)).hasStatus(400)
			.failure()
			.hasMessage("The session has no value 'userId' of type String")
			.asInstanceOf(type(MissingSessionValueException.class))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("userId"))
			.satisfies((ex) -> assertThat(ex.getParameter().getParameterType()).isEqualTo(String.class));
	}

	@Test
	void anAbsentPrimitiveIsA400Too() {
		assertThat(get("/primitives")).hasStatus(400).failure().hasMessageContaining("'anInt'");
	}

	@Test
	void aDefaultIsConverted() {
		assertThat(get("/defaults")).hasStatusOk().bodyText().isEqualTo("7 PT5M DARK userId <>");
	}

	@Test
	void aDefaultDoesNotReplaceAValue() {
		assertBody("/defaults",
				Map.of("count", 0, "pause", "PT1S", "theme", "LIGHT", "name", "Ann", "empty", "not empty"),
				"0 PT1S LIGHT Ann <not empty>");
	}

	@Test
	void anEmptyTextIsAValueNotAbsence() {
		assertBody("/defaults", Map.of("name", ""), "7 PT5M DARK  <>");
		assertBody("/by-parameter-name", Map.of("userId", ""), "");
		assertBody("/optional", Map.of("userId", ""), "Optional[]");
	}

	@Test
	void scalarsArePrimitivesEnumsAndDurations() {
		assertBody("/primitives", Map.of("anInt", 1, "aLong", 1L << 40, "aDouble", 0.5, "aBoolean", true),
				"1 1099511627776 0.5 true");
		assertBody("/scalars", Map.of("pause", "PT3S", "theme", Theme.LIGHT), "PT3S LIGHT");
		assertBody("/optional-boolean", Map.of("accepted", true), "true");
	}

	@Test
	void recordsAndGenericsConvertFromJson() {
		Item pen = new Item("pen", 2);
		Map<String, Object> values = Map.of("item", pen, "items", List.of(pen, new Item("ink", 1)), "bySku",
				Map.of("pen", pen));
		assertBody("/record", values, "Item[sku=pen, quantity=2]");
		assertBody("/optional-record", values, "Optional[pen]");
		assertBody("/list", values, "[pen, ink]");
		assertBody("/optional-list", values, "Optional[[pen, ink]]");
		assertBody("/map", values, "[pen2]");
		assertBody("/array", values, "[Item[sku=pen, quantity=2], Item[sku=ink, quantity=1]]");
	}

	@Test
	void anEmptyListIsAValueNotAbsence() {
		assertBody("/list", Map.of("items", List.of()), "[]");
		assertBody("/optional-list", Map.of("items", List.of()), "Optional[[]]");
		assertBody("/array", Map.of("items", List.of()), "[]");
	}

	@Test
	void aValueThatDoesNotFitItsTypeIsAbsent() {
		Cookie cookie = cookie(Map.of("userId", Map.of("a", 1), "count", "many", "item", List.of(1), "anInt", "x"));
		assertThat(get("/by-parameter-name", cookie)).hasStatus(400);
		assertThat(get("/nullable", cookie)).hasStatusOk().bodyText().isEqualTo("null");
		assertThat(get("/optional", cookie)).hasStatusOk().bodyText().isEqualTo("Optional.empty");
		assertThat(get("/optional-record", cookie)).hasStatusOk().bodyText().isEqualTo("Optional.empty");
		assertThat(get("/record", cookie)).hasStatus(400).failure().hasMessageContaining("'item' of type Item");
		assertThat(get("/primitives", cookie)).hasStatus(400);
		assertThat(get("/defaults", cookie)).hasStatusOk().bodyText().startsWith("7 ");
	}

	@Test
	void aFlashBindsOnce() {
		Cookie cookie = cookie((session) -> session.flash("userId", "notice"));
		MvcTestResult first = get("/optional", cookie);
		assertThat(first).bodyText().isEqualTo("Optional[notice]");
		assertThat(get("/optional", after(first))).bodyText().isEqualTo("Optional.empty");
	}

	@Test
	void aValueGoesBeforeAFlashOfTheSameNameWhichStays() {
		Cookie cookie = cookie((session) -> {
			session.set("userId", "value");
			session.flash("userId", "notice");
		});
		MvcTestResult result = get("/optional", cookie);
		assertThat(result).bodyText().isEqualTo("Optional[value]");
		assertThat(session(after(result)).flashKeys()).containsExactly("userId");
	}

	@Test
	void aFlashConvertsAsAValueDoes() {
		Cookie cookie = cookie((session) -> {
			session.flash("item", new Item("pen", 2));
			session.flash("count", 5);
		});
		assertThat(get("/record", cookie)).hasStatusOk().bodyText().isEqualTo("Item[sku=pen, quantity=2]");
		assertThat(get("/optional-record", cookie)).hasStatusOk().bodyText().isEqualTo("Optional[pen]");
		assertThat(get("/defaults", cookie)).hasStatusOk().bodyText().startsWith("5 ");
	}

	@Test
	void aFlashOfAGenericTypeConvertsToo() {
		Cookie cookie = cookie((session) -> session.flash("items", List.of(new Item("ink", 1))));
		assertThat(get("/list", cookie)).hasStatusOk().bodyText().isEqualTo("[ink]");
		assertThat(get("/optional-list", cookie)).hasStatusOk().bodyText().isEqualTo("Optional[[ink]]");
	}

	@Test
	void aMistakeInTheDeclarationIsNoMistakeOfTheClient() {
		assertThat(get("/bad-default")).failure()
			.hasMessageContaining("The default of @SessionValue 'count' cannot be converted to int");
		assertThat(get("/optional-int")).failure()
			.hasMessageContaining("'count'")
			.hasMessageContaining("use its wrapper type or a default value");
	}

}
