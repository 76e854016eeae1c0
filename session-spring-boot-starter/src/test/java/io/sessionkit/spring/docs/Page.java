package io.sessionkit.spring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path from the root of the repository
 * @param lines its text
 */
record Page(Path path, List<String> lines) {

	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src=\"|href=\")([^)\"\\s]+)");

	/** The README, what stands beside it, and all pages of docs. */
	static List<Page> all() {
		try (Stream<Path> beside = Files.list(ROOT); Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			return Stream.concat(beside, docs)
				.filter((file) -> file.toString().endsWith(".md"))
				.sorted()
				.map((file) -> of(ROOT.relativize(file).toString()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Page of(String path) {
		try {
			return new Page(Path.of(path), Files.readAllLines(ROOT.resolve(path)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isReadme() {
		return this.path.toString().equals("README.md");
	}

	boolean isInDocs() {
		return this.path.startsWith("docs");
	}

	/** The blocks of code in a language. */
	List<Sample> samples(String language) {
		List<Sample> samples = new ArrayList<>();
		List<String> open = null;
		int line = 0;
		boolean wanted = false;
		for (String each : this.lines) {
			line++;
			if (open == null && each.startsWith("```")) {
				open = new ArrayList<>();
				wanted = each.equals("```" + language);
			}
			else if (open != null && each.equals("```")) {
				if (wanted) {
					samples.add(new Sample(this, line - open.size(), String.join("\n", open) + "\n"));
				}
				open = null;
			}
			else if (open != null) {
				open.add(each);
			}
		}
		if (open != null) {
			throw new AssertionError(this + " has a block of code without an end");
		}
		return samples;
	}

	/** Where its links lead, images too, but not those to other sites. */
	List<String> links() {
		return LINK.matcher(prose())
			.results()
			.map((match) -> match.group(1))
			.filter((link) -> !link.matches("[a-z]+:.*"))
			.toList();
	}

	/** The names of its headings in a link, as GitHub makes them. */
	Set<String> anchors() {
		Set<String> anchors = new LinkedHashSet<>();
		for (String line : prose().split("\n")) {
			if (line.startsWith("#")) {
				String anchor = line.replaceFirst("#+ ", "")
					.replaceAll("\\]\\([^)]*\\)", "")
					.toLowerCase(Locale.ROOT)
					.replaceAll("[^\\p{L}\\p{N} _-]", "")
					.replace(' ', '-');
				String unique = anchor;
				for (int i = 1; !anchors.add(unique); i++) {
					unique = anchor + "-" + i;
				}
			}
		}
		return anchors;
	}

	/** The text without blocks of code. */
	String prose() {
		return Pattern.compile("(?sm)^```.*?^```$").matcher(String.join("\n", this.lines)).replaceAll("");
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

	/**
	 * A block of code.
	 *
	 * @param page where it is
	 * @param line of its beginning
	 * @param text what it has
	 */
	record Sample(Page page, int line, String text) {

		@Override
		public String toString() {
			return this.page + ":" + this.line;
		}

	}

}
