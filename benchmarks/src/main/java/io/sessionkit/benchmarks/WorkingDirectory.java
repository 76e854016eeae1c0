package io.sessionkit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory for one measurement, removed after it.
 *
 * @param path where it is
 */
public record WorkingDirectory(Path path) implements AutoCloseable {

	/** Made where the first argument says, or else in the working directory. */
	public static WorkingDirectory in(String... arguments) throws IOException {
		Path parent = Path.of((arguments.length > 0) ? arguments[0] : ".");
		return new WorkingDirectory(Files.createTempDirectory(parent, "sessions"));
	}

	@Override
	public void close() throws IOException {
		try (Stream<Path> all = Files.walk(this.path)) {
			for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(each);
			}
		}
	}

}
