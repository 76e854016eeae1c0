package io.sessionkit.spring.web;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.util.ReflectionUtils;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which types a controller gives to the attributes of its model.
 */
class ModelAttributeTypesTests {

	private final ModelAttributeTypes types = new ModelAttributeTypes();

	record Order(String name) {

	}

	record Draft(String name) {

	}

	abstract static class Crud<T> {

		void save(@ModelAttribute("entity") T entity) {
		}

	}

	static final class Controller extends Crud<Draft> {

		@ModelAttribute
		Order made() {
			return new Order("made");
		}

		void first(@ModelAttribute("form") Order form) {
		}

		void second(@ModelAttribute("form") Draft form, @Validated Draft draft, @RequestParam Order ignored) {
		}

		void third(@ModelAttribute("drafts") List<Draft> drafts) {
		}

	}

	private String type(String method, String name) {
		HandlerMethod handler = new HandlerMethod(new Controller(),
				ReflectionUtils.findMethod(Controller.class, method, (Class<?>[]) null));
		return String.valueOf(this.types.of(handler).get(name)).replace(getClass().getName() + "$", "");
	}

	@Test
	void theHandlerSaysItFirstAndThenItsController() {
		assertThat(type("first", "form")).endsWith("Order");
		assertThat(type("second", "form")).endsWith("Draft");
		assertThat(type("third", "order")).endsWith("Order");
		assertThat(type("first", "drafts")).isEqualTo("java.util.List<Draft>");
	}

	@Test
	void aParameterThatIsOnlyValidatedIsAnAttribute() {
		assertThat(type("first", "draft")).endsWith("Draft");
	}

	@Test
	void aTypeOfAGenericBaseClassIsThatOfTheController() {
		assertThat(type("first", "entity")).endsWith("Draft");
	}

	@Test
	void otherHandlersSayNothing() {
		assertThat(this.types.of("handler")).isEmpty();
		assertThat(this.types.of(null)).isEmpty();
	}

}
