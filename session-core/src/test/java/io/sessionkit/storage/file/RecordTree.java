package io.sessionkit.storage.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.sessionkit.SessionRecord;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What is in a session directory, seen from outside. */
record RecordTree(Path root) {

	private static final SecureRandom RANDOM = new SecureRandom();

	static RecordTree of(Path root) {
		return new RecordTree(root);
	}

	/** Where a key is documented to be: the first byte of the hash, capitals marked. */
	Path file(String key) {
		byte first = Base64.getUrlDecoder().decode(key.substring(0, 4))[0];
		return this.root.resolve("%02x".formatted(first))
			.resolve(key.replaceAll("[A-Z]", "+$0").toLowerCase(Locale.ROOT));
	}

	/** Where the keys of a subject are documented to be listed. */
	Path folder(String subject) {
		Path file = file(subject);
		return file.resolveSibling(file.getFileName() + ".subject");
	}

	/** Without the lock file: to open and close it here would unlock it. */
	List<Path> files() {
		try (Stream<Path> all = Files.walk(this.root)) {
			return all.filter((path) -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
				.filter((path) -> !path.getFileName().toString().equals("lock"))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<Path> temporaryFiles() {
		return files().stream().filter((file) -> file.getFileName().toString().endsWith(".tmp")).toList();
	}

	static String newKey() {
		byte[] bytes = new byte[32];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/** Another key with the same shard. */
	static String neighbour(String key) {
		return key.substring(0, 4) + newKey().substring(4);
	}

	static SessionRecord record(long version, String body) {
		return new SessionRecord(version, Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600),
				body.getBytes(UTF_8));
	}

}
