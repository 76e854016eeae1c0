package io.sessionkit;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What fails of a contract that is run against something that breaks it. */
final class Failures implements TestExecutionListener {

	private final Map<String, String> messages = new TreeMap<>();

	private int passed;

	private Failures() {
	}

	static Failures of(Class<?> contract) {
		Failures failures = new Failures();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectClass(contract))
			.build();
		LauncherFactory.create().execute(request, failures);
		assertThat(failures.passed + failures.messages.size()).as("cases that ran").isPositive();
		return failures;
	}

	/** The names of the test methods that failed. */
	Set<String> names() {
		return this.messages.keySet();
	}

	/** Why they failed, by the names of the test methods. */
	Map<String, String> messages() {
		return this.messages;
	}

	int passed() {
		return this.passed;
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
			this.passed++;
		}
		if (result.getStatus() == TestExecutionResult.Status.FAILED) {
			this.messages.put(test.getSource()
				.filter(MethodSource.class::isInstance)
				.map((source) -> ((MethodSource) source).getMethodName())
				.orElse(test.getDisplayName()), String.valueOf(result.getThrowable().orElse(null)));
		}
	}

}
