package io.sessionkit.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One file for each session: read as a whole, and replaced by renaming a new one. As with
 * the file storage by default, nothing waits for the disk.
 *
 * @param directory where they lie
 */
record FileFloor(Path directory) implements FloorStore {

	@Override
	public String create(byte[] json) {
		String id = UUID.randomUUID().toString();
		write(id, json);
		return id;
	}

	@Override
	public byte[] read(String cookie) {
		try {
			return Files.readAllBytes(this.directory.resolve(cookie));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public @Nullable String write(String cookie, byte[] json) {
		try {
			Path written = this.directory.resolve(UUID.randomUUID() + ".tmp");
			Files.write(written, json);
			Files.move(written, this.directory.resolve(cookie), StandardCopyOption.ATOMIC_MOVE);
			return null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
