package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.sessionkit.CapturedLog;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What is listed for a subject is as safe as the records are, and a list that cannot be
 * read or written is a failure, never an empty one.
 */
class SubjectFoldersTests {

	private final String subject = RecordTree.newKey();

	/** In another shard than the subject. */
	private final String key = (this.subject.startsWith("A") ? "B" : "A") + RecordTree.newKey().substring(1);

	private final Instant until = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600);

	private final CapturedLog log = new CapturedLog();

	private final Mounts mounts = new Mounts();

	@TempDir
	private Path parent;

	private Path directory;

	private FileStorageStrategy files;

	@BeforeEach
	void open() {
		open(this.parent.resolve("sessions"));
		created();
	}

	private void open(Path directory) {
		this.directory = directory;
		this.files = new FileStorageStrategy(directory, Duration.ofSeconds(1), true, InstantSource.system());
	}

	private void created() {
		index(this.key);
		this.files.createData(this.key, new SessionRecord(1, this.until, this.subject, new byte[9]));
	}

	@AfterEach
	void nothingSaysAKeyOrASubject() throws IOException {
		this.mounts.close();
		this.files.close();
		this.log.close();
		assertThat(this.log.everything()).allSatisfy(this::assertDiscreet);
	}

	private void assertDiscreet(String text) {
		assertThat(text).doesNotContain(this.key, RecordName.of(this.key), this.subject, RecordName.of(this.subject));
	}

	private void index(String key) {
		this.files.indexData(this.subject, key, this.until);
	}

	private void assertFinds() {
		assertThat(this.files.findData(this.subject, 10)).containsOnlyKeys(this.key);
	}

	private Path folder() {
		return RecordTree.of(this.directory).folder(this.subject);
	}

	private void assertFails(ThrowingCallable call, String... texts) {
		Throwable failure = catchThrowable(call);
		assertThat(failure).isInstanceOf(SessionStorageException.class)
			.hasMessageContainingAll(texts)
			.hasMessageContaining(this.directory.toString());
		for (Throwable each = failure; each != null; each = each.getCause()) {
			assertDiscreet(each.toString());
			assertThat(each.getSuppressed()).isEmpty();
		}
	}

	private void assertBothFail(String text) {
		assertFails(() -> this.files.findData(this.subject, 10), text);
		assertFails(() -> index(this.key), text);
	}

	private void assumePosix() {
		assumeTrue(OwnerOnly.of(this.parent).isPosix(), "The file system has no POSIX permissions");
	}

	@Test
	void theFolderAndWhatIsInItIsForItsOwnerAlone() throws IOException {
		assumePosix();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder()))).isEqualTo("rwx------");
		Path entry = folder().resolve(RecordName.of(this.key));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry))).isEqualTo("rw-------");
	}

	@Test
	void aFolderThatOthersCanWriteIsRefused() throws IOException {
		assumePosix();
		Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwx---"));
		assertBothFail("(*.subject) is a link, no directory, or can be written by others");
	}

	@Test
	void aLinkOrFileInThePlaceOfAFolderIsRefused() throws IOException {
		Path elsewhere = this.parent.resolve("elsewhere");
		Files.move(folder(), elsewhere);
		Files.createSymbolicLink(folder(), elsewhere);
		String other = RecordTree.newKey();
		assertFails(() -> index(other), "listed", "is a link");
		assertFails(() -> this.files.findData(this.subject, 10), "found", "is a link");
		assertThat(elsewhere.resolve(RecordName.of(other))).doesNotExist();
		Files.delete(folder());
		Files.createFile(folder());
		assertBothFail("no directory");
	}

	@Test
	void aLinkInThePlaceOfAnEntryIsReplacedAndNotFollowed() throws IOException {
		Path target = Files.createFile(this.parent.resolve("target"));
		Instant before = Files.getLastModifiedTime(target).toInstant();
		Path entry = folder().resolve(RecordName.of(this.key));
		Files.delete(entry);
		Files.createSymbolicLink(entry, target);
		index(this.key);
		assertThat(Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)).isTrue();
		assertThat(Files.getLastModifiedTime(target).toInstant()).isEqualTo(before);
		assertFinds();
	}

	@Test
	void whatIsNoKeyNeverBecomesAPath() {
		for (String each : List.of("", "../../etc/shadow", this.key + "A")) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.files.findData(each, 1));
			assertThatIllegalArgumentException().isThrownBy(() -> this.files.indexData(each, this.key, this.until));
			assertThatIllegalArgumentException().isThrownBy(() -> index(each));
		}
	}

	@Test
	void aDirectoryThatVanishedOrWasReplacedIsAFailure() throws IOException {
		Path elsewhere = this.parent.resolve("elsewhere");
		Files.move(this.directory, elsewhere);
		assertBothFail("mount or restore it, or restart");
		assertThat(this.directory).doesNotExist();
		FileStorageStrategy replaced = this.files;
		open(this.directory);
		created();
		assertFinds();
		try (FileStorageStrategy restarted = this.files) {
			this.files = replaced;
			assertBothFail("mount or restore it, or restart");
			assertThat(restarted.findData(this.subject, 10)).hasSize(1);
		}
	}

	@Test
	void aShardThatVanishedIsAFailureOfThatShardAlone() throws IOException {
		Files.move(RecordTree.of(this.directory).folder(this.subject).getParent(), this.parent.resolve("elsewhere"));
		assertBothFail("lacks some of its folders");
		String other = (this.subject.startsWith("A") ? "B" : "A") + this.subject.substring(1);
		assertThat(this.files.findData(other, 10)).isEmpty();
	}

	@Test
	void aRecordWhoseShardVanishedIsAFailureAndKeepsItsEntry() throws IOException {
		Path shard = RecordTree.of(this.directory).file(this.key).getParent();
		Files.move(shard, this.parent.resolve("elsewhere"));
		assertFails(() -> this.files.findData(this.subject, 10), "lacks some of its folders");
		assertFails(this.files::sweep, "lacks some of its folders");
		Files.move(this.parent.resolve("elsewhere"), shard);
		assertFinds();
	}

	@Test
	void aReadOnlyDirectoryIsSearchedAndNotListedIn() throws IOException {
		this.mounts.readOnly(this.directory);
		assertFails(() -> index(RecordTree.newKey()), "listed", "Read-only file system");
		assertFinds();
	}

	@Test
	void onAFullDiskNothingIsListedAndWhatIsListedIsFound() throws IOException {
		this.files.close();
		Path disk = this.parent.resolve("disk");
		this.mounts.small(disk, "64k,nr_inodes=270");
		open(disk.resolve("sessions"));
		created();
		assertFails(() -> {
			for (int i = 0; i < 270; i++) {
				index(RecordTree.newKey());
			}
		}, "listed", "No space left", "make room");
		assertFinds();
	}

}
