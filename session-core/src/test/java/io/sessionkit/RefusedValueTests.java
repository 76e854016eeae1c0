package io.sessionkit;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sessionkit.contract.Browser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What would not come back as it is is refused by the call, which says what to do. */
class RefusedValueTests {

	private static final String SECRET = "secret-value";

	private final Browser browser = Storages.browser();

	private <T> void assertRefused(Class<T> type, T value, String... parts) {
		SessionKey<T> key = SessionKey.of("key", type);
		SessionKey<List<T>> list = SessionKey.listOf("key", type);
		FlashKey<T> flash = FlashKey.of("key", type);
		this.browser.visit((session) -> {
			session.set("before", 1);
			List.<Runnable>of(() -> session.set("key", value), () -> session.set(key, value),
					() -> session.set(list, List.of(value)), () -> session.set("key", List.of(value)),
					() -> session.set("key", Map.of("a", new Object[] { value })), () -> session.flash("key", value),
					() -> session.flash(flash, value), () -> session.get(key, () -> value),
					() -> session.update(key, value, (present) -> present))
				.forEach((call) -> assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(call::run)
					.withMessageContaining("'key'")
					.withMessageContainingAll(parts)
					.withMessageNotContaining(SECRET)
					.withNoCause());
			assertThat(session.keys()).containsExactly("before");
		});
		assertThat(this.browser.ask(Session::data)).isEqualTo(Map.of("before", 1L));
	}

	static final class Money {

		private final String amount;

		private Money(String amount) {
			this.amount = amount;
		}

		static Money of(String amount) {
			return new Money(amount);
		}

		public String getAmount() {
			return this.amount;
		}

	}

	static class TwoConstructors {

		private final String left;

		TwoConstructors(String left, int right) {
			this.left = left + right;
		}

		TwoConstructors(int left, String right) {
			this.left = left + right;
		}

		public String getLeft() {
			return this.left;
		}

	}

	sealed interface Shape permits Circle {

	}

	record Circle(int radius, String note) implements Shape {
	}

	@Test
	void aClassThatJacksonCanWriteButNotReadIsNamedWithTheRemedies() {
		assertRefused(Money.class, Money.of(SECRET), Money.class.getName(), "constructor", "@JsonCreator", "module");
		assertRefused(TwoConstructors.class, new TwoConstructors(SECRET, 1), TwoConstructors.class.getName(),
				"constructor", "@JsonCreator");
		this.browser.visit((session) -> assertThatExceptionOfType(SessionSerializationException.class)
			.isThrownBy(() -> session.set(SessionKey.of("key", Shape.class), new Circle(1, SECRET)))
			.withMessageContaining(Shape.class.getName())
			.withMessageContaining("@JsonTypeInfo")
			.withMessageNotContaining(SECRET));
	}

	static class Base {

		public String name = SECRET;

	}

	static class Sub extends Base {

		public int extra = 7;

	}

	@Test
	void aSubclassUnderTheKeyOfItsBaseIsRefusedForWhatItAddsAndKeptOtherwise() {
		SessionKey<Base> key = SessionKey.of("key", Base.class);
		SessionKey<List<Base>> list = SessionKey.listOf("list", Base.class);
		this.browser.visit((session) -> {
			List.<Runnable>of(() -> session.set(key, new Sub()),
					() -> session.set(list, List.of(new Base(), new Sub())),
					() -> session.flash(FlashKey.of("key", Base.class), new Sub()))
				.forEach((call) -> assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(call::run)
					.withMessageContaining("extra'")
					.withMessageContaining("@JsonTypeInfo")
					.withMessageNotContaining(SECRET));
			session.set(key, new Base() {
			});
			session.set("sub", new Sub());
		});
		this.browser.visit((session) -> {
			assertThat(session.get(key).name).isEqualTo(SECRET);
			assertThat(session.get("sub", Sub.class).extra).isEqualTo(7);
		});
	}

	/** As an object-relational mapper makes it at run time. */
	static class Base$HibernateProxy extends Base {

		private final Handler handler;

