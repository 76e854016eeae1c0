package io.sessionkit;

import java.nio.file.Path;
import java.util.List;

import io.sessionkit.contract.StrategyFactory;
import io.sessionkit.contract.TwoProcessContract;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share what a directory with a lock keeps. */
class TwoProcessTests extends TwoProcessContract {

	@TempDir
	static Path directory;

	@Override
	protected Class<? extends StrategyFactory> factory() {
		return DirectoryStrategy.Locked.class;
	}

	@Override
	protected List<String> arguments() {
		return List.of(directory.toString());
	}

}
