package io.sessionkit.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the parts of a run have measured: numbers by their names, which charts and the
 * table of goals are made of, and tables in Markdown. All of it is kept in a directory as
 * soon as it is known, so that a run that ends early is not lost and parts can be run
 * again one by one. The directory is {@code benchmarks/target/results}, or what the
 * system property {@code results} says.
 */
public final class Results {

	private final Path directory;

	private final Properties numbers = new Properties();

	private Results(Path directory) {
		this.directory = directory;
	}

	/** What was measured so far, by this program or one before it. */
	public static Results open() {
		Results results = new Results(Path.of(System.getProperty("results", "benchmarks/target/results")));
		try {
			Files.createDirectories(results.directory);
			if (Files.exists(results.file())) {
				try (Reader reader = Files.newBufferedReader(results.file())) {
					results.numbers.load(reader);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return results;
	}

	/** Keeps a number, in place of an earlier one of that name. */
	public void put(String name, double value) {
		this.numbers.setProperty(name, Double.toString(value));
		try (Writer writer = Files.newBufferedWriter(file())) {
			for (var number : new TreeMap<>(this.numbers).entrySet()) {
				writer.write(number.getKey() + "=" + number.getValue() + "\n");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Empty where nothing of that name was measured. */
	public OptionalDouble get(String name) {
		String number = this.numbers.getProperty(name);
		return (number != null) ? OptionalDouble.of(Double.parseDouble(number)) : OptionalDouble.empty();
	}

	/** Prints a table in Markdown, and keeps it in a file of that name. */
	public void table(String name, String markdown) {
		System.out.println(markdown);
		try {
			Files.writeString(this.directory.resolve(name + ".md"), markdown);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file() {
		return this.directory.resolve("numbers.properties");
	}

}
