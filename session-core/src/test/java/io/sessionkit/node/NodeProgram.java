package io.sessionkit.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * A program of {@code src/test/node} of the module, run by Node.js: a server, or a peer
 * in JavaScript. It ends when its standard input does. Where there is no Node.js, or its
 * packages were not installed by {@code npm ci} in that folder, the test is skipped,
 * unless {@code SESSIONKIT_REQUIRE_NODE=true} makes it fail.
 */
public final class NodeProgram implements AutoCloseable {

	private static final Path FOLDER = Path.of("src", "test", "node");

	private static final int SECONDS_TO_END = 10;

	private final Process process;

	private final BufferedReader output;

	private NodeProgram(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Starts a program.
	 * @param script its file in {@code src/test/node}
	 * @param arguments its arguments
	 */
	public static NodeProgram start(String script, String... arguments) {
		return startIn(FOLDER, script, arguments);
	}

	/**
	 * Starts a program of another folder, with packages of its own.
	 * @param folder the folder, from that of the module
	 * @param script its file in there
	 * @param arguments its arguments
	 */
	public static NodeProgram startIn(Path folder, String script, String... arguments) {
		require(isNode(), "there is no Node.js on the path");
		require(Files.isDirectory(folder.resolve("node_modules")), "run npm ci in " + folder.toAbsolutePath());
		List<String> command = new ArrayList<>(List.of("node", script));
		command.addAll(List.of(arguments));
		try {
			return new NodeProgram(new ProcessBuilder(command).directory(folder.toFile())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void require(boolean condition, String otherwise) {
		if (Boolean.parseBoolean(System.getenv("SESSIONKIT_REQUIRE_NODE")) && !condition) {
			throw new IllegalStateException(otherwise);
		}
		Assumptions.assumeTrue(condition, otherwise);
	}

	private static boolean isNode() {
		try {
			return new ProcessBuilder("node", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the next line that it prints, for a server the port that it listens on. */
	public String line() {
		try {
			String line = this.output.readLine();
			if (line == null) {
				throw new IllegalStateException("The Node.js program ended; what it said is on the standard error");
			}
			return line;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Writes a line to its standard input. */
	public void send(String line) {
		try {
			this.process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
			this.process.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
