package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.sessionkit.CapturedLog;
import io.sessionkit.SessionRecord;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.contract.Race;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What expired goes, and nothing else. */
class SweeperTests {

	private final MutableClock clock = new MutableClock();

	@TempDir
	private Path directory;

	private FileStorageStrategy files;

	@BeforeEach
	void open() {
		this.files = new FileStorageStrategy(this.directory, Duration.ofSeconds(10), false, this.clock);
	}

	@AfterEach
	void close() {
		this.files.close();
	}

	private SessionRecord record(long version, Duration life) {
		return new SessionRecord(version, this.clock.instant().plus(life), new byte[100]);
	}

	private String created(Duration life) {
		String key = RecordTree.newKey();
		assertThat(this.files.createData(key, record(1, life))).isTrue();
		return key;
	}

	private List<Path> stored() {
		return RecordTree.of(this.directory).files();
	}

	@Test
	void whatExpiredSomeMinutesAgoIsRemovedAndWhatLivesStays() throws IOException {
		for (int i = 0; i < 300; i++) {
			created(Duration.ofSeconds(100));
		}
		String alive = created(Duration.ofHours(1));
		this.clock.advance(Duration.ofSeconds(100).plus(Sweeper.GRACE));
		this.files.sweep();
		assertThat(stored()).hasSize(301);
		this.clock.advance(Duration.ofSeconds(1));
		this.files.sweep();
		assertThat(stored()).containsExactly(RecordTree.of(this.directory).file(alive));
		assertThat(this.files.readData(alive)).isNotNull();
	}

	@Test
	void aFullShardIsSweptInSeveralBatches() throws IOException {
		String first = created(Duration.ofSeconds(1));
		for (int i = 0; i < 200; i++) {
			this.files.createData(RecordTree.neighbour(first), record(1, Duration.ofSeconds(1)));
		}
		this.clock.advance(Duration.ofHours(1));
		this.files.sweep();
		assertThat(stored()).isEmpty();
	}

	@Test
	void aTombstoneStaysItsMinute() throws IOException {
		String key = created(Duration.ofHours(1));
		SessionRecord tombstone = new SessionRecord(2, this.clock.instant().plusSeconds(60), new byte[0]);
		this.files.updateData(key, tombstone);
		this.clock.advance(Duration.ofSeconds(59));
		this.files.sweep();
		assertThat(this.files.readData(key)).isEqualTo(tombstone);
	}

	@Test
	void theContentCountsAndNotTheTimeOfTheFile() throws IOException {
		String key = created(Duration.ofHours(1));
		Files.setLastModifiedTime(RecordTree.of(this.directory).file(key), FileTime.from(Instant.EPOCH));
		this.files.sweep();
		assertThat(this.files.readData(key)).isNotNull();
	}

	@Test
	void whatIsNoRecordGoesOnceItsTimeIsOver() throws IOException {
		String key = created(Duration.ofHours(1));
		Path file = RecordTree.of(this.directory).file(key);
		Files.writeString(file, "sessionkit9 of a newer version");
		Files.setLastModifiedTime(file, FileTime.from(this.clock.instant().plusSeconds(3600)));
		this.files.sweep();
		assertThat(file).exists();
		this.clock.advance(Duration.ofHours(2));
		try (CapturedLog log = new CapturedLog()) {
			this.files.sweep();
			assertThat(log.messages(Level.WARN)).singleElement().asString().doesNotContain(key);
		}
		assertThat(file).doesNotExist();
	}

	@Test
	void temporaryFilesOfACrashAreRemoved() throws IOException {
		Path file = RecordTree.of(this.directory).file(created(Duration.ofHours(1)));
		Path stray = Files.writeString(file.resolveSibling(file.getFileName() + ".5eed.tmp"), "half");
		this.files.sweep();
		assertThat(stray).doesNotExist();
		assertThat(file).exists();
	}

	@Test
	void whatIsNotOursIsLeftAlone() throws IOException {
		for (Path foreign : List.of(Path.of("notes.txt"), Path.of("00/notes.tmp"), Path.of("00/.keep"))) {
			Path file = Files.writeString(this.directory.resolve(foreign), "not ours");
			Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
		}
		this.clock.advance(Duration.ofDays(1000));
		this.files.sweep();
		assertThat(stored()).hasSize(3);
	}

	@Test
	void aFolderInThePlaceOfARecordDoesNotStopIt() throws IOException {
		Path folder = RecordTree.of(this.directory).file(RecordTree.newKey());
		Files.createDirectories(folder.resolve("inner"));
		created(Duration.ofSeconds(1));
		this.clock.advance(Duration.ofDays(1000));
		this.files.sweep();
		assertThat(stored()).isEmpty();
		assertThat(folder).exists();
	}

	@Test
	void sweepingDisturbsNeitherWritersNorReaders() {
		this.clock.advance(Duration.ofDays(-1));
		try (Race race = new Race(2)) {
			for (int round = 0; round < 100; round++) {
				String key = created(Duration.ofSeconds(1));
				this.clock.advance(Duration.ofHours(1));
				race.run(List.of(() -> {
					this.files.sweep();
					return true;
				}, () -> {
					assertThat(this.files.readData(key)).isNull();
					assertThat(this.files.createData(key, record(1, Duration.ofHours(1)))).isTrue();
					assertThat(this.files.updateData(key, record(2, Duration.ofHours(1)))).asString()
						.isEqualTo("UPDATED");
					return true;
				}));
				assertThat(this.files.readData(key)).as("round %d", round).isNotNull();
				this.files.deleteData(key);
			}
		}
	}

	@Test
	void closingStopsTheThread() {
		assertThat(sweepers()).isPositive();
		this.files.close();
		this.files.close();
		assertThat(sweepers()).isZero();
	}

	private static long sweepers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().endsWith("-sweeper"))
			.count();
	}

}
