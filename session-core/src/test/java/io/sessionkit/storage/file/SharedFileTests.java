package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorageException;
import io.sessionkit.SharedStorageStrategy;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.MutableClock;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.InteropVectors;
import io.sessionkit.cookie.InteropVectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The files of the peers: where they are, what is in them, and what is none. */
class SharedFileTests {

	private static final String ID = "d8f66187540f226c";

	@TempDir
	private Path directory;

	private final MutableClock clock = new MutableClock();

	private SharedFileStorageStrategy strategy(CookieFormat format) {
		return new SharedFileStorageStrategy(this.directory, format, Duration.ofSeconds(10), Duration.ofMinutes(30),
				this.clock);
	}

	private static SessionRecord record(String body, Instant expires) {
		return new SessionRecord(1, expires, body.getBytes(StandardCharsets.UTF_8));
	}

	static List<Vector> files() {
		return InteropVectors.ofKind("fileSessionStorage", "fsSessionStorage").toList();
	}

	@ParameterizedTest
	@MethodSource("files")
	void aFileOfThePeerIsReadAndWrittenByteForByte(Vector vector) throws IOException {
		this.clock.advance(Duration.between(this.clock.instant(), Instant.parse("2030-01-02T03:04:05Z")));
		Path file = this.directory.resolve(vector.text("relativeFile"));
		try (SharedFileStorageStrategy strategy = strategy(vector.format())) {
			Files.createDirectories(file.getParent());
			Files.writeString(file, vector.text("fileContent"));
			Files.setLastModifiedTime(file, FileTime.from(this.clock.instant()));
			SessionRecord read = strategy.readData(vector.text("id"));
			assertThat(read).isNotNull();
			assertThat(read.expires()).isEqualTo((vector.format() == CookieFormat.REACT_ROUTER)
					? Instant.parse("2030-01-02T04:04:05Z") : this.clock.instant().plus(Duration.ofMinutes(30)));
			strategy.deleteData(vector.text("id"));
			assertThat(file).doesNotExist();
			assertThat(strategy.createData(vector.text("id"), new SessionRecord(1, read.expires(), read.body())))
				.isTrue();
			assertThat(file).hasContent(vector.text("fileContent"));
		}
	}

	@Test
	void aFileOfReactRouterThatSaysNoEndHasNone() throws IOException {
		try (SharedFileStorageStrategy strategy = strategy(CookieFormat.REACT_ROUTER)) {
			for (String data : List.of("{}", "{\"a\":\"x\"}", "{\"expires\":\"2000-01-02T03:04:05.000Z\"}",
					"{\"a\":{\"x\":1,\"expires\":\"2000-01-02T03:04:05.000Z\"}}")) {
				write("{\"data\":" + data + "}");
				SessionRecord read = strategy.readData(ID);
				assertThat(read.expires()).isEqualTo(SharedStorageStrategy.NEVER);
				assertThat(new String(read.body(), StandardCharsets.UTF_8)).isEqualTo(data);
			}
			write("{\"data\":{},\"expires\":\"2000-01-02T03:04:05.000Z\"}");
			assertThat(strategy.readData(ID)).as("expired").isNull();
		}
	}

