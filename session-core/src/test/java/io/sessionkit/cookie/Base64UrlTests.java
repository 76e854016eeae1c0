package io.sessionkit.cookie;

import java.util.Base64;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Base64UrlTests {

	@Property
	void everyArrayComesBackFromItsText(@ForAll byte[] bytes) {
		String text = Base64Url.encode(bytes);
		assertThat(text).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
		assertThat(Base64Url.decode("s1." + text, 3)).isEqualTo(bytes);
	}

	@Property
	void whatDecodesAtAllIsTheOnlyTextOfItsBytes(@ForAll String text) {
		byte[] bytes = Base64Url.decode(text, 0);
		if (bytes != null) {
			assertThat(Base64Url.encode(bytes)).isEqualTo(text);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "A", "AAAAA", "AB", "AAB", "AA==", "AAA=", "AAAA=", "=", "====", "A+AA", "A/AA", "AA A",
			"AAA\n", "\u0000AAA", "AAA\u00ff", "AAA\u0141", "AAA\u00c1", "A?", "AA\ud83d\ude00" })
	void anythingButCanonicalTextIsRefused(String text) {
		assertThat(Base64Url.decode(text, 0)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "AA", "AQ", "AAA", "AAE", "AAAA", "-_-_" })
	void canonicalTextIsRead(String text) {
		assertThat(Base64Url.decode(text, 0)).isEqualTo(Base64.getUrlDecoder().decode(text));
	}

}
