package io.sessionkit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What a session that is shared with a peer has, and has no room for. */
class SharedSessionTests {

	private final MutableClock clock = new MutableClock();

	private static SessionCookie cookie(CookieFormat format) {
		return SessionCookie.builder("__session")
			.format(format)
			.signedWith("a secret that is shared with a peer")
			.secure(false)
			.build();
	}

	@Test
	void aValueWhoseNameLooksLikeAFlashOfReactRouterIsRefusedAtSet() {
		Browser browser = new Browser(SessionStorage.inCookie(cookie(CookieFormat.REACT_ROUTER)));
		Session session = browser.open();
		for (String name : List.of("__flash_error__", "__flash___", "__flash______")) {
			assertThatIllegalArgumentException().isThrownBy(() -> session.set(name, 1))
				.withMessageContaining("__flash_...__");
			assertThatIllegalArgumentException().isThrownBy(() -> session.set(SessionKey.of(name, Integer.class), 1));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> session.update(SessionKey.of(name, Integer.class), 1, (one) -> one));
		}
		assertThat(session.isDirty()).isFalse();
		session.set("__flash__", 1);
		session.set("__flash_error_", 2);
		session.set("x__flash_error__", 3);
		session.flash("__flash_error__", "a flash of an odd name");
		browser.close(session);
		assertThat(browser.ask(Session::data)).hasSize(4).containsEntry("__flash__", 1L);
		assertThat(browser.get("__flash_error__")).isEqualTo("a flash of an odd name");
		browser.visit((next) -> next.unset("__flash_error__"));
	}

	@Test
	void suchANameIsFineWhereValuesAndFlashAreApart() {
		for (SessionCookie cookie : List.of(cookie(CookieFormat.REMIX), Storages.ENCRYPTED)) {
			Browser browser = new Browser(SessionStorage.inCookie(cookie));
			browser.visit((session) -> session.set("__flash_error__", 1));
			assertThat(browser.get("__flash_error__")).isEqualTo(1L);
		}
	}

	@Test
	void aSessionMadeOutOfNothingIsCheckedWhenItIsCommitted() {
		SessionStorage storage = SessionStorage.inCookie(cookie(CookieFormat.REACT_ROUTER));
		Session odd = Session.create(Map.of("__flash_error__", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> storage.commitSession(odd));
		Session somebodys = Session.create(Map.of("a", 1));
		somebodys.subject("42");
		assertThatIllegalStateException().isThrownBy(() -> storage.commitSession(somebodys));
	}

	@ParameterizedTest
	@EnumSource(names = { "REACT_ROUTER", "REMIX" })
	void thereIsNoRoomForASubjectOrALifeOfItsOwn(CookieFormat format) {
		SessionStorage storage = SessionStorage.inCookie(cookie(format));
		Session session = storage.getSession(null);
		assertThat(storage.isShared()).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> session.subject("42"))
			.withMessageContaining("shared with " + format.peer())
			.withMessageContaining("no room");
		assertThatIllegalStateException().isThrownBy(() -> session.maxAge(Duration.ofDays(1)));
		session.untilBrowserCloses();
		session.subject(null);
		assertThat(session.subject()).isNull();
		assertThat(session.isDirty()).isFalse();
		assertThat(SessionStorage.inCookie(Storages.ENCRYPTED).isShared()).isFalse();
	}

	static Stream<Arguments> plainValues() {
		Map<String, Object> mixed = new LinkedHashMap<>();
		mixed.put("items", new ArrayList<>(Arrays.asList("tea", 2, null)));
		mixed.put("none", null);
		Map<String, Object> read = new LinkedHashMap<>();
		read.put("items", Arrays.asList("tea", 2L, null));
		read.put("none", null);
		return Stream.of(CookieFormat.REACT_ROUTER, CookieFormat.REMIX)
			.flatMap((format) -> Stream.of(Arguments.of(format, "text", "text"), Arguments.of(format, true, true),
					Arguments.of(format, 3, 3L), Arguments.of(format, 3L, 3L), Arguments.of(format, (short) 3, 3L),
					Arguments.of(format, 1.5, new BigDecimal("1.5")),
					Arguments.of(format, new BigDecimal("1.5"), new BigDecimal("1.5")),
					Arguments.of(format, BigInteger.TEN, 10L), Arguments.of(format, List.of(), List.of()),
					Arguments.of(format, List.of(1, List.of(2)), List.of(1L, List.of(2L))),
					Arguments.of(format, Map.of("a", 1), Map.of("a", 1L)), Arguments.of(format, mixed, read)));
	}

	@ParameterizedTest
	@MethodSource("plainValues")
	void anAttributeOfPlainJsonIsKeptAndComesBackAsPlainJson(CookieFormat format, Object value, Object plain) {
		Browser browser = new Browser(SessionStorage.inCookie(cookie(format)));
		Session session = browser.open();
		SessionAttributes.of(session).set("it", value);
		assertThat(SessionAttributes.of(session).get("it")).isEqualTo(plain);
		browser.close(session);
		assertThat(SessionAttributes.of(session).contains("it", value)).isTrue();
		assertThat(SessionAttributes.of(session).contains("it", "another")).isFalse();
		Session next = browser.open();
		assertThat(SessionAttributes.of(next).get("it")).isEqualTo(plain);
		assertThat(next.get("it")).isEqualTo(plain);
		SessionAttributes.of(next).set("it", value);
		assertThat(next.isDirty()).isFalse();
	}

	@Test
	void aListOfPlainJsonThatIsChangedInPlaceAfterItWasSetIsKeptAsItBecame() {
		Browser browser = new Browser(SessionStorage.inCookie(cookie(CookieFormat.REACT_ROUTER)));
		Session session = browser.open();
		List<Object> list = new ArrayList<>(List.of(1));
		SessionAttributes.of(session).set("it", list);
		list.add("x");
		browser.close(session);
		assertThat(browser.get("it")).isEqualTo(List.of(1L, "x"));
	}

	static Stream<Object> otherValues() {
		return Stream.of(LocalDate.EPOCH, UUID.randomUUID(), CookieFormat.REMIX, Set.of(1), new int[] { 1 },
				new BigDecimal("0.1234567890123456789"), Double.NaN, Map.of(1, 2), List.of(List.of(LocalDate.EPOCH)),
				Map.of("a", Set.of()), new Point(1, 2));
	}

	record Point(int x, int y) {
	}

	@ParameterizedTest
	@MethodSource("otherValues")
	void anAttributeThatIsNoPlainJsonIsRefusedWithTheReason(Object value) {
		SessionStorage storage = SessionStorage.builder(cookie(CookieFormat.REACT_ROUTER))
			.attributeTypes((name) -> true)
			.build();
		Session session = storage.getSession(null);
		assertThatExceptionOfType(SessionSerializationException.class)
			.isThrownBy(() -> SessionAttributes.of(session).set("it", value))
			.withMessageContainingAll("'it'", "React Router");
		assertThat(SessionAttributes.of(session).contains("it", value)).isFalse();
		assertThat(session.isDirty()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACT_ROUTER", "REMIX" })
	void itsAgeIsUnknownSoItBeganNow(CookieFormat format) {
		SessionStorage storage = SessionStorage.builder(cookie(format), new SharedMemoryStrategy(format, this.clock))
			.clock(this.clock)
			.build();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("a", 1));
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(browser.open().createdAt()).isEqualTo(this.clock.instant());
	}

	@Test
	void cookieAndStrategyAreOfTheSameFormat() {
		SharedMemoryStrategy shared = new SharedMemoryStrategy(CookieFormat.REMIX, this.clock);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SessionStorage.of(cookie(CookieFormat.REMIX), new MemoryStorageStrategy()))
			.withMessageContaining("shared with Remix")
			.withMessageContaining("MemoryStorageStrategy keeps records in the default format")
			.withMessageContaining("SharedStorageStrategy");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SessionStorage.of(cookie(CookieFormat.REACT_ROUTER), shared))
			.withMessageContaining("shared with React Router")
			.withMessageContaining("records of Remix");
		assertThatIllegalArgumentException().isThrownBy(() -> SessionStorage.of(Storages.SIGNED, shared))
			.withMessageContaining("format(CookieFormat.REMIX)");
	}

	@Test
	void whatHasNoIdCannotBeRevoked() {
		Revocation revocation = Revocation.in(new MemoryStorageStrategy());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SessionStorage.builder(cookie(CookieFormat.REACT_ROUTER)).revocation(revocation).build())
			.withMessageContaining("has no id");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SessionStorage.builder(Storages.ENCRYPTED)
				.revocation(Revocation.in(new SharedMemoryStrategy(CookieFormat.REMIX, this.clock)))
				.build())
			.withMessageContaining("SharedMemoryStrategy");
	}

	@Test
	void aSessionOfRemixInACookieIsRevokedOnAllNodes() {
		Revocation revocation = Revocation.in(new MemoryStorageStrategy()).cachedFor(Duration.ZERO);
		Browser browser = new Browser(
				SessionStorage.builder(cookie(CookieFormat.REMIX)).revocation(revocation).build());
		browser.visit((session) -> session.set("userId", "42"));
		Browser stolen = browser.copy()
			.on(SessionStorage.builder(cookie(CookieFormat.REMIX)).revocation(revocation).build());
		assertThat(stolen.get("userId")).isEqualTo("42");
		browser.visit(Session::destroy);
		assertThat(stolen.hasSession()).isFalse();
	}

	@Test
	void whoEqualsSomebodyElseInReactRoutersCookieIsNotLoggedOutWithThem() {
		SessionStorage storage = SessionStorage.inCookie(cookie(CookieFormat.REACT_ROUTER));
		Browser one = new Browser(storage);
		Browser other = new Browser(storage);
		one.visit((session) -> session.set("theme", "dark"));
		other.visit((session) -> session.set("theme", "dark"));
		assertThat(one.header()).isEqualTo(other.header());
		one.visit(Session::destroy);
		assertThat(other.get("theme")).isEqualTo("dark");
	}

	@Test
	void anIdIsNeverInALogAndOfAnUnreadableRecordOnlyTheBeginningOfItsHash() {
		SharedMemoryStrategy strategy = new SharedMemoryStrategy(CookieFormat.REACT_ROUTER, this.clock);
		SessionStorage storage = SessionStorage.builder(cookie(CookieFormat.REACT_ROUTER), strategy)
			.clock(this.clock)
			.build();
		Browser browser = new Browser(storage);
		try (CapturedLog log = new CapturedLog()) {
			browser.visit((session) -> session.set("count", "no number"));
			String id = browser.open().id();
			browser.visit((session) -> session.get("count", Integer.class));
			strategy.put(id, "no session".getBytes(StandardCharsets.UTF_8));
			assertThat(browser.hasSession()).isFalse();
			browser.visit(Session::destroy);
			assertThat(log.everything()).isNotEmpty()
				.allSatisfy((line) -> assertThat(line).doesNotContain(id.substring(0, 8)));
			assertThat(log.everything())
				.anySatisfy((line) -> assertThat(line).contains(SessionIds.key(id).substring(0, 8), "not readable"));
		}
	}

}
