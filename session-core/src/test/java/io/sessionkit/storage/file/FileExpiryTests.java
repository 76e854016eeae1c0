package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.ExpiryContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Of several nodes with one directory the one that removes a file tells. */
class FileExpiryTests extends ExpiryContract {

	@TempDir
	private Path directory;

	private final List<FileStorageStrategy> nodes = new ArrayList<>();

	@AfterEach
	void stopTheSweepers() {
		this.nodes.forEach(FileStorageStrategy::close);
	}

	@Override
	protected SessionIdStorageStrategy node(InstantSource clock) {
		FileStorageStrategy node = new FileStorageStrategy(this.directory, Duration.ofSeconds(10), false, clock);
		this.nodes.add(node);
		return node;
	}

	@Override
	protected void cleanUp(SessionIdStorageStrategy node) throws IOException {
		((FileStorageStrategy) node).sweep();
	}

}
