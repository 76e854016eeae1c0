package io.sessionkit.spring.autoconfigure;

import java.net.URI;

import ch.qos.logback.classic.Level;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.storage.cloudflare.CloudflareKvStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Sessions in Cloudflare KV by properties, and what is said where one is missing. */
class CloudflareKvAutoConfigurationTests {

	private static final String TOKEN = "Tok-5e2d81-of-the-tests";

	private static WebApplicationContextRunner bare() {
		return Contexts.web()
			.withConfiguration(AutoConfigurations.of(CloudflareKvStorageAutoConfiguration.class))
			.withPropertyValues("sessionkit.storage=cloudflare-kv");
	}

	private static WebApplicationContextRunner kv() {
		return bare().withPropertyValues("sessionkit.cloudflare-kv.account-id=account",
				"sessionkit.cloudflare-kv.namespace-id=namespace", "sessionkit.cloudflare-kv.api-token=" + TOKEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cloudflare-kv", "CLOUDFLARE_KV", "cloudflare_kv", "cloudflareKv" })
	void theStrategyIsThereForItsName(String storage) {
		kv().withPropertyValues("sessionkit.storage=" + storage)
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(SessionIdStorageStrategy.class)
				.isInstanceOf(CloudflareKvStorageStrategy.class));
	}

	@Test
	void oneWarningAtTheStartSaysWhatKvDoesNotPromise() {
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			kv().run((context) -> assertThat(context).hasNotFailed());
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("eventually consistent", "60 seconds", "no compare-and-set", "G2, G3 and G4",
						"about 4 calls a second")
				.doesNotContain(TOKEN);
		}
	}

	@Test
	void thePropertiesBindAndHideTheToken() {
		kv().run((context) -> {
			SessionKitProperties properties = context.getBean(SessionKitProperties.class);
			assertThat(properties.cloudflareKv().keyPrefix()).isEqualTo("session:");
			assertThat(properties.cloudflareKv().baseUrl())
				.isEqualTo(URI.create("https://api.cloudflare.com/client/v4"));
			assertThat(properties.cloudflareKv().apiToken()).isEqualTo(TOKEN);
			assertThat(properties.toString()).doesNotContain(TOKEN);
		});
	}

	@Test
	void theTimeoutAndTheBaseUrlReachTheStrategy() {
		kv().withPropertyValues("sessionkit.cloudflare-kv.base-url=http://127.0.0.1:1/v4", "sessionkit.timeout=5s")
			.run((context) -> assertThatExceptionOfType(SessionStorageException.class)
				.isThrownBy(() -> Contexts.setCookie(context))
				.withMessageContaining("Cloudflare KV at 127.0.0.1 failed: ConnectException"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "account-id", "namespace-id", "api-token" })
	void aMissingPropertyIsNamedWithWhatToDo(String missing) {
		for (String value : new String[] { "", " " }) {
			assertThat(FailureAnalysisTests
				.analysis(kv().withPropertyValues("sessionkit.cloudflare-kv." + missing + "=" + value)))
				.contains("SessionKit cannot start (sessionkit.cloudflare-kv." + missing + ")",
						"sessionkit.storage is 'cloudflare-kv'", "is not set", "et it")
				.doesNotContain(TOKEN);
		}
		assertThat(FailureAnalysisTests.analysis(bare())).contains("sessionkit.cloudflare-kv.account-id is not set");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			account-id=../../zones               | account id must be
			namespace-id=a b                     | namespace id must be
			api-token=Tok-5e2d81-of the-tests    | API token must be
			key-prefix=a b                       | key prefix must be
			base-url=http://api.cloudflare.com   | base URL must be https
			""")
	void anImpossibleValueIsNamed(String property, String problem) {
		assertThat(FailureAnalysisTests.analysis(kv().withPropertyValues("sessionkit.cloudflare-kv." + property)))
			.contains("SessionKit cannot start (sessionkit.cloudflare-kv)", problem)
			.doesNotContain("5e2d81");
	}

	@Test
	void revocationIsRefused() {
		assertThat(FailureAnalysisTests.analysis(
				kv().withPropertyValues("sessionkit.storage=cookie", "sessionkit.revocation.storage=cloudflare-kv")))
			.contains("sessionkit.revocation.storage is 'cloudflare-kv'", "cannot tell all instances at once");
	}

	@Test
	void aSliceRefusesRevocationToo() {
		assertThat(FailureAnalysisTests.analysis(Contexts.web()
			.withConfiguration(AutoConfigurations.of(SliceStorageAutoConfiguration.class))
			.withPropertyValues("sessionkit.revocation.storage=cloudflare-kv")))
			.contains("sessionkit.revocation.storage is 'cloudflare-kv'", "cannot tell all instances at once");
	}

	@Test
	void anotherStorageNeedsNoneOfThis() {
		bare().withPropertyValues("sessionkit.storage=memory")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CloudflareKvStorageStrategy.class));
	}

	@Test
	void aStrategyBeanAndTheNameBothFail() {
		assertThat(FailureAnalysisTests.analysis(kv().withBean("ownStrategy", CountingStrategy.class)))
			.contains("'ownStrategy'", "sessionkit.storage is 'cloudflare-kv'");
	}

	@Test
	void withoutTheAutoConfigurationTheStartFails() {
		assertThat(FailureAnalysisTests.analysis(Contexts.web().withPropertyValues("sessionkit.storage=cloudflare-kv")))
			.contains("sessionkit.storage is 'cloudflare-kv', but there is no strategy for it");
	}

}
