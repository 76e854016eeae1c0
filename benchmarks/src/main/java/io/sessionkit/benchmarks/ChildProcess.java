package io.sessionkit.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A process of its own, which says something line by line, and ends when its standard
 * input does.
 */
public final class ChildProcess implements AutoCloseable {

	private final List<String> command;

	private final Process process;

	private final BufferedReader output;

	private final Writer input;

	private ChildProcess(List<String> command) throws IOException {
		this.command = command;
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.output = this.process.inputReader(StandardCharsets.UTF_8);
		this.input = this.process.outputWriter(StandardCharsets.UTF_8);
	}

	/** Starts any program. */
	public static ChildProcess of(List<String> command) throws IOException {
		return new ChildProcess(command);
	}

	/** Starts a main class; the class path is among the options of the JVM. */
	public static ChildProcess java(List<String> options, Class<?> main, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.add(main.getName());
		command.addAll(Arrays.asList(arguments));
		return new ChildProcess(command);
	}

	/** Tells it something. */
	public void writeLine(String line) throws IOException {
		this.input.write(line + "\n");
		this.input.flush();
	}

	/** What it says next; it is an error if it has ended. */
	public String readLine() throws IOException {
		String line = this.output.readLine();
		if (line == null) {
			throw new IOException("It ended too early: " + this.command);
		}
		return line;
	}

	/** Of the processors, since the start; Linux counts it in steps of 10 ms. */
	public Duration processorTime() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	/** As the operating system knows it. */
	public long pid() {
		return this.process.pid();
	}

	/** Ends it, and waits until it has. */
	@Override
	public void close() throws IOException {
		this.input.close();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			this.process.destroy();
			Thread.currentThread().interrupt();
		}
	}

}
