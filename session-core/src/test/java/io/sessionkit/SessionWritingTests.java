package io.sessionkit;

import java.io.ByteArrayInputStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.CountingStrategy;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/** What a session takes, and when it refuses. */
class SessionWritingTests {

	private static final SessionKey<Integer> COUNT = SessionKey.of("count", Integer.class);

	private static final SessionKey<Cart> CART = SessionKey.of("cart", Cart.class);

	private static final FlashKey<String> NOTICE = FlashKey.of("notice", String.class);

	private final Browser browser = Storages.browser();

	@Test
	void aNullUnsets() {
		this.browser.visit((session) -> {
			session.set("a", 1);
			session.set(COUNT, 1);
			session.flash("notice", "hi");
			session.set("b", 1);
		});
		this.browser.visit((session) -> {
			session.set("a", null);
			session.set(COUNT, null);
			session.flash("notice", null);
			assertThat(session.has("a")).isFalse();
		});
		assertThat(this.browser.ask(Session::data)).isEqualTo(Map.of("b", 1L));
	}

	@Test
	void whatBecomesJsonNullUnsetsToo() {
		this.browser.visit((session) -> session.set("a", 1));
		this.browser.visit((session) -> session.set("a", new Nothing()));
		assertThat(this.browser.ask(Session::keys)).isEmpty();
	}

	record Nothing() {

		@JsonValue
		Object value() {
			return null;
		}

	}

	@Test
	void unsettingATypedKeyLeavesTheFlashAndTheReverse() {
		this.browser.visit((session) -> {
			session.set("notice", "value");
			session.flash(NOTICE, "flash");
			session.unset(SessionKey.of("notice", String.class));
			assertThat(session.get(NOTICE)).isEqualTo("flash");
			session.set("notice", "value");
			session.flash(NOTICE, "flash");
			session.unset(NOTICE);
			assertThat(session.get("notice")).isEqualTo("value");
			assertThat(session.get("notice")).isEqualTo("value");
		});
	}

	@Test
	void settingANullByATypedKeyLeavesTheFlash() {
		this.browser.visit((session) -> {
			session.flash(NOTICE, "flash");
			session.set(SessionKey.of("notice", String.class), null);
			assertThat(session.get(NOTICE)).isEqualTo("flash");
		});
	}

	@Test
	void clearRemovesValuesAndFlashAndWhatFollowsStays() {
		this.browser.visit((session) -> {
			session.set("a", 1);
			session.flash("notice", "hi");
		});
		this.browser.visit((session) -> {
			session.clear();
			assertThat(session.data()).isEmpty();
			session.set("b", 2);
		});
		assertThat(this.browser.ask(Session::data)).isEqualTo(Map.of("b", 2L));
	}

	@Test
	void updateReturnsAndKeepsTheNewValue() {
		this.browser.visit((session) -> {
			assertThat(session.update(COUNT, 10, (count) -> count + 1)).isEqualTo(11);
			assertThat(session.get(COUNT)).isEqualTo(11);
		});
		assertThat(this.browser.<Integer>ask((session) -> session.update(COUNT, 10, (count) -> count + 1)))
			.isEqualTo(12);
		assertThat(this.browser.get("count")).isEqualTo(12L);
	}

	@Test
	void updateMayChangeAndReturnTheObjectItGets() {
		Cart initial = new Cart();
		this.browser.visit((session) -> {
			Cart cart = session.update(CART, initial, (present) -> present.with("tea", 1));
			assertThat(session.get(CART)).isSameAs(cart).isNotSameAs(initial);
		});
		this.browser.visit((session) -> session.update(CART, initial, (present) -> present.with("jam", 2)));
		assertThat(initial.getItems()).isEmpty();
		assertThat(this.browser.<Cart>ask((session) -> session.get(CART)).getItems())
			.containsExactly(new Cart.Item("tea", 1), new Cart.Item("jam", 2));
	}

