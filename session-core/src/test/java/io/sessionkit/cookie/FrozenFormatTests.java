package io.sessionkit.cookie;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cookies that are in browsers today must open tomorrow. The vectors were computed by an
 * implementation in another language.
 */
class FrozenFormatTests {

	record Vector(String format, String secret, String cookieName, CookiePurpose purpose, String payloadHex,
			String nonceHex, String value) {

		byte[] payload() {
			return HexFormat.of().parseHex(this.payloadHex);
		}

		byte[] nonce() {
			return HexFormat.of().parseHex(this.nonceHex);
		}

		SessionCookie cookie() {
			SessionCookie.Builder builder = SessionCookie.builder(this.cookieName);
			return (this.format.equals("s1") ? builder.encryptedWith(this.secret) : builder.signedWith(this.secret))
				.build();
		}

		@Override
		public String toString() {
			return this.format + " " + this.purpose + " " + this.cookieName + " " + payload().length + " bytes";
		}

	}

	@ParameterizedTest
	@MethodSource("vectors")
	void aFrozenValueOpens(Vector vector) {
		OpenedCookie opened = vector.cookie().open(vector.purpose(), vector.value());
		assertThat(opened).isNotNull();
		assertThat(opened.payload()).isEqualTo(vector.payload());
		assertThat(opened.olderSecret()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void aFrozenValueIsWrittenByteForByte(Vector vector) {
		SealingKey.Factory factory = vector.format().equals("i1") ? SigningKey::new
				: (key, context, head) -> new EncryptingKey(key, context,
						(nonce) -> System.arraycopy(vector.nonce(), 0, nonce, 0, nonce.length));
		ValueCodec format = new AuthenticatedCodec(vector.format(), vector.cookieName(),
				Secrets.of(List.of(vector.secret())), factory);
		assertThat(format.seal(vector.purpose(), vector.payload())).isEqualTo(vector.value());
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void aFrozenValueOpensForNoOtherPurpose(Vector vector) {
		for (CookiePurpose purpose : CookiePurpose.values()) {
			if (purpose != vector.purpose()) {
				assertThat(vector.cookie().open(purpose, vector.value())).isNull();
			}
		}
	}

	@Test
	void everyFormatAndPurposeIsFrozen() throws IOException {
		assertThat(vectors()).extracting((vector) -> vector.format() + vector.purpose())
			.contains("s1VALUE", "s1SESSION", "s1SESSION_ID", "i1VALUE", "i1SESSION", "i1SESSION_ID");
	}

	@Test
	void anUnsignedValueIsBase64UrlOfThePayload() {
		SessionCookie cookie = SessionCookie.builder("__session").build();
		assertThat(cookie.seal(CookiePurpose.SESSION_ID, new byte[] { 1, 2, 3, (byte) 0xFF })).isEqualTo("u1.AQID_w");
	}

	static List<Vector> vectors() throws IOException {
		try (InputStream json = FrozenFormatTests.class.getResourceAsStream("frozen-vectors.json")) {
			return new JsonMapper().readTree(Objects.requireNonNull(json))
				.get("vectors")
				.valueStream()
				.map(FrozenFormatTests::vector)
				.toList();
		}
	}

	private static Vector vector(JsonNode json) {
		String purpose = json.get("purpose").asString().replace('-', '_').toUpperCase(Locale.ROOT);
		return new Vector(json.get("format").asString(), json.get("secret").asString(),
				json.get("cookieName").asString(), CookiePurpose.valueOf(purpose), json.get("payload").asString(),
				json.path("nonce").asString(""), json.get("value").asString());
	}

}
