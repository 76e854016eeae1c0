package io.sessionkit.storage.file;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.StrategyFactory;
import io.sessionkit.contract.TwoProcessContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share one directory. */
class FileTwoProcessTests extends TwoProcessContract {

	@TempDir
	static Path directory;

	@Override
	protected Class<? extends StrategyFactory> factory() {
		return Factory.class;
	}

	@Override
	protected List<String> arguments() {
		return List.of(directory.toString());
	}

	/** Both of them may be slow on a busy machine. */
	public static final class Factory implements StrategyFactory {

		private @Nullable FileStorageStrategy files;

		@Override
		public SessionIdStorageStrategy strategy(List<String> arguments) {
			this.files = new FileStorageStrategy(Path.of(arguments.get(0)), Duration.ofSeconds(10), false,
					InstantSource.system());
			return this.files;
		}

		@Override
		public void close() {
			if (this.files != null) {
				this.files.close();
			}
		}

	}

}
