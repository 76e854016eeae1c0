package io.sessionkit.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A second JVM with the class path of this one, in which a {@link ProcessNode} runs.
 */
final class OtherProcess implements AutoCloseable {

	private static final int LONGEST_WAIT_SECONDS = 60;

	private static final int MOST_LINES = 200;

	private static final String END = "the end of the output";

	private final Process process;

	private final PrintStream orders;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> output = new LinkedBlockingQueue<>(MOST_LINES);

	private final Thread errors;

	/**
	 * Starts it and waits until it is ready.
	 * @throws AssertionError with its output, if it is not within a minute
	 */
	OtherProcess(Class<? extends StrategyFactory> factory, List<String> arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-XX:TieredStopAtLevel=1", "-Xmx256m",
						"-Dlogback.configurationFile=io/sessionkit/contract/other-process-logback.xml", "-cp",
						classPath(), ProcessNode.class.getName(), factory.getName()));
		command.addAll(arguments);
		try {
			this.process = new ProcessBuilder(command).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The other JVM could not be started", ex);
		}
		this.orders = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.errors = reading(this.process.errorReader(), this.output::offer);
		reading(this.process.inputReader(), this.answers::add);
		String ready = answer();
		if (!ready.equals(ProcessNode.READY)) {
			throw failed("said \"" + ready + "\" instead of \"" + ProcessNode.READY + "\"");
		}
	}

	/** Under Surefire the property that every JVM has names a jar of its own. */
	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	/** Gives an order, which it begins with at once. */
	void order(ProcessNode.Order order) {
		this.orders.println(order.line());
	}

	/**
	 * Waits for the answer to the last order.
	 * @throws AssertionError with the output of the process, if it died or took more than
	 * a minute
	 */
	String answer() {
		try {
			String answer = this.answers.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
			if (answer == null) {
				throw failed("gave no answer in " + LONGEST_WAIT_SECONDS + " seconds");
			}
			if (answer.equals(END)) {
				this.answers.add(END);
				this.errors.join(TimeUnit.SECONDS.toMillis(LONGEST_WAIT_SECONDS));
				throw failed("ended");
			}
			return answer;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed("was waited for by a thread that was interrupted");
		}
	}

	private AssertionError failed(String what) {
		close();
		return new AssertionError("The other process " + what + "; its output was:\n" + String.join("\n", this.output));
	}

	private static Thread reading(BufferedReader reader, Consumer<String> lines) {
		Thread thread = new Thread(() -> {
			try (reader) {
				reader.lines().forEach(lines);
			}
			catch (IOException | UncheckedIOException ex) {
				lines.accept(ex.toString());
			}
			lines.accept(END);
		}, "output of the other process");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
