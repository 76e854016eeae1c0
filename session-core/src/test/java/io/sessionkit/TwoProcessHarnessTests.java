package io.sessionkit;

import java.nio.file.Path;
import java.util.List;

import io.sessionkit.contract.StrategyFactory;
import io.sessionkit.contract.TwoProcessContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract of two processes bites, and says why the other process is dead. */
class TwoProcessHarnessTests {

	@Test
	void twoProcessesThatCheckAndThenWriteLoseUpdates() {
		assertThat(Failures.of(UnlockedContract.class).names()).contains("updatesOfOneKeyFromBothProcessesAllCount");
	}

	@Test
	void aDeadProcessFailsEachTestWithItsOutput() {
		Failures failures = Failures.of(DeadContract.class);
		assertThat(failures.passed()).isZero();
		assertThat(failures.messages().values()).isNotEmpty()
			.allSatisfy((message) -> assertThat(message).contains("The other process ended")
				.contains("the last words of the other process"));
	}

	static class UnlockedContract extends TwoProcessContract {

		@TempDir
		static Path directory;

		@Override
		protected Class<? extends StrategyFactory> factory() {
			return DirectoryStrategy.Unlocked.class;
		}

		@Override
		protected List<String> arguments() {
			return List.of(directory.toString());
		}

		@Override
		protected int rounds() {
			return 1;
		}

	}

	static class DeadContract extends TwoProcessContract {

		@Override
		protected Class<? extends StrategyFactory> factory() {
			return DirectoryStrategy.Dying.class;
		}

		@Override
		protected List<String> arguments() {
			return List.of("nowhere", Long.toString(ProcessHandle.current().pid()));
		}

	}

}
