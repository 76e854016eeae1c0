package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

import io.sessionkit.SessionRecord;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.contract.Race;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Of a subject nothing is kept that nobody needs, and nothing is lost. */
class SubjectSweepTests {

	private static final Duration A_DAY = Duration.ofDays(1);

	private static final Duration A_SECOND = Duration.ofSeconds(1);

	private final MutableClock clock = new MutableClock();

	private final String subject = RecordTree.newKey();

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

	private SessionRecord record(long version, String subject, Duration life) {
		return new SessionRecord(version, this.clock.instant().plus(life), subject, new byte[100]);
	}

	private void index(String key, Duration life) {
		this.files.indexData(this.subject, key, this.clock.instant().plus(life));
	}

	private void create(String key, Duration life) {
		assertThat(this.files.createData(key, record(1, this.subject, life))).isTrue();
	}

	private String created(Duration life) {
		String key = RecordTree.newKey();
		index(key, A_DAY);
		create(key, life);
		return key;
	}

	private Path folder() {
		return RecordTree.of(this.directory).folder(this.subject);
	}

	private Path entry(String key) {
		return folder().resolve(RecordName.of(key));
	}

	/** Twice, since what is listed may be looked at before its record is. */
	private void sweep() throws IOException {
		this.files.sweep();
		this.files.sweep();
	}

	@Test
	void anEntryIsAnEmptyFileThatIsAsOldAsItsSessionMayGet() throws IOException {
		String key = created(A_SECOND);
		assertThat(entry(key)).isEmptyFile();
		assertThat(Files.getLastModifiedTime(entry(key)).toInstant()).isEqualTo(this.clock.instant().plus(A_DAY));
	}

	@Test
	void whatIsListedHasAMinuteToGetItsRecord() throws IOException {
		String key = RecordTree.newKey();
		index(key, A_DAY);
		this.clock.advance(SubjectSweep.TIME_TO_WRITE);
		sweep();
		assertThat(entry(key)).exists();
		this.clock.advance(A_SECOND);
		sweep();
		assertThat(folder()).doesNotExist();
	}

	@Test
	void whatIsListedAgainHasItsMinuteAgain() throws IOException {
		String key = RecordTree.newKey();
		index(key, A_DAY);
		this.clock.advance(A_DAY);
		index(key, A_DAY);
		sweep();
		create(key, A_DAY);
		assertThat(this.files.findData(this.subject, 10)).containsOnlyKeys(key);
	}

	@Test
	void whatEndedGoesWithItsFolderAndWhatLivesStays() throws IOException {
		String alive = created(A_DAY);
		for (int i = 0; i < 150; i++) {
			created(A_SECOND);
		}
		String deleted = created(A_DAY);
		this.files.deleteData(deleted);
		this.clock.advance(Duration.ofHours(1));
		sweep();
		assertThat(folder()).isDirectoryContaining((path) -> path.equals(entry(alive)));
		assertThat(RecordTree.of(this.directory).files()).hasSize(2);
		assertThat(this.files.findData(this.subject, 10)).containsOnlyKeys(alive);
		this.clock.advance(A_DAY.plus(Sweeper.GRACE));
		sweep();
		assertThat(RecordTree.of(this.directory).files()).isEmpty();
		assertThat(folder()).doesNotExist();
	}

	@Test
	void aRecordThatLivesLongerThanWasSaidStaysListed() throws IOException {
		String key = created(A_SECOND);
		assertThat(this.files.updateData(key, record(2, this.subject, Duration.ofDays(9)))).asString()
			.isEqualTo("UPDATED");
		this.clock.advance(Duration.ofDays(8));
		sweep();
		assertThat(this.files.findData(this.subject, 10)).containsOnlyKeys(key);
	}

	@Test
	void aRecordThatWentToSomebodyElseIsUnlistedInTheEnd() throws IOException {
		String key = created(A_DAY);
		assertThat(this.files.updateData(key, record(2, RecordTree.newKey(), Duration.ofDays(9))))
			.isEqualTo(UpdateOutcome.UPDATED);
		this.clock.advance(A_DAY.plus(Sweeper.GRACE));
		sweep();
		assertThat(entry(key)).exists();
		this.clock.advance(A_SECOND);
		sweep();
		assertThat(folder()).doesNotExist();
		assertThat(this.files.readData(key)).isNotNull();
	}

	@Test
	void whatIsNotOursIsLeftAlone() throws IOException {
		created(A_SECOND);
		Path foreign = Files.writeString(folder().resolve("notes.txt"), "not ours");
		Path inner = Files.createDirectory(entry(RecordTree.newKey()));
		Path other = Files.createDirectory(folder().resolveSibling("mine.subject"));
		Path link = Files.createSymbolicLink(RecordTree.of(this.directory).folder(RecordTree.newKey()), folder());
		for (Path each : List.of(foreign, inner, other)) {
			Files.setLastModifiedTime(each, FileTime.fromMillis(0));
		}
		this.clock.advance(Duration.ofDays(1000));
		sweep();
		assertThat(folder()).isDirectoryNotContaining((path) -> !path.equals(foreign) && !path.equals(inner));
		assertThat(List.of(foreign, inner, other, link)).allSatisfy((path) -> assertThat(path).exists());
	}

	@Test
	void sweepingUnlistsNobodyWhoLogsInMeanwhile() {
		this.clock.advance(Duration.ofDays(-30));
		try (Race race = new Race(2)) {
			for (int round = 0; round < 100; round++) {
				String key = created(A_SECOND);
				this.files.deleteData(key);
				this.clock.advance(Duration.ofHours(1));
				race.run(List.of(() -> {
					this.files.sweep();
					return true;
				}, () -> {
					index(key, A_DAY);
					create(key, A_DAY);
					return true;
				}));
				assertThat(this.files.findData(this.subject, 10)).as("round %d", round).containsOnlyKeys(key);
				this.files.deleteData(key);
			}
		}
	}

}
