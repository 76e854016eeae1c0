package io.sessionkit.cookie;

import java.security.GeneralSecurityException;
import java.security.Security;

import javax.crypto.Mac;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Cookies are the same, byte for byte, where another security provider comes first, whose
 * HMAC cannot be cloned.
 */
@Isolated
class ForeignProviderTests {

	@Test
	void allTestsOfCookiesPassWithBouncyCastleAsTheFirstProvider() throws GeneralSecurityException {
		BouncyCastleProvider provider = new BouncyCastleProvider();
		Security.insertProviderAt(provider, 1);
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			assertThat(mac.getProvider()).isSameAs(provider);
			assertThatExceptionOfType(CloneNotSupportedException.class).isThrownBy(mac::clone);
			TestExecutionSummary summary = run(FrozenFormatTests.class, SessionCookieTests.class,
					SharedCookieTests.class, SecretHashTests.class);
			assertThat(summary.getFailures()).isEmpty();
			assertThat(summary.getTestsSucceededCount()).isGreaterThan(80);
		}
		finally {
			Security.removeProvider(provider.getName());
		}
	}

	private static TestExecutionSummary run(Class<?>... tests) {
		LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
		for (Class<?> test : tests) {
			request.selectors(DiscoverySelectors.selectClass(test));
		}
		SummaryGeneratingListener summary = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request.build(), summary);
		return summary.getSummary();
	}

}
