package io.sessionkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sessionkit.contract.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** No class is ever named in stored JSON, nor made because stored JSON names it (G15). */
class NoClassNamesTests {

	private static final PolymorphicTypeValidator ANYTHING = BasicPolymorphicTypeValidator.builder()
		.allowIfBaseType(Object.class)
		.allowIfSubType(Object.class)
		.build();

	private static final AtomicInteger MADE = new AtomicInteger();

	static class Gadget {

		public String command = "";

		Gadget() {
			MADE.incrementAndGet();
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	interface ByClass {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
	interface ByMinimalClass {

	}

	record NamedByClass(String value) implements ByClass {
	}

	record NamedByMinimalClass(String value) implements ByMinimalClass {
	}

	record Holders(List<ByClass> all) {
	}

	record Holder(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any) {
	}

	@ParameterizedTest
	@MethodSource("annotated")
	void aTypeThatIsAnnotatedToNameItsClassIsRefused(Object value) {
		Storages.browser()
			.visit((session) -> assertThatExceptionOfType(SessionSerializationException.class)
				.isThrownBy(() -> session.set("x", value)));
	}

	static List<Object> annotated() {
		return List.of(new NamedByClass("a"), new NamedByMinimalClass("a"), new Holder("a"),
				new Holders(List.of(new NamedByClass("a"))), List.of(new NamedByClass("a")));
	}

	@Test
	void storedJsonThatNamesAClassForAnAnnotatedTypeMakesNothing() {
		MADE.set(0);
		Map<String, Object> stored = Map.of("any", Map.of("@class", Gadget.class.getName(), "command", "x"));
		Browser browser = Storages.browser();
		browser.visit((session) -> session.set("x", stored));
		assertThat(browser.<Holder>ask((session) -> session.get("x", Holder.class))).isNull();
		browser.visit((session) -> session.set("x", Map.of("@class", NamedByClass.class.getName(), "value", "a")));
		assertThat(browser.<ByClass>ask((session) -> session.get("x", ByClass.class))).isNull();
		assertThat(MADE).hasValue(0);
	}

	@ParameterizedTest
	@MethodSource("customizers")
	void aCustomizerCannotSwitchDefaultTypingOn(Consumer<JsonMapper.Builder> customizer) {
		SessionStorage.Builder builder = SessionStorage.builder(Storages.ENCRYPTED).json(customizer);
		assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("default typing");
	}

	static List<Consumer<JsonMapper.Builder>> customizers() {
		return List.of((mapper) -> mapper.activateDefaultTyping(ANYTHING),
				(mapper) -> mapper.activateDefaultTyping(ANYTHING, DefaultTyping.NON_FINAL),
				(mapper) -> mapper.activateDefaultTypingAsProperty(ANYTHING, DefaultTyping.NON_FINAL, "@class"),
				(mapper) -> mapper.addModule(new SimpleModule() {

					private static final long serialVersionUID = 1L;

					@Override
					public void setupModule(SetupContext context) {
						((JsonMapper.Builder) context.getOwner()).activateDefaultTyping(ANYTHING,
								DefaultTyping.NON_FINAL);
					}

				}));
	}

	@Test
	void aCustomizerCannotLetAnnotatedTypesNameTheirClass() {
		MADE.set(0);
		Browser browser = new Browser(SessionStorage.builder(Storages.ENCRYPTED)
			.json((mapper) -> mapper.polymorphicTypeValidator(ANYTHING).addMixIn(Cart.Item.class, ByClass.class))
			.build());
		browser.visit((session) -> {
			assertThatExceptionOfType(SessionSerializationException.class)
				.isThrownBy(() -> session.set("x", new Cart.Item("tea", 1)));
			session.set("y", Map.of("any", Map.of("@class", Gadget.class.getName(), "command", "x")));
			assertThat(session.get("y", Holder.class)).isNull();
		});
		assertThat(MADE).hasValue(0);
	}

	@Test
	void namesOfTheApplicationsOwnChoiceAreFine() {
		Browser browser = Storages.browser();
		browser.visit((session) -> session.set("shape", new Circle(2)));
		assertThat(browser.get("shape")).isEqualTo(Map.of("kind", "circle", "radius", 2L));
		assertThat(browser.<Shape>ask((session) -> session.get("shape", Shape.class))).isEqualTo(new Circle(2));
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
	interface Shape {

	}

	record Circle(int radius) implements Shape {
	}

	@Test
	void aCustomizersModuleSerializesTypesOfItsOwn() {
		Browser browser = new Browser(SessionStorage.builder(Storages.ENCRYPTED)
			.json((mapper) -> mapper.addMixIn(Cart.Item.class, Renamed.class))
			.build());
		browser.visit((session) -> session.set("item", new Cart.Item("tea", 1)));
		assertThat(browser.get("item")).isEqualTo(Map.of("name", "tea", "quantity", 1L));
	}

	interface Renamed {

		@JsonProperty("name")
		String sku();

	}

}
