package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.Race;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Several strategies of one process on one directory. */
class SharedDirectoryTests {

	@TempDir
	private Path directory;

	private FileStorageStrategy files(Path where) {
		return new FileStorageStrategy(where, Duration.ofSeconds(10), false, InstantSource.system());
	}

	@Test
	void whatOneWritesTheOtherReads() {
		String key = RecordTree.newKey();
		SessionRecord first = RecordTree.record(1, "first");
		SessionRecord second = RecordTree.record(2, "second");
		try (FileStorageStrategy one = files(this.directory);
				FileStorageStrategy two = files(this.directory.resolve("../" + this.directory.getFileName()))) {
			assertThat(one.createData(key, first)).isTrue();
			assertThat(two.createData(key, first)).isFalse();
			assertThat(two.updateData(key, second)).isEqualTo(UpdateOutcome.UPDATED);
			assertThat(one.updateData(key, second)).isEqualTo(UpdateOutcome.CONFLICT);
			one.deleteData(key);
			assertThat(two.readData(key)).isNull();
		}
	}

	@Test
	void theOneThatClosesFirstTakesNoLockFromTheOther() {
		String key = RecordTree.newKey();
		try (FileStorageStrategy lasting = files(this.directory); Race race = new Race(2)) {
			lasting.createData(key, RecordTree.record(1, "1"));
			for (long round = 1; round <= 100; round++) {
				long next = round + 1;
				FileStorageStrategy brief = files(this.directory);
				List<UpdateOutcome> outcomes = race.run(List.of(() -> {
					UpdateOutcome outcome = brief.updateData(key, RecordTree.record(next, "brief"));
					brief.close();
					return outcome;
				}, () -> lasting.updateData(key, RecordTree.record(next, "lasting"))));
				assertThat(outcomes).as("round %d", round)
					.containsExactlyInAnyOrder(UpdateOutcome.UPDATED, UpdateOutcome.CONFLICT);
			}
		}
	}

	@Test
	void aLockThatAnotherClassLoaderTookIsWaitedForAndNoMisuse() throws IOException {
		String key = RecordTree.newKey();
		try (FileStorageStrategy files = new FileStorageStrategy(this.directory, Duration.ofMillis(50), false,
				InstantSource.system());
				FileChannel channel = FileChannel.open(this.directory.resolve("lock"), StandardOpenOption.WRITE)) {
			try (FileLock foreign = channel.lock(RecordName.shard(key), 1, false)) {
				assertThat(foreign.isValid()).isTrue();
				assertThatExceptionOfType(SessionStorageException.class)
					.isThrownBy(() -> files.createData(key, RecordTree.record(1, "")))
					.withMessageContaining("50 ms");
			}
			assertThat(files.createData(key, RecordTree.record(1, ""))).isTrue();
		}
	}

}
