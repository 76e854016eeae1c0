package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.sessionkit.CapturedLog;
import io.sessionkit.cookie.CookieFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Nobody but the user of the process gets at the files, and an unsafe directory is
 * refused.
 */
class DirectorySafetyTests {

	@TempDir
	private Path parent;

	private Path directory;

	@BeforeEach
	void nameTheDirectory() {
		assumeTrue(OwnerOnly.of(this.parent).isPosix(), "The file system has no POSIX permissions");
		this.directory = this.parent.resolve("sessions");
	}

	@Test
	void theDirectoryAndAllInItIsForItsOwnerAlone() throws IOException {
		try (FileStorageStrategy files = new FileStorageStrategy(this.parent.resolve("not/there/yet"))) {
			String key = RecordTree.newKey();
			files.createData(key, RecordTree.record(1, "first"));
			files.updateData(key, RecordTree.record(2, "second"));
		}
		try (Stream<Path> all = Files.walk(this.parent.resolve("not"))) {
			assertThat(all.toList()).hasSize(3 + 256 + 2)
				.allSatisfy((path) -> assertThat(mode(path))
					.isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
		}
	}

	private static String mode(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
	}

	@Test
	void aDirectoryThatIsThereIsUsedAsItIs() throws IOException {
		Files.createDirectory(this.directory,
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
		new FileStorageStrategy(this.directory).close();
		assertThat(mode(this.directory)).isEqualTo("rwxr-x---");
	}

	@Test
	void aSymbolicLinkIsRefusedAsDirectoryAndAsShardAndAsLockFile() throws IOException {
		Path real = Files.createDirectory(this.parent.resolve("real"));
		Files.createSymbolicLink(this.directory, real);
		assertRefused("sessions is a symbolic link");
		assertThat(real).isEmptyDirectory();

		Files.delete(this.directory);
		Files.createDirectory(this.directory);
		Files.createSymbolicLink(this.directory.resolve("7f"), real);
		assertRefused("7f is a symbolic link");
		assertThat(real).isEmptyDirectory();

		Files.delete(this.directory.resolve("7f"));
		Path target = Files.createFile(this.parent.resolve("target"));
		Files.createSymbolicLink(this.directory.resolve("lock"), target);
		assertRefused("sessions cannot be used");
	}

	@Test
	void aFileIsNoDirectory() throws IOException {
		Files.createFile(this.directory);
		assertRefused("is no directory");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rwxrwxrwx", "rwx----w-", "rwx-w----", "rwxrwx---" })
	void aDirectoryThatOthersCanWriteIsRefusedAndNotRepaired(String mode) throws IOException {
		Files.createDirectory(this.directory);
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString(mode));
		assertRefused("can be written by others than its owner (" + mode + ")", "chmod 700");
		assertThat(mode(this.directory)).isEqualTo(mode);

		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwx------"));
		Path shard = Files.createDirectory(this.directory.resolve("00"));
		Files.setPosixFilePermissions(shard, PosixFilePermissions.fromString(mode));
		assertRefused("00 can be written by others");
	}

	@Test
	void aDirectoryOfAnotherUserIsRefused() throws IOException {
		Files.createDirectory(this.directory);
		assumeRoot();
		Files.setAttribute(this.directory, "unix:uid", 65534);
		assertRefused("belongs to the user", "chown");

		Files.setAttribute(this.directory, "unix:uid", 0);
		Path shard = Files.createDirectory(this.directory.resolve("00"));
		Files.setAttribute(shard, "unix:uid", 65534);
		assertRefused("00 belongs to the user");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rwxrwxrwx", "rwxr-xrwx", "rwx----w-" })
	void aDirectoryAboveInWhichOthersCanWriteIsRefused(String mode) throws IOException {
		Path open = openDirectory(mode);
		this.directory = Files.createDirectory(open.resolve("below")).resolve("sessions");
		assertRefused("is in " + open + ", in which others than its owner can write (" + mode, "chmod go-w",
				"chmod +t");
		assertThatIllegalStateException().isThrownBy(this::shared).withMessageContaining("is in " + open);

		Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
		new FileStorageStrategy(this.directory).close();
		shared();
	}

	private Path openDirectory(String mode) throws IOException {
		Path open = Files.createDirectory(this.parent.resolve("open"));
		Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(mode));
		return open;
	}

	private void shared() {
		new SharedFileStorageStrategy(this.directory.resolveSibling("shared"), CookieFormat.REMIX,
				Duration.ofSeconds(1), Duration.ofSeconds(1), InstantSource.system())
			.close();
	}

	@Test
	void aStickyBitAboveKeepsOthersFromRenaming() throws IOException {
		Files.setAttribute(openDirectory("rwxrwxrwx"), "unix:mode", 01777);
		this.directory = this.parent.resolve("open/sessions");
		new FileStorageStrategy(this.directory).close();
		shared();
	}

	@Test
	void aGroupAboveMayWriteOnlyIfItIsTheOneOfItsOwnerAlone() throws IOException {
		assumeRoot();
		Path open = openDirectory("rwxrwxr-x");
		this.directory = open.resolve("sessions");
		new FileStorageStrategy(this.directory).close();
		Files.setAttribute(open, "unix:gid", 65534);
		assertRefused("is in " + open, "rwxrwxr-x, root:");
	}

	@Test
	void whatALinkAboveLeadsToIsLookedAtAsWell() throws IOException {
		Path open = openDirectory("rwxrwxrwx");
		Path target = Files.createDirectory(open.resolve("target"));
		Files.createSymbolicLink(this.parent.resolve("link"), Path.of("open/target"));
		this.directory = this.parent.resolve("link/sessions");
		assertRefused("is in " + open);

		Files.createSymbolicLink(open.resolve("link"), Files.createDirectory(this.parent.resolve("safe")));
		Files.delete(this.parent.resolve("link"));
		Files.createSymbolicLink(this.parent.resolve("link"), open.resolve("link"));
		assertRefused("is in " + open);

		Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
		new FileStorageStrategy(this.directory).close();
		assertThat(target).isNotEmptyDirectory();
	}

	@Test
	void aDirectoryAboveOfAnotherUserIsWarnedOfAndRefusedWhereAnybodyCouldHaveMadeIt() throws IOException {
		assumeRoot();
		Path open = openDirectory("rwxr-xr-x");
		Path others = Files.createDirectory(open.resolve("others"));
		Files.setAttribute(others, "unix:uid", 65534);
		this.directory = others.resolve("sessions");
		try (CapturedLog log = new CapturedLog()) {
			new FileStorageStrategy(this.directory).close();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("is in " + others + ", which belongs to the user");
		}
		Files.setAttribute(open, "unix:mode", 01777);
		assertRefused("is in " + others, "which belongs to the user", "chown");
	}

	static void assumeRoot() {
		assumeTrue("root".equals(System.getProperty("user.name")), "Only root can give a file away, or mount");
	}

	private void assertRefused(String... texts) {
		assertThatIllegalStateException().isThrownBy(() -> new FileStorageStrategy(this.directory).close())
			.withMessageContainingAll(texts)
			.withMessageStartingWith("The session directory " + this.directory);
	}

	@Test
	void aLinkInThePlaceOfARecordIsNotFollowed() throws IOException {
		String key = RecordTree.newKey();
		Path file = RecordTree.of(this.directory).file(key);
		try (FileStorageStrategy files = new FileStorageStrategy(this.directory); CapturedLog log = new CapturedLog()) {
			String other = RecordTree.newKey();
			files.createData(other, RecordTree.record(1, "somebody else"));
			Path target = RecordTree.of(this.directory).file(other);
			Files.createSymbolicLink(file, target);
			assertThat(files.readData(key)).isNull();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains(key.substring(0, 8))
				.doesNotContain(key);

			assertThat(files.createData(key, RecordTree.record(1, "mine"))).isTrue();
			assertThat(files.readData(key).body()).asString().isEqualTo("mine");
			assertThat(files.readData(other).body()).asString().isEqualTo("somebody else");

			files.deleteData(key);
			Files.createSymbolicLink(file, target);
			files.deleteData(key);
			assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isFalse();
			assertThat(files.readData(other)).isNotNull();
		}
	}

	@Test
	void aPipeInThePlaceOfARecordDoesNotHang() throws IOException, InterruptedException {
		String key = RecordTree.newKey();
		try (FileStorageStrategy files = new FileStorageStrategy(this.directory)) {
			Path file = RecordTree.of(this.directory).file(key);
			assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "There is no mkfifo");
			assertThat(files.readData(key)).isNull();
		}
	}

	@Test
	void aFileSystemWithoutPosixPermissionsWorksWithOneWarning() throws IOException {
		try (CapturedLog log = new CapturedLog()) {
			new SessionDirectory(this.directory, OwnerOnly.unsupported()).close();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains(this.directory.toString(), "has no POSIX permissions");
		}
		try (FileSystem zip = FileSystems.newFileSystem(this.parent.resolve("a.zip"), Map.of("create", "true"))) {
			assertThat(OwnerOnly.of(zip.getPath("/")).isPosix()).isFalse();
		}
	}

	@Test
	void namesSurviveAFileSystemThatTakesCapitalsForSmallLetters() {
		try (FileStorageStrategy files = new FileStorageStrategy(this.directory)) {
			String key = "aB".repeat(21) + "-";
			for (String each : List.of(key, key.toLowerCase(Locale.ROOT), key.toUpperCase(Locale.ROOT),
					"Ab".repeat(21) + "-")) {
				assertThat(files.createData(each, RecordTree.record(1, each))).isTrue();
				assertThat(RecordName.key(RecordName.of(each))).isEqualTo(each);
				assertThat(RecordName.of(each)).isEqualTo(RecordName.of(each).toLowerCase(Locale.ROOT));
			}
			assertThat(RecordTree.of(this.directory).files()).extracting((file) -> file.getFileName().toString())
				.doesNotHaveDuplicates()
				.hasSize(4);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "short", "../../../../../../../../../../../../etc/shadow",
			"AAAA/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
			"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u0000" })
	void whatIsNoKeyNeverBecomesAPath(String key) {
		try (FileStorageStrategy files = new FileStorageStrategy(this.directory)) {
			assertThatIllegalArgumentException().isThrownBy(() -> files.readData(key));
			assertThatIllegalArgumentException().isThrownBy(() -> files.deleteData(key));
			assertThatIllegalArgumentException().isThrownBy(() -> files.createData(key, RecordTree.record(1, "")));
		}
	}

	@Test
	void theTimeoutIsAtLeastAMillisecond() {
		assertThatIllegalArgumentException().isThrownBy(
				() -> new FileStorageStrategy(this.directory, Duration.ZERO, false, InstantSource.system()).close());
	}

}
