package io.sessionkit;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.sun.management.ThreadMXBean;
import io.sessionkit.contract.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.util.RawValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** JSON is bounded, at the call that sets it (G15). */
class JsonLimitTests {

	private final Browser browser = Storages.browser();

	private void assertRefused(Object value) {
		this.browser.visit((session) -> {
			session.set("before", 1);
			assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(() -> session.set("x", value))
				.withMessageContaining("'x'");
			assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(() -> session.flash("x", value));
		});
		assertThat(this.browser.ask(Session::data)).isEqualTo(Map.of("before", 1L));
	}

	private void assertKept(Object value) {
		this.browser.visit((session) -> {
			session.set("x", value);
			session.flash("y", value);
		});
		this.browser.visit((session) -> {
			assertThat(session.get("x") != null && session.get("y") != null).isTrue();
			session.unset("x");
		});
	}

	private static Object nested(int levels) {
		Object value = 1;
		for (int level = 0; level < levels; level++) {
			value = (level % 2 == 0) ? List.of(value) : Map.of("a", value);
		}
		return value;
	}

	@Test
	void aDocumentHas64LevelsOfWhichAValueHas62() {
		assertKept(nested(62));
		assertRefused(nested(63));
		assertRefused(nested(10_000));
	}

	/** The place of each element is only told where it fails. */
	@Test
	void longNamesAboveManyElementsCostNoMoreThanTheyHave() {
		Map<String, Object> leaves = new LinkedHashMap<>();
		for (int i = 0; i < 6000; i++) {
			leaves.put("k" + i, (i % 2 == 0) ? i : List.of());
		}
		Object value = leaves;
		for (int level = 0; level < 50; level++) {
			value = Map.of("n".repeat(1000), value);
		}
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		Session.create().set("x", value);
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000_000);
	}

	@Test
	void aNumberHas64Characters() {
		assertKept(new BigInteger("9".repeat(64)));
		assertRefused(new BigInteger("9".repeat(65)));
		assertKept(new BigDecimal("0." + "1".repeat(62)));
		assertRefused(new BigDecimal("0." + "1".repeat(100)));
		assertRefused(List.of(Map.of("a", new BigInteger("9".repeat(1000)))));
	}

	@Test
	void aNumberThatNobodyCanReadIsRefused() {
		assertRefused(new RawValue("1e99999999999"));
	}

	@Test
	void numbersThatJsonDoesNotHaveBecomeText() {
		this.browser.visit((session) -> session.set("x", Double.NaN));
		assertThat(this.browser.get("x")).isEqualTo("NaN");
		assertThat(this.browser.<Double>ask((session) -> session.get("x", Double.class))).isNaN();
	}

	@Test
	void aDocumentHas20000NamesAndValues() {
		assertKept(Collections.nCopies(9_000, 1));
		assertRefused(Collections.nCopies(20_000, 1));
		assertRefused(Collections.nCopies(10_000, List.of()));
		Session session = this.browser.open();
		session.set("a", Collections.nCopies(9_000, 1));
		session.set("b", Collections.nCopies(12_000, 1));
		assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(() -> this.browser.close(session))
			.withMessageContaining("20000")
			.withMessageContaining("21");
		Session other = this.browser.open();
		other.set("c", 1);
		this.browser.close(other);
		assertThat(this.browser.get("c")).isEqualTo(1L);
	}

	@Test
	void aNameInAValueHasAbout1000Characters() {
		assertKept(Map.of("x".repeat(1000), 1));
		assertRefused(Map.of("x".repeat(1100), 1));
	}

	@Test
	void duplicateKeysAreRefused() {
		assertRefused(new Twice());
		assertRefused(new RawValue("{\"a\":1,\"a\":2}"));
	}

	static class Twice {

		public String getName() {
			return "one";
		}

		@JsonAnyGetter
		public Map<String, String> more() {
			return Map.of("name", "two");
		}

	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "1 2", "1,2", "{}{}", "{}]", "}", "1,\"b\":2", "nul", "'x'", "// x", "NaN",
			"\u0000", "\"\t\"", "01", "[1,]" })
	void rawTextThatIsNotExactlyOneJsonValueIsRefused(String raw) {
		assertRefused(new RawValue(raw));
	}

	@Test
	void aValueHasOneMebibyteAtMostWhateverTheStore() {
		assertRefused("x".repeat(1 << 20));
		Session session = this.browser.open();
		assertThatExceptionOfType(SessionSerializationException.class)
			.isThrownBy(() -> session.set("x", "x".repeat(1 << 20)))
			.withMessageContaining(String.valueOf(1 << 20))
			.withMessageContaining(String.valueOf((1 << 20) + 2));
	}

	@Test
	void whatIsCircularIsRefused() {
		List<Object> list = new ArrayList<>();
		list.add(List.of(list));
		assertRefused(list);
		Map<String, Object> map = new HashMap<>();
		map.put("list", List.of(map));
		assertRefused(map);
		assertRefused(new Parent());
	}

	static class Parent {

		public Child getChild() {
			return new Child(this);
		}

	}

	record Child(Parent parent) {
	}

	@ParameterizedTest
	@ValueSource(strings = { "\ud83d", "\ude00", "a\ud83d", "\ude00\ud83d", "\ud83dx" })
	void anUnpairedSurrogateIsRefusedOrComesBackAsItWas(String text) {
		Session session = this.browser.open();
		try {
			session.set("x", text);
			session.set("map", Map.of(text, text));
		}
		catch (SessionSerializationException ex) {
			assertThat(ex).hasMessageNotContaining(text);
			return;
		}
		this.browser.close(session);
		assertThat(this.browser.get("x")).isEqualTo(text);
		assertThat(this.browser.get("map")).isEqualTo(Map.of(text, text));
	}

	@Test
	void theCustomizersMapperHasTheSameLimits() {
		Browser visitor = new Browser(SessionStorage.builder(Storages.ENCRYPTED).json((mapper) -> {
		}).build());
		visitor.visit((session) -> {
			assertThatExceptionOfType(SessionSerializationException.class)
				.isThrownBy(() -> session.set("x", nested(63)));
			assertThatExceptionOfType(SessionSerializationException.class)
				.isThrownBy(() -> session.set("x", new BigInteger("9".repeat(65))));
			assertThatExceptionOfType(SessionSerializationException.class)
				.isThrownBy(() -> session.set("x", new Twice()));
		});
	}

}
