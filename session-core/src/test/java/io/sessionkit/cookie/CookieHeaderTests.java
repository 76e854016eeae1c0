package io.sessionkit.cookie;

import java.time.Duration;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class CookieHeaderTests {

	private static final SessionCookie COOKIE = SessionCookie.builder("a")
		.encryptedWith("0123456789 a secret for the tests")
		.build();

	@ParameterizedTest(name = "[{0}]")
	@CsvSource(delimiter = '|', quoteCharacter = '\'', ignoreLeadingAndTrailingWhitespace = false,
			value = { "a=1|1", "b=2; a=1|1", "a=1;b=2|1", "b=2;a=1|1", "\t a \t=\t 1 \t; b=2|1", "a=\"1\"|1",
					"a = \"1 2\" ;|1 2", "$Version=1; a=\"x\"; $Path=/|x", "a=1=2==|1=2==", "aa=2; a=1|1",
					"; ;; ;a=1;;|1", "=; =b; a=1|1", "b; a=1|1", "a=\"|\"", "a=\"1|\"1", "a=1\"|1\"", "a=%3D|%3D",
					"b=\"; a=1|1", "a==|=" })
	void readsTheValueOfACookie(String header, String value) {
		assertThat(COOKIE.values(header)).containsExactly(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ";", "a", "a;", "b=a", "A=1", "ab=1", "ba=1", "=a", "a b=1", "b=1, a=2", "$a=1",
			"b=x a=1", "aa", "a\u0000=1", "\u00a0a=1" })
	void findsNoCookieWhereThereIsNoneOfThisName(String header) {
		assertThat(COOKIE.values(header)).isEmpty();
	}

	@Test
	void anEmptyValueIsAValue() {
		assertThat(COOKIE.values("a=")).containsExactly("");
		assertThat(COOKIE.values("a= ; a=\"\"")).containsExactly("", "");
		assertThat(COOKIE.parse("a=")).isNull();
	}

	@Test
	void noHeaderIsNoCookie() {
		assertThat(COOKIE.values(null)).isEmpty();
		assertThat(COOKIE.parse(null)).isNull();
	}

	@Test
	void atMostTwoHundredCookiesOfTheNameAreExaminedInHeaderOrder() {
		assertThat(COOKIE.values("a=1; b=0; a=2; a=3; a=4; a=5")).containsExactly("1", "2", "3", "4", "5");
		assertThat(COOKIE.values("a=1; ".repeat(300))).hasSize(200);
		String ours = "a=" + COOKIE.seal(CookiePurpose.VALUE, new byte[] { 'x' });
		assertThat(COOKIE.parse("a=1; ".repeat(199) + ours)).isEqualTo("x");
		assertThat(COOKIE.parse("a=1; ".repeat(200) + ours)).isNull();
	}

	@Test
	void theFirstAuthenticCookieIsParsed() {
		String first = COOKIE.serialize("first").split(";", 2)[0];
		String second = COOKIE.serialize("second").split(";", 2)[0];
		assertThat(COOKIE.parse("a=forged; " + first + "; " + second)).isEqualTo("first");
	}

	@Test
	void rawBytesAndControlCharactersAreLeftAlone() {
		StringBuilder raw = new StringBuilder();
		for (char character = 0x80; character <= 0xFF; character++) {
			raw.append(character);
		}
		assertThat(COOKIE.values("a=" + raw + "\u0000\r\n; b=1")).containsExactly(raw + "\u0000\r\n");
		assertThat(COOKIE.parse("a=" + raw)).isNull();
		assertThat(COOKIE.values("\u0000a=1")).isEmpty();
	}

	@Test
	void hugeHeadersTakeLinearTime() {
		String ours = COOKIE.serialize("dark").split(";", 2)[0];
		for (String filler : List.of("a", ";", "=", " ", "\"", "a;", "a ", "b=1;", "\t;", "aa=1;")) {
			String header = filler.repeat(4_000_000 / filler.length()) + ";" + ours;
			assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(COOKIE.parse(header)).isEqualTo("dark"));
		}
		assertThat(COOKIE.parse("a=" + "A".repeat(16_384))).isNull();
	}

	@Property
	void anyHeaderTextIsHarmless(@ForAll String header) {
		assertThat(COOKIE.values(header)).hasSizeLessThanOrEqualTo(4);
		assertThat(COOKIE.parse(header)).isNull();
	}

	@Property
	void anyHeaderOfCookieCharactersIsHarmless(@ForAll @Chars({ 'a', 's', '1', 'i', 'u', '.', '=', ';', ' ', '\t', '"',
			'$', ',', '\u0000', '\u00ff' }) String header) {
		assertThat(COOKIE.values(header)).hasSizeLessThanOrEqualTo(4)
			.allSatisfy((value) -> assertThat(value).doesNotContain(";"));
		assertThat(COOKIE.parse(header)).isNull();
		assertThat(COOKIE.parse("a=s1." + header)).isNull();
	}

	@Property
	void anyTextBehindTheLabelIsHarmless(@ForAll String text) {
		assertThat(COOKIE.open(CookiePurpose.VALUE, "s1." + text)).isNull();
	}

	@Property
	void everyPairThatABrowserSendsIsRead(@ForAll @Size(max = 4) List<@AlphaChars String> values) {
		StringBuilder header = new StringBuilder("first=1");
		values.forEach((value) -> header.append("; a=").append(value).append("; other=").append(value));
		assertThat(COOKIE.values(header.toString())).isEqualTo(values);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', ignoreLeadingAndTrailingWhitespace = false,
			value = { "x; Domain=evil|1", "x y|1", "\"x\"|0", "x,y|1", "x\\y|1", "x\u007f|1", "\u017e|0" })
	void aValueThatWouldBreakOutOfTheHeaderIsRefused(String value, int index) {
		assertThatIllegalArgumentException().isThrownBy(() -> COOKIE.header(value))
			.withMessageContaining("at " + index);
	}

	@Test
	void lineBreaksNeverReachAHeader() {
		assertThatIllegalArgumentException().isThrownBy(() -> COOKIE.header("x\r\nSet-Cookie: y=z"));
	}

}
