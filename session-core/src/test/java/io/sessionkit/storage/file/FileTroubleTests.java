package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.sessionkit.CapturedLog;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.UpdateOutcome;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A directory that is full, read-only, broken or gone is a failure that says so, and
 * costs no record.
 */
class FileTroubleTests {

	private static final String VALUE = "Val-9f2c71";

	private final SessionRecord first = RecordTree.record(1, VALUE + " first");

	private final SessionRecord second = RecordTree.record(2, VALUE + " second");

	private final String key = RecordTree.newKey();

	private final CapturedLog log = new CapturedLog();

	private final List<String> said = new ArrayList<>();

	private final Mounts mounts = new Mounts();

	@TempDir
	private Path parent;

	private Path directory;

	private FileStorageStrategy files;

	@BeforeEach
	void nameTheDirectory() {
		this.directory = this.parent.resolve("sessions");
	}

	@AfterEach
	void nothingSaysAKeyOrAValue() throws IOException {
		this.mounts.close();
		if (this.files != null) {
			this.files.close();
		}
		this.log.close();
		this.said.addAll(this.log.everything());
		assertThat(this.said)
			.allSatisfy((text) -> assertThat(text).doesNotContain(VALUE, this.key, RecordName.of(this.key)));
	}

	private void open() {
		this.files = new FileStorageStrategy(this.directory, Duration.ofSeconds(1), true, InstantSource.system());
		assertThat(this.files.createData(this.key, this.first)).isTrue();
	}

	private void assertFails(ThrowingCallable call, String... texts) {
		Throwable failure = catchThrowable(call);
		assertThat(failure).isInstanceOf(SessionStorageException.class)
			.hasMessageContainingAll(texts)
			.hasMessageContaining(this.directory.toString());
		for (Throwable each = failure; each != null; each = each.getCause()) {
			this.said.add(each.toString());
			assertThat(each.getSuppressed()).isEmpty();
		}
	}

	@Test
	void onAFullDiskThePreviousRecordStaysAndDeletingWorks() throws IOException {
		Path disk = this.parent.resolve("disk");
		this.mounts.small(disk, "64k");
		this.directory = disk.resolve("sessions");
		open();
		String other = RecordTree.newKey();
		this.files.createData(other, this.first);
		fill(disk);

		assertFails(() -> this.files.createData(RecordTree.newKey(), this.first), "created", "No space left",
				"make room");
		assertFails(() -> this.files.updateData(this.key, this.second), "updated", "No space left", "make room");
		SessionRecord tombstone = new SessionRecord(2, this.first.expires(), new byte[0]);
		assertFails(() -> this.files.updateData(this.key, tombstone), "No space left");
		assertThat(this.files.readData(this.key)).isEqualTo(this.first);
		assertThat(RecordTree.of(this.directory).files()).hasSize(2);

		this.files.deleteData(this.key);
		assertThat(this.files.readData(this.key)).isNull();
		assertThat(this.files.updateData(other, this.second)).isEqualTo(UpdateOutcome.UPDATED);
	}

	private static void fill(Path disk) throws IOException {
		Path filler = Files.createFile(disk.resolve("filler"));
		byte[] page = new byte[4096];
		try (var out = Files.newOutputStream(filler)) {
			for (int i = 0; i < 64; i++) {
				out.write(page);
			}
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("No space left");
			return;
		}
		throw new FileSystemException("The disk is larger than it was mounted");
	}

	@Test
	void aDirectoryThatBecomesReadOnlyCanStillBeRead() throws IOException {
		open();
		this.mounts.readOnly(this.directory);
		assertFails(() -> this.files.createData(RecordTree.newKey(), this.first), "created", "Read-only file system",
				"may write there");
		assertFails(() -> this.files.updateData(this.key, this.second), "updated", "Read-only file system");
		assertFails(() -> this.files.deleteData(this.key), "deleted", "Read-only file system");
		assertThat(this.files.readData(this.key)).isEqualTo(this.first);
		this.mounts.undo();
		assertThat(this.files.updateData(this.key, this.second)).isEqualTo(UpdateOutcome.UPDATED);
	}

	@Test
	void eachFailureOfTheSystemSaysWhatHelps() {
		String path = RecordTree.of(this.directory).file(this.key).toString();
		Map<IOException, String> advice = Map.of(new FileSystemException(path, null, "Too many open files"),
				"Too many open files; raise the number", new FileSystemException(path, null, "Disk quota exceeded"),
				"Disk quota exceeded; make room", new AccessDeniedException(path),
				"access denied; make sure that it and everything in it belongs to the user",
				new FileSystemException(path, null, "Input/output error"),
				"Input/output error; make sure that it exists");
		advice.forEach((failure, text) -> assertFails(() -> {
			throw Failures.of("read", this.directory, failure);
		}, text));
	}