	@Test
	void updateRefusesANullAndKeepsWhatWas() {
		this.browser.visit((session) -> session.set(COUNT, 1));
		this.browser.visit((session) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> session.update(COUNT, 0, (count) -> null))
			.withMessageContaining("count"));
		assertThat(this.browser.get("count")).isEqualTo(1L);
	}

	@Test
	void anUpdateThatFailsHalfwayChangesNothing() {
		this.browser.visit((session) -> session.set(CART, new Cart().with("tea", 1)));
		this.browser.visit((session) -> {
			session.get(CART).setNote("changed before");
			assertThatIllegalStateException().isThrownBy(() -> session.update(CART, new Cart(), (cart) -> {
				cart.with("jam", 1);
				throw new IllegalStateException("halfway");
			}));
			assertThat(session.get(CART).getItems()).hasSize(1);
			assertThat(session.get(CART).getNote()).isEqualTo("changed before");
		});
		assertThat(this.browser.<Cart>ask((session) -> session.get(CART)).getItems())
			.containsExactly(new Cart.Item("tea", 1));
	}

	@ParameterizedTest
	@MethodSource("notJson")
	void whatIsNoJsonFailsAtTheCallAndNothingIsLost(Object value) {
		this.browser.visit((session) -> {
			session.set("a", 1);
			session.set(CART, new Cart().with("tea", 1));
			session.flash(NOTICE, "hi");
		});
		Map<String, Object> before = this.browser.ask(Session::data);
		List<Consumer<Session>> attempts = List.of((session) -> session.set("a", value),
				(session) -> session.set("new", value), (session) -> session.flash("notice", value),
				(session) -> session.set("cart", value),
				(session) -> session.update(SessionKey.of("a", Object.class), "x", (present) -> value));
		this.browser.visit((session) -> {
			for (Consumer<Session> attempt : attempts) {
				assertThatExceptionOfType(SessionSerializationException.class)
					.isThrownBy(() -> attempt.accept(session));
			}
			assertThat(session.data()).isEqualTo(before);
			assertThat(session.isDirty()).isFalse();
		});
		assertThat(this.browser.ask(Session::data)).isEqualTo(before);
	}

	static List<Object> notJson() {
		Map<String, Object> circular = new HashMap<>();
		circular.put("self", circular);
		List<Object> list = new ArrayList<>();
		list.add(list);
		return Arrays.asList(circular, list, new Object(), new Failing(), Map.of("deep", new Failing()),
				new ByteArrayInputStream(new byte[1]), Double.class.getMethods());
	}

	static class Failing {

		public String getValue() {
			throw new IllegalStateException("secret-value");
		}

	}

	@Test
	void aFailedSetKeepsTheObjectThatWasThere() {
		this.browser.visit((session) -> {
			Cart cart = new Cart();
			session.set(CART, cart);
			assertThatExceptionOfType(SessionSerializationException.class)
				.isThrownBy(() -> session.set("cart", new Object()));
			cart.with("tea", 1);
			assertThat(session.get(CART)).isSameAs(cart);
		});
		assertThat(this.browser.<Cart>ask((session) -> session.get(CART)).getItems()).hasSize(1);
	}

	@Test
	void aNameIsWellFormedTextAndNeverNull() {
		this.browser.visit((session) -> {
			for (String name : List.of("\ud83d", "\ude00", "a\ude00\ud83db")) {
				assertThatIllegalArgumentException().isThrownBy(() -> session.set(name, 1));
				assertThatIllegalArgumentException().isThrownBy(() -> session.flash(name, 1));
				assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.of(name, String.class));
			}
			assertThatNullPointerException().isThrownBy(() -> session.set((String) null, 1));
			assertThatNullPointerException().isThrownBy(() -> FlashKey.of(null, String.class));
		});
	}

	@Test
	void aNameHas256CharactersAtMost() {
		String name = "x".repeat(257);
		this.browser.visit((session) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> session.set(name, 1))
				.withMessageContaining("257")
				.withMessageContaining("256")
				.withMessageNotContaining("xx");
			assertThatIllegalArgumentException().isThrownBy(() -> session.flash(name, 1));
			assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.listOf(name, String.class));
			assertThatIllegalArgumentException().isThrownBy(() -> FlashKey.of(name, String.class));
			assertThat(session.get(name)).isNull();
			assertThat(session.has(name)).isFalse();
			session.unset(name);
			assertThat(session.isDirty()).isFalse();
		});
	}

	@Test
	void aLongerNameThatIsStoredIsReadAndKept() {
		String name = "x".repeat(60_000);
		MutableClock clock = new MutableClock();
		CountingStrategy strategy = new CountingStrategy(new MemoryStorageStrategy(10, clock));
		Browser visitor = new Browser(SessionStorage.builder(Storages.SIGNED, strategy).clock(clock).build());
		visitor.visit((session) -> session.set("a", 1));
		strategy.overwrite(strategy.lastKey(),
				("[{\"" + name + "\":7},{},{\"c\":" + clock.instant().getEpochSecond() + "}]").getBytes(UTF_8));
		assertThat(visitor.get(name)).isEqualTo(7L);
		visitor.visit((session) -> session.set("b", 2));
		assertThat(visitor.ask(Session::data)).isEqualTo(Map.of(name, 7L, "b", 2L));
		visitor.visit((session) -> session.unset(name));
		assertThat(visitor.ask(Session::keys)).containsExactly("b");
	}

	@Test
	void anyOtherTextIsAName() {
		List<String> names = List.of("", " ", "\"", "\\", "\u0000", "\n", "\u2028", "\ud83d\ude00", "__proto__", "a.b",
				"x".repeat(256));
		this.browser.visit((session) -> names.forEach((name) -> session.set(name, name.length())));
		this.browser.visit((session) -> {
			assertThat(session.keys()).containsExactlyElementsOf(names);
			names.forEach((name) -> assertThat(session.get(name)).isEqualTo((long) name.length()));
		});
	}

	@Test
	void initialValuesAreSetAndNullsLeftOut() {
		Map<String, Object> initial = new HashMap<>();
		initial.put("a", 1);
		initial.put("b", null);
		Session session = Session.create(initial);
		assertThat(session.data()).isEqualTo(Map.of("a", 1L));
		assertThat(session.isNew()).isTrue();
		assertThat(session.id()).isEmpty();
		assertThat(session.createdAt()).isEqualTo(session.createdAt().truncatedTo(ChronoUnit.SECONDS));
		assertThat(Session.create().data()).isEmpty();
		assertThatExceptionOfType(SessionSerializationException.class)
			.isThrownBy(() -> Session.create(Map.of("a", new Object())));
	}

}
