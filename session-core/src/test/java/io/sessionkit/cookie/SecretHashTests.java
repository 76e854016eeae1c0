package io.sessionkit.cookie;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Hashes that are in stores today must be found tomorrow. */
class SecretHashTests {

	private static final String SECRET = "a secret of the frozen hashes 01";

	private static final String OTHER = "another one of the frozen hashes";

	private static SecretHash hash(String use, String... secrets) {
		return SessionCookie.builder("__session").signedWith(secrets).build().hash(use);
	}

	/** The vectors were computed by an implementation in another language. */
	@ParameterizedTest
	@CsvSource({ "subject-index, zC7jcUSux2IlVnavrrHTCyLc9X-STmH_Evppxh59eTI",
			"session-handle, aP3_Pc1_SzAIhL8NeinXy-s1J3v2zH4TnevHQTzjNBw",
			"subject-revocation, Lrsuq3jf9TUqA4TE2v3mAW3rHEihKrBlh7MV75tMdpk" })
	void aFrozenHashIsMadeByteForByteAlsoByAnEncryptedCookie(String use, String expected) {
		assertThat(hash(use, SECRET).first("user 42 \u017e")).isEqualTo(expected);
		SessionCookie encrypted = SessionCookie.builder("__session").encryptedWith(SECRET).build();
		assertThat(encrypted.hash(use).first("user 42 \u017e")).isEqualTo(expected);
	}

	@Test
	void theFirstSecretWritesAndAllAreLookedUp() {
		String before = hash("a", SECRET).first("text");
		String after = hash("a", OTHER).first("text");
		assertThat(hash("a", OTHER, SECRET).first("text")).isEqualTo(after);
		assertThat(hash("a", OTHER, SECRET).all("text")).containsExactly(after, before);
	}

	@Test
	void textUseAndCookieNameAllCount() {
		SessionCookie renamed = SessionCookie.builder("__sessiona").signedWith(SECRET).build();
		assertThat(List.of(hash("a", SECRET).first("text"), hash("a", SECRET).first("Text"),
				hash("b", SECRET).first("text"), renamed.hash("a").first("text"), renamed.hash("a").first("ext")))
			.doesNotHaveDuplicates();
	}

	@Test
	void anUnsignedCookieHasNothingToHashWith() {
		assertThat(SessionCookie.builder("__session").build().hash("a")).isNull();
	}

	@Test
	void itSaysNothingOfItsKeys() {
		assertThat(hash("a", SECRET, OTHER)).hasToString("SecretHash[2]");
	}

}
