package io.sessionkit.spring.security;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a reference may do, in JSON that somebody has made up.
 */
class CompactJsonTests {

	private static JsonNode restore(String json) {
		return CompactJson.restore(JsonMapper.shared().readTree(json));
	}

	@Test
	void aReferenceIsACopyOfTheObject() {
		assertThat(restore("[{'@class':'A','name':'x'},{'@same':0}]".replace('\'', '"')))
			.hasToString("[{'@class':'A','name':'x'},{'@class':'A','name':'x'}]".replace('\'', '"'));
	}

	@Test
	void referencesToReferencesCannotGrowWithoutAnEnd() {
		String bomb = IntStream.range(0, 40)
			.mapToObj((level) -> (level == 0) ? "{\"@class\":\"A\"}"
					: "{\"@class\":\"A\",\"l\":{\"@same\":%1$d},\"r\":{\"@same\":%1$d}}".formatted(level - 1))
			.collect(joining(",", "[", "]"));
		assertThatIllegalArgumentException().isThrownBy(() -> restore(bomb)).withMessageContaining("10000 nodes");
	}

	@Test
	void referencesCannotNestDeeperThanAnyValue() {
		String chain = IntStream.range(0, 100)
			.mapToObj((level) -> (level == 0) ? "{\"@class\":\"A\"}"
					: "{\"@class\":\"A\",\"in\":{\"@same\":%d}}".formatted(level - 1))
			.collect(joining(",", "[", "]"));
		assertThatIllegalArgumentException().isThrownBy(() -> restore(chain)).withMessageContaining("62 levels");
	}

	@Test
	void aReferenceToNothingIsRefused() {
		for (String number : new String[] { "-1", "1", "2147483647" }) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> restore("[{\"@class\":\"A\"},{\"@same\":" + number + "}]"))
				.withMessageContaining(number);
		}
	}

	@Test
	void anObjectThatRefersToItselfEnds() {
		assertThat(restore("{\"@class\":\"A\",\"in\":{\"@same\":0}}").toString()).hasSizeLessThan(100);
	}

}
