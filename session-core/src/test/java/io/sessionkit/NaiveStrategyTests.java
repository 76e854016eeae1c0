package io.sessionkit;

import java.time.InstantSource;
import java.util.Set;

import io.sessionkit.contract.Promise;
import io.sessionkit.contract.RecordStorageContract;
import io.sessionkit.contract.StrategyContract;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract bites: it finds what is wrong with a strategy that only puts and gets. */
class NaiveStrategyTests {

	@Test
	void theStrategyContractRejectsUnconditionalWritesAndMissingExpiry() {
		assertThat(failuresOf(NaiveStrategyContract.class)).containsExactlyInAnyOrder(
				"aMoveOfAnotherVersionIsAConflictAndCreatesNothing", "aMoveOfWhatIsThereNoMoreCreatesNothing",
				"aMovedRecordIsUnderItsNewKeyAndATombstoneUnderTheOldOne", "aTombstoneIsKeptLikeAnyOtherRecord",
				"aTombstoneStaysWhateverUpdatesAreInFlight", "anExpiredRecordIsAbsentFromThatVerySecondOn",
				"anUpdateAfterTheDeletionDoesNotBringTheRecordBack", "anUpdateMovesTheExpiryInBothDirections",
				"anUpdateOfAnExpiredRecordIsGoneAndDoesNotReviveIt", "anUpdateOfAnUnknownKeyIsGoneAndCreatesNothing",
				"anUpdateOfAnotherVersionIsAConflictAndChangesNothing", "creatingATakenKeyChangesNothing",
				"ofAMoveAndAWriteInFlightExactlyOneWins", "ofManyWhoCreateTheSameKeyExactlyOneWins",
				"ofManyWhoWriteTheSameVersionExactlyOneWins",
				"ofTwoWhoMoveTheSameVersionExactlyOneWinsAndOneNewRecordIsThere", "severalRecordsAreReadAsEachOfThem",
				"whatIsDeletedStaysGoneWhateverUpdatesAreInFlight");
	}

	@Test
	void theStorageContractRejectsWhatComesOfThem() {
		// The races among them mostly fail too, but luck must not decide here.
		assertThat(failuresOf(NaiveStorageContract.class)).contains("aFlashReadMeanwhileDoesNotComeBack",
				"aFlashSetMeanwhileIsNotLostToARequestThatNeverReadsIt", "aLoginThatEndsAfterTheLogoutGetsNoCookie",
				"aRenewalNextToAWriteKeepsTheWrite", "aRequestThatOutlastsTheIdleTimeoutDoesNotUndoALogout",
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
				"aTombstoneStaysWhateverUpdatesAreInFlight", "ofAMoveAndAWriteInFlightExactlyOneWins",
				"ofManyWhoCreateTheSameKeyExactlyOneWins", "ofManyWhoWriteTheSameVersionExactlyOneWins",
				"ofTwoWhoMoveTheSameVersionExactlyOneWinsAndOneNewRecordIsThere",
				"whatIsDeletedStaysGoneWhateverUpdatesAreInFlight");
	}

	private static Set<String> failuresOf(Class<?> contract) {
		Failures failures = Failures.of(contract);
		assertThat(failures.passed()).as("cases that pass").isGreaterThan(10);
		return failures.names();
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