	@Test
	void aReadOnlyDirectoryIsNoPlaceToStart() throws IOException {
		Files.createDirectory(this.directory);
		this.mounts.readOnly(this.directory);
		if (Files.isWritable(this.directory)) {
			throw new IllegalStateException("It can be written");
		}
		assertThatIllegalStateException().isThrownBy(() -> new FileStorageStrategy(this.directory).close())
			.withMessageContainingAll(this.directory.toString(), "cannot be used", "Read-only file system",
					"may write there");
	}

	@Test
	void aFileThatCannotBeReadIsAFailureAndNotAbsent() throws IOException {
		open();
		Path file = RecordTree.of(this.directory).file(this.key);
		this.mounts.unreadable(file);
		assertFails(() -> this.files.readData(this.key), "read", "Input/output error");
		assertFails(() -> this.files.updateData(this.key, this.second), "Input/output error");
		assertFails(() -> this.files.createData(this.key, this.first), "Input/output error");
		this.mounts.undo();
		assertThat(this.files.readData(this.key)).isEqualTo(this.first);
	}

	@Test
	void aDirectoryThatVanishedIsAFailureAndNotADirectoryWithoutSessions() throws IOException {
		open();
		Path elsewhere = this.parent.resolve("elsewhere");
		Files.move(this.directory, elsewhere);
		assertEverythingFails();
		assertThat(this.directory).doesNotExist();
		Files.createDirectory(this.directory);
		assertEverythingFails();
		Files.delete(this.directory);
		Files.move(elsewhere, this.directory);
		assertThat(this.files.readData(this.key)).isEqualTo(this.first);
		assertThat(this.files.updateData(this.key, this.second)).isEqualTo(UpdateOutcome.UPDATED);
	}

	@Test
	void aDirectoryThatWasReplacedIsAFailureToo() throws IOException {
		open();
		Files.move(this.directory, this.parent.resolve("elsewhere"));
		try (FileStorageStrategy restarted = new FileStorageStrategy(this.directory)) {
			assertThat(restarted.readData(this.key)).isNull();
			assertEverythingFails();
		}
	}

	@Test
	void aRecordInADirectoryThatSomebodyPutInThePlaceOfOursIsNotBelieved() throws IOException {
		open();
		Path real = this.parent.resolve("elsewhere");
		Files.move(this.directory, real);
		Path forged = RecordTree.of(this.directory).file(this.key);
		Files.createDirectories(forged.getParent());
		Files.copy(RecordTree.of(real).file(this.key), forged);
		Files.createLink(this.directory.resolve("lock"), real.resolve("lock"));
		assertFails(() -> this.files.readData(this.key), "deleted or replaced", "mount or restore it, or restart");
		Files.writeString(forged, "no record");
		assertFails(() -> this.files.readData(this.key), "deleted or replaced");
		assertFails(() -> this.files.updateData(this.key, this.second), "deleted or replaced");
	}

	private void assertEverythingFails() {
		String unknown = RecordTree.newKey();
		for (String each : List.of(this.key, unknown)) {
			assertFails(() -> this.files.readData(each), "mount or restore it, or restart");
			assertFails(() -> this.files.createData(each, this.first), "mount or restore it, or restart");
			assertFails(() -> this.files.updateData(each, this.second), "mount or restore it, or restart");
			assertFails(() -> this.files.deleteData(each), "mount or restore it, or restart");
		}
		assertFails(this.files::sweep, "mount or restore it, or restart");
	}

	@Test
	void aShardThatVanishedIsAFailureOfThatShardAlone() throws IOException {
		open();
		Path file = RecordTree.of(this.directory).file(this.key);
		Files.delete(file);
		Files.delete(file.getParent());
		assertFails(() -> this.files.readData(this.key), "lacks some of its folders");
		assertFails(() -> this.files.createData(this.key, this.first), "lacks some of its folders");
		assertFails(() -> this.files.updateData(this.key, this.second), "lacks some of its folders");
		assertFails(() -> this.files.deleteData(this.key), "lacks some of its folders");
		String other = (this.key.startsWith("A") ? "B" : "A") + this.key.substring(1);
		assertThat(this.files.createData(other, this.first)).isTrue();
	}

	@Test
	void afterTheEndNothingIsWritten() {
		open();
		this.files.close();
		assertFails(() -> this.files.updateData(this.key, this.second), "the storage was closed");
		assertThat(this.files.readData(this.key)).isEqualTo(this.first);
	}

}
