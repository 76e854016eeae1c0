package io.sessionkit.benchmarks.counted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import io.sessionkit.benchmarks.Results;
import io.sessionkit.benchmarks.WorkingDirectory;

/**
 * How much later an application is ready for the starter on its class path, as the median
 * of pairs that take turns; and which threads it has for it. Once as it is, and once with
 * archives of the loaded classes (class data sharing). The time depends on the machine.
 */
final class StartupCount {

	private static final int PAIRS = Integer.getInteger("pairs", 9);

	private StartupCount() {
	}

	static void report(Results results) throws IOException {
		StringBuilder table = new StringBuilder("""
				| start | ms without | ms with the starter | difference | CPU ms without | with | difference |
				|---|---:|---:|---:|---:|---:|---:|
				""");
		try (WorkingDirectory directory = WorkingDirectory.in()) {
			StarterClassPath paths = StarterClassPath.in(directory.path());
			List<Pair> plain = pairs(paths, List.of(), List.of());
			table.append(row("as it is", plain));
			results.put("counted.startup.millis", median(plain, Pair::time));
			results.put("counted.startup.cpu-millis", median(plain, Pair::processorTime));
			List<Pair> shared = pairs(paths, archive(paths.with(), true, directory.path().resolve("with.jsa")),
					archive(paths.without(), false, directory.path().resolve("without.jsa")));
			table.append(row("with archives of classes", shared));
			results.put("counted.startup.archived-millis", median(shared, Pair::time));
			List<String> extra = plain.get(0).extraThreads();
			results.put("counted.startup.threads", extra.size());
			table.append("\nThreads that only the starter brings: ")
				.append(extra.isEmpty() ? "none" : String.join(", ", extra))
				.append(".\n");
		}
		results.table("counted-startup", table.toString());
	}

	/** Makes an archive and returns the options that require it. */
	private static List<String> archive(String classPath, boolean hasStarter, Path file) throws IOException {
		// What it warns of would come between the lines of the application.
		Start.of(classPath, hasStarter, "-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable");
		if (!Files.exists(file)) {
			throw new IllegalStateException("There is no archive of the classes");
		}
		return List.of("-XX:SharedArchiveFile=" + file, "-Xshare:on", "-Xlog:disable");
	}

	private static List<Pair> pairs(StarterClassPath paths, List<String> optionsWith, List<String> optionsWithout)
			throws IOException {
		List<Pair> pairs = new ArrayList<>();
		// The first one reads the files from the disk.
		start(paths.without(), false, optionsWithout);
		for (int i = 0; i < PAIRS; i++) {
			Start with = (i % 2 == 0) ? start(paths.with(), true, optionsWith) : null;
			Start without = start(paths.without(), false, optionsWithout);
			pairs.add(new Pair((with != null) ? with : start(paths.with(), true, optionsWith), without));
		}
		return pairs;
	}

	private static Start start(String classPath, boolean hasStarter, List<String> options) throws IOException {
		return Start.of(classPath, hasStarter, options.toArray(String[]::new));
	}

	private static String row(String name, List<Pair> pairs) {
		return String.format(Locale.ROOT, "| %s | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f |%n", name,
				median(pairs, (pair) -> pair.without().time()), median(pairs, (pair) -> pair.with().time()),
				median(pairs, Pair::time), median(pairs, (pair) -> pair.without().processorTime()),
				median(pairs, (pair) -> pair.with().processorTime()), median(pairs, Pair::processorTime));
	}

	private static double median(List<Pair> pairs, Function<Pair, Duration> time) {
		return pairs.stream().map(time).sorted().skip(pairs.size() / 2).findFirst().orElseThrow().toNanos() / 1e6;
	}

	/**
	 * Two starts, one right after the other.
	 *
	 * @param with the starter
	 * @param without the starter
	 */
	private record Pair(Start with, Start without) {

		Duration time() {
			return this.with.time().minus(this.without.time());
		}

		Duration processorTime() {
			return this.with.processorTime().minus(this.without.processorTime());
		}

		List<String> extraThreads() {
			List<String> extra = new ArrayList<>(this.with.threads());
			this.without.threads().forEach(extra::remove);
			return extra;
		}

	}

}
