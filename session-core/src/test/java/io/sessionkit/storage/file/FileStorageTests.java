package io.sessionkit.storage.file;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.RecordStorageContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in files keep every promise of the contract. */
class FileStorageTests extends RecordStorageContract {

	/** One for all, since making the folders takes longer than most tests. */
	@TempDir
	private static Path directory;

	private final List<FileStorageStrategy> opened = new ArrayList<>();

	@AfterEach
	void stopTheSweepers() {
		this.opened.forEach(FileStorageStrategy::close);
	}

	@Override
	protected SessionIdStorageStrategy strategy(InstantSource clock) {
		FileStorageStrategy files = new FileStorageStrategy(directory, Duration.ofSeconds(10), false, clock);
		this.opened.add(files);
		return files;
	}

	@Override
	public Set<Promise> notPromised() {
		return Set.of();
	}

}
