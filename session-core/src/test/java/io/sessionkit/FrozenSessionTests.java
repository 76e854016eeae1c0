package io.sessionkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Cookies and records of the first release stay readable for ever (G14). */
class FrozenSessionTests {

	private static final Properties FROZEN = load();

	private static final Instant MADE = Instant.parse(frozen("now"));

	private final MutableClock clock = new MutableClock();

	@BeforeEach
	void beOneHourLater() {
		this.clock.set(MADE.plus(Duration.ofHours(1)));
	}

	private static Properties load() {
		Properties properties = new Properties();
		try (InputStream in = FrozenSessionTests.class.getResourceAsStream("frozen-sessions.properties")) {
			properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	private static String frozen(String name) {
		return FROZEN.getProperty(name);
	}

	private static SessionCookie encrypted() {
		return SessionCookie.builder("__session").encryptedWith(frozen("secret")).build();
	}

	private static SessionCookie signed() {
		return SessionCookie.builder("__session").signedWith(frozen("secret")).build();
	}

	private static void assertFrozen(Session session, String id) {
		assertThat(session.isNew()).isFalse();
		assertThat(session.id()).isEqualTo(id);
		assertThat(session.createdAt()).isEqualTo(MADE);
		assertThat(session.expiresAt()).isEqualTo(MADE.plus(Duration.ofDays(7)));
		assertThat(session.keys()).containsExactly("userId", "cart");
		assertThat(session.get("userId")).isEqualTo("42");
		assertThat(session.get("cart")).isEqualTo(List.of(Map.of("sku", "\u010daj", "quantity", 2L)));
		assertThat(session.get("notice")).isEqualTo("saved");
	}

	@Test
	void anEncryptedSessionOfTheFirstReleaseIsRead() {
		SessionStorage storage = SessionStorage.builder(encrypted()).clock(this.clock).build();
		assertFrozen(storage.getSession("__session=" + frozen("s1")), frozen("s1.id"));
	}

	@Test
	void aSignedSessionOfTheFirstReleaseIsRead() {
		SessionStorage storage = SessionStorage.builder(signed()).clock(this.clock).build();
		assertFrozen(storage.getSession("__session=" + frozen("i1.session")), frozen("i1.session.id"));
	}

	@Test
	void anIdAndARecordOfTheFirstReleaseAreRead() {
		MemoryStorageStrategy strategy = new MemoryStorageStrategy(10, this.clock);
		strategy.createData(frozen("i1.key"), new SessionRecord(1, MADE.plus(Duration.ofDays(7).plusMinutes(10)),
				frozen("body").getBytes(StandardCharsets.UTF_8)));
		SessionStorage storage = SessionStorage.builder(signed(), strategy).clock(this.clock).build();
		assertFrozen(storage.getSession("__session=" + frozen("i1")), frozen("i1.id"));
	}

	@Test
	void theKeyOfARecordIsTheSha256OfTheId() throws NoSuchAlgorithmException {
		byte[] digest = MessageDigest.getInstance("SHA-256")
			.digest(frozen("i1.id").getBytes(StandardCharsets.US_ASCII));
		assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(digest)).isEqualTo(frozen("i1.key"));
	}

	@Test
	void thePayloadOfAnIdCookieIsTheIssueAndTheId() {
		byte[] payload = signed().open(CookiePurpose.SESSION_ID, frozen("i1")).payload();
		assertThat(payload).hasSize(37);
		assertThat(moment(payload, 0)).isEqualTo(MADE);
		assertThat(text(payload, 5, 37)).isEqualTo(frozen("i1.id"));
	}

	@Test
	void thePayloadOfASessionCookieIsAsDesigned() {
		for (byte[] payload : List.of(encrypted().open(CookiePurpose.SESSION, frozen("s1")).payload(),
				signed().open(CookiePurpose.SESSION, frozen("i1.session")).payload())) {
			assertThat(payload.length % 32).isZero();
			assertThat(payload[0]).isZero();
			assertThat(text(payload, 1, 17)).isIn(frozen("s1.id"), frozen("i1.session.id"));
			assertThat(moment(payload, 17)).isEqualTo(MADE);
			assertThat(moment(payload, 22)).isEqualTo(MADE);
			assertThat(moment(payload, 27)).isEqualTo(MADE.plus(Duration.ofDays(7)));
			assertThat(new String(payload, 32, payload.length - 32, StandardCharsets.UTF_8))
				.matches(" *\\Q" + frozen("body").replace("\"c\":1767225600,", "") + "\\E *");
		}
	}

	@Test
	void aSessionWithFlagsOfANewerVersionIsAnonymous() {
		byte[] payload = encrypted().open(CookiePurpose.SESSION, frozen("s1")).payload();
		SessionStorage storage = SessionStorage.builder(encrypted()).clock(this.clock).build();
		for (int flags = 0; flags < 256; flags++) {
			payload[0] = (byte) flags;
			String value = encrypted().seal(CookiePurpose.SESSION, payload);
			assertThat(storage.getSession("__session=" + value).isNew()).as("flags %d", flags).isEqualTo(flags != 0);
		}
	}

	private static Instant moment(byte[] payload, int offset) {
		byte[] seconds = new byte[8];
		System.arraycopy(payload, offset, seconds, 3, 5);
		return Instant.ofEpochSecond(ByteBuffer.wrap(seconds).getLong());
	}

	private static String text(byte[] payload, int from, int to) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(payload, from, to));
	}

}
