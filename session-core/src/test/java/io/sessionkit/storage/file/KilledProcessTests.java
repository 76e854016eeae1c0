package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.contract.Race;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** A process that dies leaves whole records and no locks. */
class KilledProcessTests {

	private static final int KILLS_PER_LANE = Integer.getInteger("sessionkit.kills", 10);

	private static final int LONGEST_LIFE_MILLIS = 100;

	@TempDir
	private Path directory;

	private FileStorageStrategy files;

	@BeforeEach
	void open() {
		this.files = new FileStorageStrategy(this.directory, Duration.ofSeconds(10), false, InstantSource.system());
	}

	@AfterEach
	void close() {
		this.files.close();
	}

	@Test
	void afterEachOfManyKillsEveryRecordIsTheOldOrTheNewOne() throws IOException {
		List<Callable<Long>> lanes = List.of(() -> killAgainAndAgain("one", 1), () -> killAgainAndAgain("two", 2));
		try (Race race = new Race(lanes.size())) {
			assertThat(race.run(lanes)).allMatch((writes) -> writes > KILLS_PER_LANE);
		}
		this.files.sweep();
		assertThat(RecordTree.of(this.directory).temporaryFiles()).isEmpty();
	}

	/** Returns how many writes were acknowledged in all. */
	private long killAgainAndAgain(String lane, long seed) throws IOException, InterruptedException {
		Random random = new Random(seed);
		long[] versions = new long[FileProcess.KEYS];
		long writes = 0;
		for (int kill = 0; kill < KILLS_PER_LANE; kill++) {
			Process process = FileProcess.start("write", this.directory, lane);
			int first = process.getInputStream().read();
			assertThat(first).isZero();
			versions[first] = next(versions[first]);
			Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
			kill(process);
			for (int index : process.getInputStream().readAllBytes()) {
				versions[index] = next(versions[index]);
				writes++;
			}
			for (int index = 0; index < FileProcess.KEYS; index++) {
				versions[index] = checked(lane, index, versions[index], kill);
			}
		}
		return writes;
	}

	/** By its handle, which leaves open what the process has said. */
	private static void kill(Process process) throws InterruptedException {
		process.toHandle().destroyForcibly();
		process.waitFor();
	}

	private static long next(long version) {
		return (version + 1) % (FileProcess.LAST_VERSION + 1);
	}

	/** Returns the version that is there. */
	private long checked(String lane, int index, long acknowledged, int kill) {
		String key = FileProcess.key(lane, index);
		SessionRecord record = this.files.readData(key);
		long version = (record != null) ? record.version() : 0;
		assertThat(version).as("record %d after kill %d", index, kill).isIn(acknowledged, next(acknowledged));
		if (record != null) {
			assertThat(record).isEqualTo(FileProcess.record(index, version));
		}
		this.files.deleteData(RecordTree.neighbour(key));
		return version;
	}

	@Test
	void theLockOfAnotherProcessIsWaitedForWithinTheTimeoutAndGoesWithIt() throws IOException, InterruptedException {
		String key = RecordTree.newKey();
		try (FileStorageStrategy impatient = new FileStorageStrategy(this.directory, Duration.ofMillis(100), false,
				InstantSource.system())) {
			assertThat(impatient.createData(key, RecordTree.record(1, "first"))).isTrue();
			Process holder = FileProcess.start("hold", this.directory, key);
			assertThat(holder.getInputStream().read()).isZero();
			long begin = System.nanoTime();
			assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> impatient.deleteData(key))
				.withMessageContainingAll(this.directory.toString(), "locked", "100 ms");
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(100),
					Duration.ofSeconds(1));
			assertThat(impatient.readData(key)).isNotNull();
			kill(holder);
			assertTimeoutPreemptively(Duration.ofSeconds(5), () -> impatient.deleteData(key));
			assertThat(impatient.readData(key)).isNull();
		}
	}

}
