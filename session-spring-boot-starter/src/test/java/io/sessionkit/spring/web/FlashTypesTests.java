package io.sessionkit.spring.web;

import java.io.File;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which classes a stored flash attribute may name.
 */
class FlashTypesTests {

	private static final AtomicBoolean INITIALIZED = new AtomicBoolean();

	private final FlashTypes types = new FlashTypes(List.of("io.sessionkit.spring.web"));

	record Own(String name) {

	}

	static final class Initialized {

		static {
			INITIALIZED.set(true);
		}

	}

	enum Bodied {

		ONE {
		}

	}

	@Test
	void valuesOfTheJdkAndClassesOfTheApplicationAreNamedAndFound() {
		for (Object value : List.of(1, 1.5, LocalDate.EPOCH, new Own("a"))) {
			assertThat(this.types.type(this.types.name(value))).isEqualTo(value.getClass());
		}
		assertThat(this.types.type(this.types.name(Bodied.ONE))).isEqualTo(Bodied.class);
		assertThat(this.types.type(this.types.name(List.of(new Own("a"), new Own("b")))).getTypeName())
			.isEqualTo("java.util.List<" + Own.class.getName() + ">");
		assertThat(this.types.type(this.types.name(Set.of(1))).getTypeName())
			.isEqualTo("java.util.Set<java.lang.Integer>");
		assertThat(this.types.type(this.types.name(Set.of("a", "b"))).getTypeName())
			.isEqualTo("java.util.Set<java.lang.String>");
		assertThat(this.types.type(this.types.name(Map.of("a", LocalDate.EPOCH))).getTypeName())
			.isEqualTo("java.util.Map<java.lang.String, java.time.LocalDate>");
	}

	@Test
	void jsonNeedsNoName() {
		for (Object value : List.of("text", 1L, true, List.of(), Set.of(), List.of("a", 1L),
				Map.of("a", List.of(1L)))) {
			assertThat(this.types.name(value)).isNull();
		}
	}

	@Test
	void anythingElseHasNone() {
		for (Object value : List.of(new File("a"), TimeUnit.DAYS, List.of(new Own("a"), 1), List.of(new File("a")),
				List.of(List.of(1)))) {
			assertThat(this.types.name(value)).isEqualTo(FlashTypes.UNNAMED);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "java.io.File", "java.util.concurrent.TimeUnit", "list:java.io.File", "list:",
			"io.sessionkit.spring.webby.Own", "io.sessionkit.spring.web", "io.sessionkit.spring.web.None", "?",
			"queue:java.lang.Integer", "list:list:java.lang.Integer", "[Lio.sessionkit.spring.web.FlashTypes;", "" })
	void aNameInAStoreMakesNothingElse(String name) {
		assertThat(this.types.type(name)).isNull();
	}

	@Test
	void toFindAClassRunsNothingOfIt() {
		assertThat(this.types.type(getClass().getName() + "$Initialized")).isNotNull();
		assertThat(INITIALIZED).isFalse();
	}

}
