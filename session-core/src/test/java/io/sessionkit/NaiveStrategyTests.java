package io.sessionkit;

import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;

import io.sessionkit.contract.Promise;
import io.sessionkit.contract.RecordStorageContract;
import io.sessionkit.contract.StrategyContract;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract bites: it finds what is wrong with a strategy that only puts and gets. */
class NaiveStrategyTests {

	@Test
	void theStrategyContractRejectsUnconditionalWritesAndMissingExpiry() {
		assertThat(failuresOf(NaiveStrategyContract.class)).containsExactlyInAnyOrder(
				"aTombstoneIsKeptLikeAnyOtherRecord", "aTombstoneStaysWhateverUpdatesAreInFlight",
				"anExpiredRecordIsAbsentFromThatVerySecondOn", "anUpdateAfterTheDeletionDoesNotBringTheRecordBack",
				"anUpdateMovesTheExpiryInBothDirections", "anUpdateOfAnExpiredRecordIsGoneAndDoesNotReviveIt",
				"anUpdateOfAnUnknownKeyIsGoneAndCreatesNothing", "anUpdateOfAnotherVersionIsAConflictAndChangesNothing",
				"creatingATakenKeyChangesNothing", "ofManyWhoCreateTheSameKeyExactlyOneWins",
				"ofManyWhoWriteTheSameVersionExactlyOneWins", "whatIsDeletedStaysGoneWhateverUpdatesAreInFlight");
	}

	@Test
	void theStorageContractRejectsWhatComesOfThem() {
		// The races among them mostly fail too, but luck must not decide here.
		assertThat(failuresOf(NaiveStorageContract.class)).contains("aFlashReadMeanwhileDoesNotComeBack",
				"aFlashSetMeanwhileIsNotLostToARequestThatNeverReadsIt", "aLoginThatEndsAfterTheLogoutGetsNoCookie",
				"aRenewalNextToAWriteKeepsTheWrite", "aRequestInFlightWhileItsSessionExpiresRevivesNothing",
				"aSecondLoginThatEndsAfterTheFirstOneGetsNoCookie",
				"aSlowRequestUnderTheOlderSecretDoesNotLogTheWinnerOut", "changesThatBeganWithTheSameStateAreAllKept",
				"nothingButTombstonesRemainsOfEndedSessions", "ofTwoLoginsInFlightOneWinsAndTheOtherGetsNoCookie",
				"takingAFlashRemovesOnlyTheOneThatWasRead", "theSlowRenewalThatEndsAfterTheLogoutRevivesNothing",
				"theSlowRequestThatBeganBeforeTheLoginAndEndsAfterItIsDropped",
				"theSlowRequestThatEndsAfterTheLogoutRevivesNothing");
	}

	@Test
	void theRacesRejectAStrategyThatChecksAndThenWrites() {
		assertThat(failuresOf(CheckThenActContract.class)).containsExactlyInAnyOrder(
				"aTombstoneStaysWhateverUpdatesAreInFlight", "ofManyWhoCreateTheSameKeyExactlyOneWins",
				"ofManyWhoWriteTheSameVersionExactlyOneWins", "whatIsDeletedStaysGoneWhateverUpdatesAreInFlight");
	}

	private static Set<String> failuresOf(Class<?> contract) {
		Failures failures = new Failures();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectClass(contract))
			.build();
		LauncherFactory.create().execute(request, failures);
		assertThat(failures.passed).as("cases that pass").isGreaterThan(10);
		return failures.names;
	}

	private static final class Failures implements TestExecutionListener {

		private final Set<String> names = new TreeSet<>();

		private int passed;

		@Override
		public void executionFinished(TestIdentifier test, TestExecutionResult result) {
			if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
				this.passed++;
			}
			if (result.getStatus() == TestExecutionResult.Status.FAILED) {
				this.names.add(test.getSource()
					.map((source) -> ((MethodSource) source).getMethodName())
					.orElse(test.getDisplayName()));
			}
		}

	}

	static class NaiveStrategyContract extends StrategyContract {

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return new NaiveStrategy();
		}

		@Override
		protected Set<Promise> notPromised() {
			return Set.of(Promise.RAW_ACCESS);
		}

	}

	static class CheckThenActContract extends StrategyContract {

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return new CheckThenActStrategy(clock);
		}

		@Override
		protected Set<Promise> notPromised() {
			return Set.of(Promise.RAW_ACCESS);
		}

	}

	static class NaiveStorageContract extends RecordStorageContract {

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return new NaiveStrategy();
		}

		@Override
		public Set<Promise> notPromised() {
			return Set.of();
		}

	}

}
