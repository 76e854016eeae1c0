package io.sessionkit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import org.jfree.chart.JFreeChart;

/**
 * Draws the pictures of the documentation from what was measured so far, into the
 * directory that the first argument names, or else {@code docs}. What was not measured is
 * left out, and a picture in which nothing would be left is not written. The same numbers
 * make the same files.
 */
public final class Charts {

	private static final List<String> VARIANTS = List.of("tomcat", "sessionkit-memory", "floor-memory",
			"sessionkit-cookie", "floor-cookie", "spring-redis", "spring-redis-json", "sessionkit-redis", "floor-redis",
			"spring-sql", "sessionkit-sql", "floor-sql");

	private static final List<String> PATHS = List.of("read", "write", "login");

	/** What numbers are named by, and what readers call it. */
	private static final List<Map.Entry<String, String>> STORAGES = List.of(Map.entry("memory", "memory"),
			Map.entry("file", "files"), Map.entry("redis", "Redis"), Map.entry("postgresql", "PostgreSQL"));

	private static final List<Integer> SESSIONS = List.of(1, 1_000, 10_000, 100_000, 1_000_000);

	private static final List<Integer> KEYS = List.of(1, 3, 10, 30, 100);

	private static final String BARS = "blue: SessionKit, dark grey: others, light grey: the least code that does it, by hand";

	private final Results results = Results.open();

	private final Path directory;

	private Charts(Path directory) {
		this.directory = directory;
	}

	/** Says which files it has written, and which not. */
	public static void main(String[] arguments) throws IOException {
		System.setProperty("java.awt.headless", "true");
		Charts charts = new Charts(Files.createDirectories(Path.of((arguments.length > 0) ? arguments[0] : "docs")));
		charts.write("load", charts.load("rps", "Requests per second (more is better)"));
		charts.write("cpu", charts.load("cpu", "Processor time of a request in µs (less is better)"));
		charts.write("growth-sessions", charts.sessions());
		charts.write("growth-keys", charts.keys());
	}

	private void write(String name, Optional<JFreeChart> chart) throws IOException {
		Path file = this.directory.resolve(name + ".svg");
		if (chart.isEmpty()) {
			System.out.println(file + " is not written, for nothing of it was measured");
			return;
		}
		Files.writeString(file, ChartStyle.svg(chart.get()));
		System.out.println(file);
	}

	private Optional<JFreeChart> load(String number, String title) {
		BarChart chart = new BarChart(VARIANTS);
		for (String path : PATHS) {
			chart.panel(path, (variant) -> this.results.get("load." + path + "." + variant + "." + number));
		}
		return chart.draw(title, BARS);
	}

	private Optional<JFreeChart> sessions() {
		LineChart chart = new LineChart("sessions in the storage");
		chart.panel("µs", STORAGES.stream()
			.map((storage) -> line(storage.getValue(), SESSIONS, "growth." + storage.getKey() + ".", ".read-micros"))
			.toList());
		return chart.draw("Reading one session",
				"median of one thread, by the number of sessions; both axes logarithmic");
	}

	private Optional<JFreeChart> keys() {
		LineChart chart = new LineChart("keys in the session");
		for (String verb : List.of("read", "write")) {
			chart.panel(verb + " (µs)",
					List.of(line("memory storage", KEYS, "growth.keys.", "." + verb + "-micros"),
							line("cookie storage", KEYS, "growth.keys.", ".cookie-" + verb + "-micros"),
							line("Jackson of the whole", KEYS, "growth.keys.", ".floor-" + verb + "-micros")));
		}
		return chart.draw("One key of a session",
				"median of one thread, by the number of keys with 20 characters each; both axes logarithmic");
	}

	private LineChart.Line line(String name, List<Integer> steps, String prefix, String suffix) {
		List<LineChart.Point> points = new ArrayList<>();
		for (int step : steps) {
			OptionalDouble number = this.results.get(prefix + step + suffix);
			number.ifPresent((value) -> points.add(new LineChart.Point(step, value)));
		}
		return new LineChart.Line(name, points);
	}

}