		Base$HibernateProxy() {
			this(null);
		}

		Base$HibernateProxy(Handler handler) {
			this.handler = handler;
		}

		public Handler getHibernateLazyInitializer() {
			return this.handler;
		}

	}

	record Handler(String entity) {
	}

	record Owner(Base base) {
	}

	@Test
	void aProxyIsRefusedByItsHandler() {
		assertRefused(Base.class, new Base$HibernateProxy(new Handler("Base")), "hibernateLazyInitializer");
		assertRefused(Owner.class, new Owner(new Base$HibernateProxy(new Handler("Base"))),
				"base.hibernateLazyInitializer");
	}

	static class NoSetter {

		private String name = "default";

		static NoSetter named(String name) {
			NoSetter named = new NoSetter();
			named.name = name;
			return named;
		}

		public String getName() {
			return this.name;
		}

		NoSetter() {
		}

	}

	@Test
	void aPropertyThatIsReadAsItsDefaultIsNamed() {
		NoSetter value = NoSetter.named(SECRET);
		try {
			this.browser.visit((session) -> session.set("key", value));
		}
		catch (SessionSerializationException ex) {
			assertThat(ex).hasMessageContaining("'name'")
				.hasMessageContaining("setter")
				.hasMessageNotContaining(SECRET);
			return;
		}
		assertThat(this.browser.<NoSetter>ask((session) -> session.get("key", NoSetter.class)).getName())
			.isEqualTo(SECRET);
	}

	static class Hidden {

		public String name = "shown";

		private String hidden;

		Hidden() {
		}

		static Hidden of(String hidden) {
			Hidden value = new Hidden();
			value.hidden = hidden;
			return value;
		}

		boolean isHidden() {
			return this.hidden != null;
		}

	}

	@Test
	void aFieldThatIsNeverWrittenIsNamedOnceItHoldsSomething() {
		this.browser.visit((session) -> session.set("key", new Hidden()));
		this.browser.visit((session) -> session.unset("key"));
		assertRefused(Hidden.class, Hidden.of(SECRET), "'hidden'", Hidden.class.getName(), "getter", "transient");
	}

	static class OnlyHidden {

		private final String hidden = SECRET;

		int length() {
			return this.hidden.length();
		}

	}

	@Test
	void aClassWithoutAnyPropertyIsRefused() {
		assertThat(new OnlyHidden().length()).isPositive();
		assertRefused(OnlyHidden.class, new OnlyHidden(), OnlyHidden.class.getName(), "no getter");
		this.browser.visit((session) -> assertThatExceptionOfType(SessionSerializationException.class)
			.isThrownBy(() -> session.set("key", new OnlyHidden()))
			.withMessageNotContaining("SerializationFeature"));
	}

	static final class Purchase {

		private final List<Position> positions = new ArrayList<>();

		public List<Position> getPositions() {
			return this.positions;
		}

	}

	static final class Position {

		private final Purchase purchase;

		Position(Purchase purchase) {
			this.purchase = purchase;
		}

		public Purchase getPurchase() {
			return this.purchase;
		}

	}

	@Test
	void anObjectThatItsPartsPointBackToIsRefusedAsACircle() {
		Purchase purchase = new Purchase();
		purchase.getPositions().add(new Position(purchase));
		assertRefused(Purchase.class, purchase, "circle", "@JsonIgnore", "positions[0].purchase");
	}

	static final class Sealed {

		private final List<String> items = new ArrayList<>();

		public List<String> getItems() {
			return Collections.unmodifiableList(this.items);
		}

		void add(String item) {
			this.items.add(item);
		}

	}

	@Test
	void aGetterThatGivesAnUnmodifiableViewAndHasNoSetterIsNamed() {
		Sealed value = new Sealed();
		value.add(SECRET);
		assertRefused(Sealed.class, value, "items", "unmodifiable", "setter");
	}

