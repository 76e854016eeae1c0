package io.sessionkit.storage.file;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.SubjectContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Files find the sessions of a subject. */
class FileSubjectTests extends SubjectContract {

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

}
