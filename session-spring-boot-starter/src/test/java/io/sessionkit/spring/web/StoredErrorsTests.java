package io.sessionkit.spring.web;

import java.util.List;
import java.util.Map;

import io.sessionkit.Session;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The errors of a form are in JSON what they were.
 */
class StoredErrorsTests {

	private final StoredErrors errors = new StoredErrors(new JsonValues(Session.create()));

	record Form(String name, int age, List<Integer> sizes) {

	}

	private BindingResult travelled(BindingResult result, Object target) {
		Session session = Session.create();
		session.set("errors", this.errors.write(result));
		return this.errors.read((Map<?, ?>) session.get("errors"), target, null);
	}

	@Test
	void globalErrorsFieldErrorsAndFailuresToBindKeepEverything() {
		Form form = new Form("ada", 7, List.of(1, 2));
		BindingResult result = new BeanPropertyBindingResult(form, "form");
		DefaultMessageSourceResolvable field = new DefaultMessageSourceResolvable(new String[] { "form.age", "age" },
				"age");
		result.addError(new ObjectError("form", new String[] { "a", "b" }, new Object[] { 3, "x" }, "all {0}"));
		result.addError(new FieldError("form", "age", 7, false, new String[] { "min" },
				new Object[] { field, new Object[] { 1L, 2 }, true }, "at least"));
		result.addError(new FieldError("form", "name", "x1", true, null, null, null));
		result.addError(new FieldError("form", "sizes", List.of(1, 2), false, null, null, "sizes"));
		BindingResult read = travelled(result, form);
		assertThat(read.getTarget()).isSameAs(form);
		assertThat(read.getObjectName()).isEqualTo("form");
		assertThat(read.getErrorCount()).isEqualTo(4);
		ObjectError global = read.getGlobalErrors().get(0);
		assertThat(global.getCodes()).containsExactly("a", "b");
		assertThat(new StaticMessageSource().getMessage(global, java.util.Locale.ROOT)).isEqualTo("all 3");
		FieldError age = read.getFieldErrors("age").get(0);
		assertThat(age.getRejectedValue()).isEqualTo(7);
		assertThat(age.isBindingFailure()).isFalse();
		assertThat(age.getArguments()[0]).isEqualTo(field);
		assertThat((Object[]) age.getArguments()[1]).hasSize(2);
		assertThat(age.getDefaultMessage()).isEqualTo("at least");
		FieldError name = read.getFieldErrors("name").get(0);
		assertThat(name.getRejectedValue()).isEqualTo("x1");
		assertThat(name.isBindingFailure()).isTrue();
		assertThat(name.getDefaultMessage()).isNull();
		assertThat(read.getFieldErrors("sizes").get(0).getRejectedValue()).isEqualTo(List.of(1, 2));
		assertThat(read.getFieldValue("name")).isEqualTo("x1");
	}

	/** As those of Bean Validation are, which may have braces of their own. */
	@Test
	void aMessageThatIsNoFormatStaysNone() {
		BindingResult result = new BeanPropertyBindingResult(new Form("", 0, List.of()), "form");
		result.addError(new FieldError("form", "name", "", false, new String[] { "Pattern" }, new Object[] { 1 },
				"must match [0-9]{3}") {

			@Override
			public boolean shouldRenderDefaultMessage() {
				return false;
			}

		});
		FieldError read = travelled(result, null).getFieldErrors().get(0);
		assertThat(new StaticMessageSource().getMessage(read, java.util.Locale.ROOT)).isEqualTo("must match [0-9]{3}");
	}

	/** The visitor makes it up where a property is a map. */
	@Test
	void theNameOfAFieldMayBeAny() {
		for (String name : List.of("amounts[" + "x".repeat(300) + "]", "security.context")) {
			BindingResult result = new BeanPropertyBindingResult(new Form("", 0, List.of()), "form");
			result.addError(new FieldError("form", name, "x", true, null, null, null));
			result.addError(new FieldError("form", name, 7, false, null, null, null));
			for (Object target : new Object[] { null, new Form("", 0, List.of()) }) {
				assertThat(travelled(result, target).getFieldErrors(name)).extracting(FieldError::getRejectedValue)
					.first()
					.isEqualTo("x");
			}
		}
	}

	@Test
	void withoutItsFormTheErrorsAreThere() {
		BindingResult result = new BeanPropertyBindingResult(new Form("ada", 7, List.of()), "form");
		result.rejectValue("name", "unknown", "is not known");
		BindingResult read = travelled(result, null);
		assertThat(read.getFieldErrors()).hasSize(1);
		assertThat(read.getFieldValue("name")).isEqualTo("ada");
		assertThat(read.getFieldValue("age")).isNull();
	}

	@Test
	void whatIsNoErrorIsNone() {
		for (Map<String, ?> hostile : List.<Map<String, ?>>of(Map.of(), Map.of("errors", "x", "object", 1),
				Map.of("errors", List.of("x", Map.of(), Map.of("field", 1, "codes", "x", "arguments", 3))))) {
			Session session = Session.create();
			session.set("errors", hostile);
			assertThat(this.errors.read((Map<?, ?>) session.get("errors"), null, null).getFieldErrors()).isEmpty();
		}
	}

}
