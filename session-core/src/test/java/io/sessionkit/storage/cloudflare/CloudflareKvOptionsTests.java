package io.sessionkit.storage.cloudflare;

import java.net.URI;
import java.time.Duration;

import ch.qos.logback.classic.Level;
import io.sessionkit.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What cannot be part of a request is refused before the first one. */
class CloudflareKvOptionsTests {

	private static final CloudflareKvStorageStrategy.Builder OPTIONS = CloudflareKvStorageStrategy
		.builder(LocalKv.ACCOUNT, LocalKv.NAMESPACE, LocalKv.TOKEN);

	@Test
	void makingAStrategyIsOneWarningThatSaysWhatIsNotPromised() {
		try (CapturedLog log = new CapturedLog()) {
			OPTIONS.build();
			assertThat(log.everything()).hasSize(1);
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("60 seconds", "no compare-and-set", "G2, G3 and G4", "about 4 calls a second")
				.doesNotContain(LocalKv.TOKEN, LocalKv.ACCOUNT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a/b", "..", "a b", "a?b", "a#b", "a%2Fb", "a\r\nb", "\u017e" })
	void anIdThatWouldLeaveItsPlaceInTheUrlIsRefused(String id) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CloudflareKvStorageStrategy.builder(id, LocalKv.NAMESPACE, LocalKv.TOKEN))
			.withMessageContaining("account id must be");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CloudflareKvStorageStrategy.builder(LocalKv.ACCOUNT, id, LocalKv.TOKEN))
			.withMessageContaining("namespace id must be");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "s3cret token", "s3cret\r\nX-Other: 1", "s3cret\u017e", "s3cret\t" })
	void aTokenThatWouldLeaveItsHeaderIsRefusedAndNotShown(String token) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CloudflareKvStorageStrategy.builder(LocalKv.ACCOUNT, LocalKv.NAMESPACE, token))
			.withMessageContaining("API token must be")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "session:", "shop/", "\u017elu\u0165ou\u010dk\u00fd-", "?&#%" })
	void aPrefixMayBeAnythingThatIsPrintable(String prefix) {
		assertThatCode(() -> OPTIONS.keyPrefix(prefix)).doesNotThrowAnyException();
	}

	@Test
	void aPrefixThatKvWouldRefuseIsRefused() {
		for (String prefix : new String[] { "a b", "a\n", "\u0000", "\u2003", "a".repeat(401), "\u017e".repeat(201) }) {
			assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.keyPrefix(prefix))
				.withMessageContaining("at most 400 bytes");
		}
		assertThatCode(() -> OPTIONS.keyPrefix("a".repeat(400))).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://api.cloudflare.com/client/v4", "http://127.0.0.1.example.com",
			"http://localhost.example.com", "ftp://localhost", "/client/v4", "https:///v4", "mailto:a@example.com",
			"https://user@example.com", "https://example.com?a=b", "https://example.com#a" })
	void theTokenIsSentOverHttpsOrWithinThisMachineOnly(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.baseUrl(URI.create(url)))
			.withMessageContaining("base URL must be https");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://gateway.example.com/cloudflare/", "http://localhost:8787", "http://127.0.0.1:1",
			"http://[::1]:8787/client/v4" })
	void anotherBaseUrlIsFine(String url) {
		assertThatCode(() -> OPTIONS.baseUrl(URI.create(url))).doesNotThrowAnyException();
	}

	@Test
	void aTimeoutIsAtLeastAMillisecond() {
		assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.timeout(Duration.ofNanos(999_999)))
			.withMessageContaining("at least one millisecond");
	}

}
