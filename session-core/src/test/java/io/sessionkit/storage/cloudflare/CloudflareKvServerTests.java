package io.sessionkit.storage.cloudflare;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionRecordFormat;
import io.sessionkit.SessionStorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a real KV namespace keeps, and how it refuses. */
class CloudflareKvServerTests {

	private static final String KEY = "kEy0123456789_kEy0123456789-kEy0123456789_k";

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private final String prefix = "server/" + UUID.randomUUID() + ":";

	private final SessionRecord record = new SessionRecord(1, this.now.plusSeconds(600),
			"[{},{}]".getBytes(StandardCharsets.UTF_8));

	private static CloudflareKvStorageStrategy.Builder strategy(String namespaceId, String token) {
		return CloudflareKvStorageStrategy.builder(LocalKv.ACCOUNT, namespaceId, token)
			.baseUrl(LocalKv.shared().baseUrl())
			.timeout(Duration.ofSeconds(10));
	}

	@Test
	void aWrongTokenIsNamed() {
		CloudflareKvStorageStrategy strategy = strategy(LocalKv.NAMESPACE, "Tok-wrong").build();
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy.readData(KEY))
			.withMessageContaining("refused the API token")
			.withMessageContaining("status 401, code 10000")
			.satisfies((ex) -> assertThat(ex).message().doesNotContain("Tok-wrong"));
	}

	@Test
	void aMissingNamespaceIsNamed() {
		CloudflareKvStorageStrategy strategy = strategy("missing", LocalKv.TOKEN).build();
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy.readData(KEY))
			.withMessageContaining("the KV namespace missing")
			.withMessageContaining("status 404, code 10013");
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy.createData(KEY, this.record))
			.withMessageContaining("the KV namespace missing");
	}

	@Test
	void kvRemovesARecordByItselfAtItsExpiry() {
		LocalKv.shared().strategy(this.prefix, InstantSource.fixed(this.now)).createData(KEY, this.record);
		assertThat(expiration()).isBetween(this.record.expires(), this.record.expires().plusSeconds(30));
	}

	@Test
	void aRecordOfASecondIsTakenByKvToo() {
		LocalKv.shared()
			.strategy(this.prefix, InstantSource.fixed(this.now))
			.createData(KEY, new SessionRecord(1, this.now.plusSeconds(1), this.record.body()));
		assertThat(expiration()).isBetween(this.now.plusSeconds(60), this.now.plusSeconds(90));
	}

	private Instant expiration() {
		String keys = LocalKv.shared().keys(this.prefix);
		return Instant.ofEpochSecond(Long.parseLong(keys.replaceAll("(?s).*\"expiration\":(\\d+).*", "$1")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a/b:", "?#&=%2F+", "\u017e\ud83d\ude00" })
	void theNameIsThePrefixAndTheKeyWhateverIsInThePrefix(String more) {
		String name = this.prefix + more;
		LocalKv.shared().strategy(name, InstantSource.fixed(this.now)).createData(KEY, this.record);
		assertThat(LocalKv.shared().get(name + KEY)).isEqualTo(SessionRecordFormat.write(this.record));
		assertThat(LocalKv.shared().strategy(name, InstantSource.fixed(this.now)).readData(KEY)).isEqualTo(this.record);
	}

}
