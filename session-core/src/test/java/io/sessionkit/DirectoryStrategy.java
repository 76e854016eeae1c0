package io.sessionkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import io.sessionkit.contract.StrategyFactory;
import org.jspecify.annotations.Nullable;

/**
 * The least that two processes can share: a directory, with one lock for all of it or, to
 * see what comes of that, without.
 *
 * @param directory where the files are
 * @param locked whether a write locks the directory
 */
record DirectoryStrategy(Path directory, boolean locked) implements SessionIdStorageStrategy {

	@Override
	public boolean createData(String key, SessionRecord record) {
		return exclusively(() -> {
			boolean free = readData(key) == null;
			if (free) {
				write(key, record);
			}
			return free;
		});
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		try {
			SessionRecord record = SessionRecordFormat.read(key, Files.readAllBytes(this.directory.resolve(key)));
			return (record != null && Instant.now().isBefore(record.expires())) ? record : null;
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		return exclusively(() -> {
			SessionRecord present = readData(key);
			if (present == null) {
				return UpdateOutcome.GONE;
			}
			if (present.version() != record.version() - 1) {
				return UpdateOutcome.CONFLICT;
			}
			write(key, record);
			return UpdateOutcome.UPDATED;
		});
	}

	@Override
	public void deleteData(String key) {
		exclusively(() -> {
			try {
				return Files.deleteIfExists(this.directory.resolve(key));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private void write(String key, SessionRecord record) {
		try {
			Path temporary = Files.write(this.directory.resolve(UUID.randomUUID().toString()),
					SessionRecordFormat.write(record));
			Files.move(temporary, this.directory.resolve(key), StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private <T> T exclusively(Supplier<T> action) {
		if (!this.locked) {
			return action.get();
		}
		synchronized (DirectoryStrategy.class) {
			try (FileChannel channel = FileChannel.open(this.directory.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE)) {
				channel.lock();
				return action.get();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/** With a lock. */
	public static final class Locked implements StrategyFactory {

		@Override
		public SessionIdStorageStrategy strategy(List<String> arguments) {
			return new DirectoryStrategy(Path.of(arguments.get(0)), true);
		}

	}

	/** Without a lock. */
	public static final class Unlocked implements StrategyFactory {

		@Override
		public SessionIdStorageStrategy strategy(List<String> arguments) {
			return new DirectoryStrategy(Path.of(arguments.get(0)), false);
		}

	}

	/**
	 * For a process that is not the one of the test: it ends there, instead of serving.
	 */
	public static final class Dying implements StrategyFactory {

		@Override
		public SessionIdStorageStrategy strategy(List<String> arguments) {
			if (!arguments.get(1).equals(Long.toString(ProcessHandle.current().pid()))) {
				throw new IllegalStateException("the last words of the other process");
			}
			return new DirectoryStrategy(Path.of(arguments.get(0)), true);
		}

	}

}
