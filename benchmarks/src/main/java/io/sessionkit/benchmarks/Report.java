package io.sessionkit.benchmarks;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks of JMH and makes one table of them for the README, one for each
 * feature version of the JDK. Takes the options of JMH.
 */
final class Report {

	/**
	 * What the library is made for; the numbers of later ones have the version in their
	 * names.
	 */
	private static final int OLDEST_JDK = 17;

	private Report() {
	}

	/** Runs the benchmarks and prints the table at the end. */
	public static void main(String[] args) throws RunnerException, CommandLineOptionException {
		OptionsBuilder options = new OptionsBuilder();
		options.parent(new CommandLineOptions(args)).addProfiler(GCProfiler.class).shouldFailOnError(true);
		Collection<RunResult> runs = new Runner(options.build()).run();
		BenchmarkParams params = runs.iterator().next().getParams();
		int jdk = Runtime.Version.parse(params.getJdkVersion()).feature();
		Results results = Results.open();
		ReportTable table = new ReportTable(runs, results, (jdk != OLDEST_JDK) ? "jmh-" + jdk : "jmh");
		fill(table);

		System.out.println();
		results.table("jmh-" + jdk, String.format("""
				%s
				JSON: bytes of the values. 3,000 of them do not fit into a cookie of 4,096 bytes, 2,900 do. Medians of \
				single calls; each benchmark ran in %d fork(s), with %s to warm up and %s measured.

				%s %s, %d cores, %s
				""", table, params.getForks(), times(runs, BenchmarkParams::getWarmup),
				times(runs, BenchmarkParams::getMeasurement), params.getVmName(), params.getVmVersion(),
				Runtime.getRuntime().availableProcessors(), LocalDate.now(ZoneOffset.UTC)));
	}

	private static String times(Collection<RunResult> runs, Function<BenchmarkParams, IterationParams> iterations) {
		return runs.stream()
			.map((run) -> iterations.apply(run.getParams()))
			.map((params) -> params.getCount() + " x " + params.getTime())
			.distinct()
			.collect(Collectors.joining(" or "));
	}

	private static void fill(ReportTable table) {
		table.row("open", "cookie: open, read one value", "open", "rawOpen");
		table.row("set-and-seal", "cookie: set one value, seal",
				(size) -> table.of("openAndSeal", size).minus(table.of("open", size)), "rawSeal",
				(size) -> table.of("rawSeal", size));
		table.row("open-and-seal", "cookie: open and seal", "openAndSeal", "rawOpenAndSeal");
		table.row("open-and-seal-pieces", "cookie: open and seal", (size) -> table.of("openAndSeal", size),
				"XAES + JSON, both ways (limit 2.00)",
				(size) -> table.of("xaesOpen", size)
					.plus(table.of("xaesSeal", size))
					.plus(table.of("jsonRead", size))
					.plus(table.of("jsonWrite", size)));
		table.row("no-op-read", "store that costs nothing: read one value", "noOpRead", "rawNoOpRead");
		table.row("no-op-write", "store that costs nothing: set one value", "noOpWrite", "rawNoOpWrite");
		table.row("no-op-create", "store that costs nothing: create", "noOpCreate", "rawNoOpCreate");
		table.row("verify", "verify an id cookie", "verify", "rawVerify");
		table.row("sign", "sign an id cookie", "sign", "rawSign");
		table.row("reject-tampered", "reject a tampered cookie", "rejectTampered", "open");
		table.row("reject-foreign-key", "reject a cookie of a foreign key", "rejectForeignKey", "open");
		table.row("reject-malformed", "reject a malformed cookie", "rejectMalformed", "open");
		table.row("xaes-open", "XAES-256-GCM open", "xaesOpen");
		table.row("xaes-seal", "XAES-256-GCM seal", "xaesSeal");
		table.row("json-read", "JSON read", "jsonRead");
		table.row("json-write", "JSON write", "jsonWrite");
	}

}
