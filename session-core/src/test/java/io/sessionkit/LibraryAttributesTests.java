package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What libraries keep in a session lies where nobody who names values gets to. */
class LibraryAttributesTests {

	private static final String LOGIN = "security.context";

	private static final String LEGACY_FLASH = "mvc.flash.0a1b2c3d";

	static Stream<SessionStorage> storages() {
		return Stream.of(SessionStorage.inCookie(Storages.ENCRYPTED), SessionStorage.inCookie(Storages.SIGNED),
				Storages.records());
	}

	private static LibraryAttributes attributes(Session session) {
		return LibraryAttributes.of(session);
	}

	private static Object attribute(Browser browser, String name) {
		return browser.<Object>ask((session) -> attributes(session).get(name));
	}

	@ParameterizedTest
	@MethodSource("storages")
	void theyComeBackAndNoMethodOfTheSessionShowsOrReachesThem(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> {
			attributes(session).set("a", Map.of("name", "ada"));
			attributes(session).set("b", "token");
			attributes(session).setWhileThereIsRoom("c", "/page");
		});
		Session session = browser.open();
		assertThat(session.isNew()).as("they alone are worth a session").isFalse();
		assertThat(attributes(session).names()).containsExactly("a", "b", "c");
		assertThat(attributes(session).get("a")).isEqualTo(Map.of("name", "ada"));
		assertThat(attributes(session).get("b", String.class)).isEqualTo("token");
		assertThat(attributes(session).has("c")).isTrue();
		assertThat(session.keys()).isEmpty();
		assertThat(session.flashKeys()).isEmpty();
		assertThat(session.data()).isEmpty();
		for (String name : List.of("a", "b", "c", "?c")) {
			assertThat(session.has(name)).as(name).isFalse();
			assertThat(session.get(name)).as(name).isNull();
			session.unset(name);
			session.set(name, "mine");
			session.flash(name, "mine");
		}
		browser.close(session);
		assertThat(attribute(browser, "a")).isEqualTo(Map.of("name", "ada"));
		assertThat(attribute(browser, "b")).isEqualTo("token");
		assertThat(attribute(browser, "c")).isEqualTo("/page");
		assertThat(browser.get("a")).isEqualTo("mine");
	}

	@ParameterizedTest
	@MethodSource("storages")
	void theyGoWhenTheyAreRemovedWithAClearAndWithADestroy(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> {
			session.set("kept", 1);
			attributes(session).setWhileThereIsRoom("a", 1);
			attributes(session).set("b", 2);
		});
		browser.visit((session) -> attributes(session).set("a", 3));
		browser.visit((session) -> attributes(session).remove("b"));
		assertThat(browser.<Set<String>>ask((session) -> attributes(session).names())).containsExactly("a");
		browser.visit((session) -> {
			session.clear();
			session.set("kept", 2);
		});
		assertThat(browser.<Set<String>>ask((session) -> attributes(session).names())).isEmpty();
		browser.visit((session) -> attributes(session).set("a", 1));
		Session session = browser.open();
		session.destroy();
		attributes(session).remove("a");
		assertThat(attributes(session).has("a")).isFalse();
		assertThat(attributes(session).get("a")).isNull();
		assertThat(attributes(session).get("a", Integer.class)).isNull();
		assertThat(attributes(session).names()).isEmpty();
		assertThatIllegalStateException().isThrownBy(() -> attributes(session).set("a", 1));
	}

	@ParameterizedTest
	@MethodSource("storages")
	void whatIsDiscardedOrCommittedIsAsWithValues(SessionStorage storage) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> attributes(session).set("a", 1));
		Session session = browser.open();
		attributes(session).set("a", 2);
		assertThat(session.isDirty()).isTrue();
		session.discardChanges();
		assertThat(attributes(session).get("a")).isEqualTo(1L);
		assertThat(session.isDirty()).isFalse();
		browser.close(session);
		assertThatIllegalStateException().isThrownBy(() -> attributes(session).set("a", 3))
			.withMessageContaining("committed");
		assertThatExceptionOfType(SessionSerializationException.class)
			.isThrownBy(() -> attributes(Session.create()).set("a", new Object()));
	}

	@Test
	void aNameDoesNotBeginWithTheMark() {
		assertThatIllegalArgumentException().isThrownBy(() -> attributes(Session.create()).set("?a", 1));
	}

	@Test
	void aConflictReplaysThem() {
		SessionStorage storage = Storages.records();
		Browser browser = new Browser(storage);
		browser.visit((session) -> {
			attributes(session).set("a", 1);
			attributes(session).set("b", 1);
		});
		Session slow = browser.open();
		attributes(slow).set("a", 2);
		attributes(slow).remove("b");
		browser.visit((session) -> {
			attributes(session).set("a", 3);
			attributes(session).set("c", 3);
		});
		browser.close(slow);
		assertThat(attribute(browser, "a")).isEqualTo(2L);
		assertThat(browser.<Set<String>>ask((session) -> attributes(session).names())).containsExactlyInAnyOrder("a",
				"c");
	}

	@Test
	void anOrdinarySessionIsNotAByteLongerForThem() {
		assertThat(document(Session.create(Map.of("a", 1)))).isEqualTo("[{\"a\":1},{}]");
		Session session = Session.create();
		attributes(session).set("b", 1);
		assertThat(document(session)).isEqualTo("[{},{},{},{\"b\":1}]");
		attributes(session).remove("b");
		session.set("a", 1);
		assertThat(document(session)).isEqualTo("[{\"a\":1},{}]");
	}

	private static String document(Session session) {
		return new String(session.document().toBytes(), StandardCharsets.UTF_8);
	}

	@Test
	void aDocumentOfAVersionToComeKeepsWhatIsBehindThem() {
		for (String text : List.of("[{},{},{\"x\":1},{\"a\":1},[2],\"3\"]", "[{},{},{},{},4]")) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			SessionDocument document = SessionDocument.parse(bytes, 0, bytes.length);
			assertThat(document).isNotNull();
			assertThat(new String(document.copy().toBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
		}
		for (String text : List.of("[{},{},{},[]]", "[{},{},{},1]", "[{},{},{},null]", "[{},{},{},{},")) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			assertThat(SessionDocument.parse(bytes, 0, bytes.length)).as(text).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { LOGIN, "security.csrf", "security.request", "security.oauth2", LEGACY_FLASH })
	void theNamesThatFormerVersionsUsedForThemAreRefusedWhoeverChoosesThem(String name) {
		Session session = Session.create();
		assertThatIllegalArgumentException().isThrownBy(() -> session.set(name, "x"))
			.withMessageContaining("reserved")
			.withMessageContaining(name);
		assertThatIllegalArgumentException().isThrownBy(() -> session.flash(name, "x"))
			.withMessageContaining("reserved");
		assertThatIllegalArgumentException().isThrownBy(() -> Session.create(Map.of(name, "x")));
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.of(name, String.class));
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.mapOf(name, String.class));
		assertThatIllegalArgumentException().isThrownBy(() -> FlashKey.ofType(name, String.class));
		assertThat(session.isDirty()).isFalse();
		assertThat(session.get(name)).isNull();
		session.unset(name);
	}

	@Test
	void namesThatOnlyLookSimilarAreAnybodys() {
		for (String name : List.of("security", "security.contexts", "Security.context", "security.", "mvc.flash.",
				"mvc.flash.0a1b2c3", "mvc.flash.0A1B2C3D")) {
			Session session = Session.create(Map.of(name, "x"));
			assertThat(session.keys()).containsExactly(name);
			assertThat(attributes(session).names()).isEmpty();
		}
	}

	@Test
	void whatAFormerVersionWroteBecomesAttributes() {
		MutableClock clock = new MutableClock();
		MemoryStorageStrategy strategy = new MemoryStorageStrategy(10, clock);
		SessionStorage storage = SessionStorage.builder(Storages.SIGNED, strategy).clock(clock).build();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set("cart", 1));
		String key = SessionIds.key(browser.open().id());
		Instant expires = clock.instant().plus(Duration.ofMinutes(20));
		String body = "[{\"security.context\":{\"n\":1},\"cart\":2,\"security.csrf\":\"t\",\"security.request\":\"/a\","
				+ "\"security.oauth2\":{}},{\"mvc.flash.0a1b2c3d\":{\"path\":\"/b\"},\"notice\":\"hello\"},{\"c\":"
				+ clock.instant().getEpochSecond() + "}]";
		strategy.updateData(key, new SessionRecord(2, expires, body.getBytes(StandardCharsets.UTF_8)));
		browser.visit((session) -> {
			assertThat(session.keys()).containsExactly("cart");
			assertThat(session.flashKeys()).containsExactly("notice");
			assertThat(attributes(session).names()).containsExactlyInAnyOrder(LOGIN, "security.csrf",
					"security.request", "security.oauth2", LEGACY_FLASH);
			assertThat(session.isDirty()).as("reading is no reason to write").isFalse();
			assertThat(attributes(session).get(LOGIN)).isEqualTo(Map.of("n", 1L));
			session.regenerateId();
		});
		assertThat(browser.<Set<String>>ask((session) -> attributes(session).names())).containsExactlyInAnyOrder(LOGIN,
				"security.csrf", "security.request", "security.oauth2", LEGACY_FLASH);
		assertThat(new String(strategy.readData(SessionIds.key(browser.open().id())).body(), StandardCharsets.UTF_8))
			.startsWith("[{\"cart\":2},{\"notice\":\"hello\"},{\"c\":")
			.contains("\"?security.request\":\"/a\"");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEFAULT")
	void aPeerCanWriteAnyNameSoASharedSessionHasNone(CookieFormat format) {
		SessionCookie cookie = SessionCookie.builder("__session").format(format).signedWith(Storages.SECRET).build();
		SessionStorage storage = SessionStorage.inCookie(cookie);
		String id = "0123456789abcdef0123";
		String peers = (format == CookieFormat.REMIX)
				? "{\"i\":\"" + id + "\",\"d\":[{\"security.context\":{\"n\":1}},{\"mvc.flash.0a1b2c3d\":{}}]}"
				: "{\"security.context\":{\"n\":1},\"__flash_mvc.flash.0a1b2c3d__\":{}}";
		String value = cookie.seal(CookiePurpose.SESSION, peers.getBytes(StandardCharsets.UTF_8));
		Session session = storage.getSession("__session=" + value);
		assertThat(session.keys()).as("a value as any other").containsExactly(LOGIN);
		assertThat(session.flashKeys()).containsExactly(LEGACY_FLASH);
		assertThat(attributes(session).names()).isEmpty();
		assertThat(attributes(session).has(LOGIN)).isFalse();
		assertThat(attributes(session).get(LOGIN)).isNull();
		assertThat(attributes(session).get(LOGIN, Object.class)).isNull();
		attributes(session).remove(LOGIN);
		assertThatIllegalStateException().isThrownBy(() -> attributes(session).set(LOGIN, 1))
			.withMessageContaining("'security.context'")
			.withMessageContaining(format.peer());
		assertThat(session.isDirty()).isFalse();
		Session ours = Session.create();
		attributes(ours).set("a", 1);
		assertThatIllegalStateException().isThrownBy(() -> storage.commitSession(ours));
	}

	@Test
	void whatASessionCanDoWithoutIsDroppedBeforeItDoesNotFitIntoItsCookie() {
		SessionStorage storage = SessionStorage.inCookie(Storages.ENCRYPTED);
		Browser browser = new Browser(storage);
		browser.visit((session) -> {
			attributes(session).setWhileThereIsRoom("big", "x".repeat(1000));
			attributes(session).setWhileThereIsRoom("small", "x".repeat(100));
		});
		try (CapturedLog log = new CapturedLog()) {
			browser.visit((session) -> session.set("cart", "y".repeat(2300)));
			assertThat(browser.<Set<String>>ask((session) -> attributes(session).names())).containsExactly("small");
			browser.visit((session) -> attributes(session).setWhileThereIsRoom("big", "x".repeat(1000)));
			assertThat(browser.<Set<String>>ask((session) -> attributes(session).names())).containsExactly("small");
			assertThat(log.messages(Level.WARN).stream().filter((message) -> message.contains("can do without")))
				.singleElement()
				.asString()
				.contains("'big'", "4096", "use a storage with records");
		}
		Session full = browser.open();
		attributes(full).set(LOGIN, "z".repeat(1500));
		assertThatExceptionOfType(SessionTooLargeException.class).isThrownBy(() -> storage.commitSession(full))
			.satisfies((ex) -> assertThat(ex.bytesPerKey()).containsOnlyKeys("cart", "small", LOGIN))
			.withMessageContaining("security.context=");
		assertThat(browser.get("cart")).isEqualTo("y".repeat(2300));
	}

}