	private void write(String content) throws IOException {
		Path file = this.directory.resolve("d8f6").resolve("6187540f226c");
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	@Test
	void whatIsNoFileOfASessionIsUnreadable() throws IOException {
		try (SharedFileStorageStrategy strategy = strategy(CookieFormat.REACT_ROUTER)) {
			for (String content : List.of("", "x", "{", "{}", "{\"data\":", "{\"data\":{}", "{\"data\":}",
					"{\"data\":{},\"expires\":\"2999-99-99T03:04:05.000Z\"}",
					"{\"data\":{},\"expired\":\"2999-01-02T03:04:05.000Z\"}", "sessionkit1 1 1 - 00000000\n[{},{}]")) {
				write(content);
				SessionRecord read = strategy.readData(ID);
				assertThat(read).as(content).isNotNull();
				assertThat(read.isTombstone()).isFalse();
				assertThat(new String(read.body(), StandardCharsets.UTF_8)).as(content).doesNotStartWith("{}");
			}
			strategy.deleteData(ID);
			assertThat(strategy.readData(ID)).isNull();
		}
	}

	@Test
	void aDirectoryThatSomebodyPutInThePlaceOfThePeersIsAFailure(@TempDir Path elsewhere) throws IOException {
		try (SharedFileStorageStrategy strategy = strategy(CookieFormat.REACT_ROUTER)) {
			write("{\"data\":{}}");
			assertThat(strategy.readData(ID)).isNotNull();
			Files.move(this.directory, elsewhere.resolve("real"));
			write("{\"data\":{\"userId\":\"42\"}}");
			Files.createDirectories(this.directory.resolve(".sessionkit"));
			Files.createLink(this.directory.resolve(".sessionkit/lock"), elsewhere.resolve("real/.sessionkit/lock"));
			assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy.readData(ID))
				.withMessageContaining("deleted or replaced");
			assertThatExceptionOfType(SessionStorageException.class)
				.isThrownBy(() -> strategy.readData("d8f66187540f226d"));
			assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> strategy.deleteData(ID));
			assertThat(this.directory.resolve("d8f6/6187540f226c")).exists();
		}
	}

	@Test
	void noLinkIsFollowed(@TempDir Path outside) throws IOException {
		Files.writeString(outside.resolve("6187540f226c"), "{\"data\":{\"userId\":\"42\"}}");
		try (SharedFileStorageStrategy strategy = strategy(CookieFormat.REACT_ROUTER)) {
			Files.createSymbolicLink(this.directory.resolve("d8f6"), outside);
			assertThat(strategy.readData(ID)).isNull();
			Files.delete(this.directory.resolve("d8f6"));
			Files.createDirectory(this.directory.resolve("d8f6"));
			Files.createSymbolicLink(this.directory.resolve("d8f6").resolve("6187540f226c"),
					outside.resolve("6187540f226c"));
			assertThat(new String(strategy.readData(ID).body(), StandardCharsets.UTF_8)).doesNotContain("42");
		}
	}

	@Test
	void anIdOfReactRouterHasSixteenHexadecimalDigits() {
		try (SharedFileStorageStrategy strategy = strategy(CookieFormat.REACT_ROUTER)) {
			assertThat(strategy.newId()).matches("[0-9a-f]{16}").isNotEqualTo(strategy.newId());
			assertThat(strategy.isId(strategy.newId())).isTrue();
			for (String id : List.of("", "../../../etc/pw", "D8F66187540F226C", ID + "0", ID.substring(1),
					"5f0e9b0e-4d3f-4a33-9f3a-6f7f5d0a3c11")) {
				assertThat(strategy.isId(id)).as(id).isFalse();
			}
		}
	}

	@Test
	void anEndedSessionLeavesNoFileThatThePeerWouldRead() {
		try (SharedFileStorageStrategy strategy = strategy(CookieFormat.REACT_ROUTER)) {
			Instant later = this.clock.instant().plusSeconds(100);
			strategy.createData(ID, record("{}", later));
			long version = strategy.readData(ID).version();
			assertThat(strategy.updateData(ID, new SessionRecord(version + 1, later, new byte[0])))
				.isEqualTo(UpdateOutcome.UPDATED);
			assertThat(this.directory.resolve("d8f6").resolve("6187540f226c")).doesNotExist();
			assertThat(strategy.readData(ID).isTombstone()).isTrue();
			this.clock.advance(Duration.ofSeconds(100));
			assertThat(strategy.readData(ID)).isNull();
			strategy.createData(ID, record("{\"a\":1}", later.plusSeconds(100)));
			version = strategy.readData(ID).version();
			strategy.updateData(ID, new SessionRecord(version + 1, later.plusSeconds(100), new byte[0]));
			assertThat(this.directory.resolve(".sessionkit").resolve("ended"))
				.isDirectoryContaining((file) -> file.getFileName().toString().equals(SharedLayout.hash(ID)));
		}
	}

	@Test
	void oldTombstonesGoWithNewOnes() throws IOException {
		try (SharedFileStorageStrategy strategy = strategy(CookieFormat.REMIX);
				var ended = Files.list(this.directory.resolve(".sessionkit").resolve("ended"))) {
			for (int i = 0; i < 10; i++) {
				end(strategy, "an-id-of-a-peer-" + i);
			}
			this.clock.advance(Duration.ofSeconds(100));
			end(strategy, "an-id-of-a-peer-last");
			assertThat(ended).hasSize(1);
		}
	}

	private void end(SharedFileStorageStrategy strategy, String id) {
		Instant later = this.clock.instant().plusSeconds(100);
		strategy.createData(id, record("[{},{}]", later));
		strategy.updateData(id, new SessionRecord(strategy.readData(id).version() + 1, later, new byte[0]));
	}

	@Test
	void nobodySharesTheSealedFormat() {
		assertThatIllegalArgumentException().isThrownBy(() -> strategy(CookieFormat.DEFAULT))
			.withMessageContaining("FileStorageStrategy");
	}

}
