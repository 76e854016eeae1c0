package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.sessionkit.contract.Browser;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a sealed cookie says of whose session it is. */
class SubjectSealTests {

	private final MutableClock clock = new MutableClock();

	private final SessionStorage storage = SessionStorage.builder(Storages.ENCRYPTED)
		.clock(this.clock)
		.revocation(Revocation.in(new MemoryStorageStrategy(100, this.clock)))
		.build();

	@Test
	void theSealSaysSinceWhenItIsTheSubjectsAlsoAfterANewId() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.subject("42"));
		long since = this.clock.instant().getEpochSecond();
		String meta = "{\"s\":\"42\",\"t\":" + since + "}";
		assertThat(document(browser)).isEqualTo("[{},{}," + meta + "]");
		this.clock.advance(Duration.ofSeconds(60));
		browser.visit(Session::regenerateId);
		assertThat(document(browser)).isEqualTo("[{},{}," + meta + "]");
		SessionStorage without = SessionStorage.builder(Storages.ENCRYPTED).clock(this.clock).build();
		browser.on(without).visit((session) -> session.set("a", 1));
		assertThat(document(browser)).isEqualTo("[{\"a\":1},{}," + meta + "]");
		browser.on(without).visit((session) -> session.subject("43"));
		assertThat(document(browser)).isEqualTo("[{\"a\":1},{},{\"s\":\"43\"}]");
		browser.visit((session) -> session.set("a", 2));
		assertThat(document(browser)).isEqualTo("[{\"a\":2},{},{\"s\":\"43\",\"t\":" + (since + 60) + "}]");
	}

	private static String document(Browser browser) {
		String value = browser.header().substring("__session=".length());
		byte[] payload = Storages.ENCRYPTED.open(CookiePurpose.SESSION, value).payload();
		return new String(payload, 32, payload.length - 32, StandardCharsets.UTF_8).trim();
	}

}
