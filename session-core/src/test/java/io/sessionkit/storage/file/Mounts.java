package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * File systems that are full, read-only or broken. A test that cannot mount them is
 * skipped.
 */
final class Mounts implements AutoCloseable {

	private final Deque<Path> mounted = new ArrayDeque<>();

	/** A file system in memory of this size. */
	void small(Path where, String size) throws IOException {
		Files.createDirectories(where);
		mount(where, "-t", "tmpfs", "-o", "size=" + size, "tmpfs", where.toString());
	}

	/** What is there stays, but nobody may write. */
	void readOnly(Path where) throws IOException {
		mount(where, "--bind", where.toString(), where.toString());
		run("mount", "-o", "remount,bind,ro", where.toString());
	}

	/** Every read of this file fails with an I/O error. */
	void unreadable(Path file) throws IOException {
		mount(file, "--bind", "/proc/" + ProcessHandle.current().pid() + "/mem", file.toString());
	}

	private void mount(Path where, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("mount"));
		command.addAll(List.of(arguments));
		run(command.toArray(String[]::new));
		this.mounted.push(where);
	}

	/** Undoes the last one. */
	void undo() throws IOException {
		run("umount", "-l", this.mounted.pop().toString());
	}

	private static void run(String... command) throws IOException {
		try {
			boolean done = new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
			assumeTrue(done, () -> "This user cannot " + String.join(" ", command));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		while (!this.mounted.isEmpty()) {
			undo();
		}
	}

}
