package io.sessionkit.storage.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.StrategyContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Files keep every promise of the contract. */
class FileStorageStrategyTests extends StrategyContract {

	/** One for all, since making the folders takes longer than most tests. */
	@TempDir
	private static Path directory;

	private FileStorageStrategy files;

	@AfterEach
	void stopTheSweeper() {
		this.files.close();
	}

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		this.files = new FileStorageStrategy(directory, Duration.ofSeconds(10), false, clock);
		return this.files;
	}

	@Override
	protected Set<Promise> notPromised() {
		return Set.of();
	}

	@Override
	protected void corrupt(String key, byte[] stored) {
		try {
			Files.write(RecordTree.of(directory).file(key), stored);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	protected Collection<byte[]> dump() {
		return RecordTree.of(directory).files().stream().map(FileStorageStrategyTests::content).toList();
	}

	private static byte[] content(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