	@Test
	void whatIsNoDataIsRefused() {
		assertRefused(BitSet.class, BitSet.valueOf(new long[] { 5 }), "java.util.BitSet");
		Supplier<String> lambda = () -> SECRET;
		this.browser.visit((session) -> {
			assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(() -> session.set("key", lambda));
			assertThatExceptionOfType(SessionSerializationException.class)
				.isThrownBy(() -> session.set(SessionKey.of("key", Runnable.class), () -> {
				}));
			assertThatExceptionOfType(SessionSerializationException.class)
				.isThrownBy(() -> session.set("key", Thread.currentThread()));
		});
		assertThat(this.browser.ask(Session::data)).doesNotContainKey("key");
	}

	@Test
	void aValueOfTheJdkThatLosesSomethingIsRefused() {
		Timestamp moment = Timestamp.valueOf("2026-01-01 00:00:00.123456789");
		this.browser.visit((session) -> List
			.<Runnable>of(() -> session.set("key", moment), () -> session.flash("key", List.of(moment)),
					() -> session.set(SessionKey.of("key", Timestamp.class), moment))
			.forEach((call) -> assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(call::run)
				.withMessageContaining("java.time")));
		Timestamp whole = new Timestamp(1_767_218_400_123L);
		this.browser.visit((session) -> session.set("whole", whole));
		assertThat(this.browser.<Timestamp>ask((session) -> session.get("whole", Timestamp.class))).isEqualTo(whole);
	}

	record Picky(int amount) {

		private static final AtomicInteger LIMIT = new AtomicInteger(Integer.MAX_VALUE);

		Picky {
			if (amount > LIMIT.get()) {
				throw new IllegalStateException(SECRET);
			}
		}

	}

	@Test
	void aValueWhoseConstructorWouldRefuseItIsRefusedAlthoughOthersOfItsTypeAreFine() {
		this.browser.visit((session) -> session.set("fine", new Picky(1)));
		this.browser.visit((session) -> session.unset("fine"));
		Picky value = new Picky(2);
		Picky.LIMIT.set(1);
		try {
			assertRefused(Picky.class, value, Picky.class.getName());
		}
		finally {
			Picky.LIMIT.set(Integer.MAX_VALUE);
		}
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	interface Named {

	}

	record One(String text) implements Named {
	}

	@Test
	void aSubtypeInAPlainListWouldLoseItsNameAndIsRefused() {
		this.browser.visit((session) -> {
			session.set("one", new One("a"));
			assertThatExceptionOfType(SessionSerializationException.class)
				.isThrownBy(() -> session.set("list", List.of(new One(SECRET))))
				.withMessageContaining("'list'")
				.withMessageContaining(One.class.getName())
				.withMessageContaining("SessionKey.listOf")
				.withMessageNotContaining(SECRET);
			assertThatExceptionOfType(SessionSerializationException.class)
				.isThrownBy(() -> session.flash("map", Map.of("a", new One(SECRET))))
				.withMessageContaining("'a'");
		});
	}

	@Test
	void aListIsProvedEachTimeSinceAnEmptyOneProvesNothing() {
		SessionKey<List<Money>> key = SessionKey.listOf("list", Money.class);
		this.browser.visit((session) -> session.set(key, new ArrayList<>()));
		Session session = this.browser.open();
		session.set("other", 1);
		session.get(key).add(Money.of(SECRET));
		assertThatExceptionOfType(SessionSerializationException.class).isThrownBy(() -> this.browser.close(session))
			.withMessageContaining("'list'")
			.withMessageContaining(Money.class.getName())
			.withMessageNotContaining(SECRET);
		assertThat(this.browser.ask(Session::data)).isEqualTo(Map.of("list", List.of()));
	}

	@Test
	void aValueOfAnotherClassThanItsKeyIsRefused() {
		@SuppressWarnings("unchecked")
		SessionKey<Object> key = (SessionKey<Object>) (SessionKey<?>) SessionKey.of("key", Circle.class);
		this.browser.visit((session) -> assertThatExceptionOfType(SessionSerializationException.class)
			.isThrownBy(() -> session.set(key, List.of(SECRET)))
			.withMessageContaining("'key'")
			.withMessageNotContaining(SECRET));
	}

}
