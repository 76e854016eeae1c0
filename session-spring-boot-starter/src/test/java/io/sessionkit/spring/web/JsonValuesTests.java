package io.sessionkit.spring.web;

import java.util.List;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionSerializationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A redirect attribute is plain JSON; only what comes back as its class has to be
 * readable.
 */
class JsonValuesTests {

	private final JsonValues json = new JsonValues(Session.create());

	static final class Total {

		private final int amount;

		private Total(int amount) {
			this.amount = amount;
		}

		static Total of(int amount) {
			return new Total(amount);
		}

		public int getAmount() {
			return this.amount;
		}

	}

	@Test
	void whatNoClassReadsIsAMapForAView() {
		assertThat(this.json.write("total", Total.of(7))).isEqualTo(Map.of("amount", 7L));
		assertThat(this.json.write("totals", List.of(Total.of(7)))).isEqualTo(List.of(Map.of("amount", 7L)));
		assertThat(this.json.write("nothing", null)).isNull();
	}

	@Test
	void whatIsToComeBackAsItsClassIsRefusedByNameWhereItWouldNot() {
		assertThatExceptionOfType(SessionSerializationException.class)
			.isThrownBy(() -> this.json.requireReadable("total", Total.of(7)))
			.withMessageContaining("'total'")
			.withMessageContaining(Total.class.getName());
	}

	@Test
	void aPathIntoAFormMayBeLong() {
		String path = "texts[" + "\ud83d\ude00".repeat(300) + "]";
		assertThat(this.json.write(path, "x")).isEqualTo("x");
		assertThat(this.json.read(path, "7", Integer.class)).isEqualTo(7);
	}

}
