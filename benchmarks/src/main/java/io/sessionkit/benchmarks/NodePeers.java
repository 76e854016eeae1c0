package io.sessionkit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.sessionkit.benchmarks.PeerProcess.Turn;
import io.sessionkit.benchmarks.load.Payload;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sessions in cookies by libraries of Node.js and by SessionKit: load the session, read
 * the user, add one to a counter, commit. Each on one thread of a process of its own, in
 * short turns; ratios are of processor time, which a busy neighbour hardly disturbs, and
 * of turns that followed each other. The system properties {@code rounds},
 * {@code seconds} of a turn and {@code warmup} (seconds) say how much.
 */
final class NodePeers {

	private static final int ROUNDS = Integer.getInteger("rounds", 5);

	private static final Duration TURN = Duration.ofSeconds(Integer.getInteger("seconds", 1));

	private static final Duration WARMUP = Duration.ofSeconds(Integer.getInteger("warmup", 8));

	private static final Path FOLDER = Path.of("benchmarks", "node");

	/** Each with how it protects the cookie. */
	private static final Map<String, String> PEERS = peers();

	private final Map<String, List<Pair>> pairs = new LinkedHashMap<>();

	private NodePeers() {
	}

	/** Measures, unless there is no Node.js or none of its packages, and says so. */
	public static void main(String[] args) throws IOException, InterruptedException {
		if (!isNode()) {
			System.out.println("Nothing was measured: there is no Node.js on the path");
		}
		else if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
			System.out.println("Nothing was measured: first run, from the root, npm ci --prefix benchmarks/node");
		}
		else {
			NodePeers race = new NodePeers();
			race.run();
			race.report(Results.open());
		}
	}

	private static Map<String, String> peers() {
		Map<String, String> peers = new LinkedHashMap<>();
		peers.put("react-router", "signed");
		peers.put("remix", "signed");
		peers.put("iron-session", "encrypted");
		return peers;
	}

	private static boolean isNode() throws InterruptedException {
		try {
			return new ProcessBuilder("node", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void run() throws IOException {
		String json = payload();
		try (PeerProcess ours = warm(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms256m", "-Xmx256m",
						"-cp", System.getProperty("java.class.path"), SessionKitPeer.class.getName(), json))) {
			for (String peer : PEERS.keySet()) {
				try (PeerProcess theirs = warm(List.of("node", FOLDER.resolve("peers.mjs").toString(), peer, json))) {
					race(peer, ours, theirs);
				}
			}
		}
	}

	private static String payload() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put(Payload.USER, Payload.NAME);
		values.put(Payload.COUNT, 0);
		values.put(Payload.CART, Payload.LINES);
		return JsonMapper.shared().writeValueAsString(values);
	}

	/** Not by the clock alone, since a busy machine compiles slowly. */
	private static PeerProcess warm(List<String> command) throws IOException {
		PeerProcess process = PeerProcess.start(command);
		double micros = 0;
		while (micros < WARMUP.toMillis() * 1e3) {
			Turn turn = process.run(TURN);
			micros += Math.min(turn.cpuMicros(), turn.elapsedMicros());
		}
		return process;
	}

	private void race(String peer, PeerProcess ours, PeerProcess theirs) throws IOException {
		for (int round = 1; round <= ROUNDS; round++) {
			Pair pair = new Pair(ours.run(TURN), theirs.run(TURN));
			if (pair.ours.jsonBytes() != pair.theirs.jsonBytes()) {
				throw new IllegalStateException(peer + " keeps something else than SessionKit");
			}
			this.pairs.computeIfAbsent(peer, (same) -> new ArrayList<>()).add(pair);
			System.out.printf(Locale.ROOT, "# Node peers, %s, round %d of %d: %.2f%n", peer, round, ROUNDS,
					pair.ratio());
		}
	}

	private void report(Results results) {
		StringBuilder table = new StringBuilder("""
				| session in a cookie | | CPU us | operations/s and core | us elapsed | cookie bytes | to JSON | \
				SessionKit is so many times faster |
				|---|---|---:|---:|---:|---:|---:|---:|
				""");
		List<Turn> ours = this.pairs.values().stream().flatMap(List::stream).map(Pair::ours).toList();
		row(table, results, SessionKitPeer.NAME, "encrypted", ours, "");
		this.pairs.forEach((peer, rounds) -> {
			double ratio = median(rounds, Pair::ratio);
			results.put("node." + peer + ".to.sessionkit", ratio);
			row(table, results, peer, PEERS.getOrDefault(peer, ""), rounds.stream().map(Pair::theirs).toList(),
					String.format(Locale.ROOT, "%.2f", ratio));
		});
		results.table("node-peers", table.toString());
	}

	private static void row(StringBuilder table, Results results, String name, String protection, List<Turn> turns,
			String ratio) {
		double micros = median(turns, Turn::cpuMicrosEach);
		results.put("node." + name + ".micros", micros);
		results.put("node." + name + ".cookie-ratio", turns.get(0).cookieRatio());
		table.append(String.format(Locale.ROOT, "| %s | %s | %.1f | %,.0f | %.1f | %d | %.2f | %s |%n", name,
				protection, micros, 1e6 / micros, median(turns, Turn::elapsedMicrosEach), turns.get(0).cookieBytes(),
				turns.get(0).cookieRatio(), ratio));
	}

	private static <T> double median(List<T> measured, ToDoubleFunction<T> number) {
		double[] sorted = measured.stream().mapToDouble(number).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/**
	 * Two turns that followed each other.
	 *
	 * @param ours by SessionKit
	 * @param theirs by a peer
	 */
	private record Pair(Turn ours, Turn theirs) {

		double ratio() {
			return this.theirs.cpuMicrosEach() / this.ours.cpuMicrosEach();
		}

	}

}
