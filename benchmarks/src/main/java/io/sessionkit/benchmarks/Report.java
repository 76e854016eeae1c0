package io.sessionkit.benchmarks;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs everything and prints one table for the README. Takes the options of JMH.
 */
final class Report {

	private Report() {
	}

	/** Runs the benchmarks and prints the report at the end. */
	public static void main(String[] args) throws IOException, RunnerException, CommandLineOptionException {
		OptionsBuilder options = new OptionsBuilder();
		options.parent(new CommandLineOptions(args)).addProfiler(GCProfiler.class).shouldFailOnError(true);
		ReportTable table = new ReportTable(new Runner(options.build()).run());
		UntouchedRequest untouched = UntouchedRequest.measure();

		table.row("open, read one value", "open", "rawOpen");
		table.row("set one value, seal", table.of("openAndSeal").minus(table.of("open")), "the same by hand",
				table.of("rawSeal"));
		table.row("open and seal", "openAndSeal", "rawOpenAndSeal");
		table.row("open and seal", table.of("openAndSeal"), "XAES + JSON, both ways (limit 2.00)",
				table.of("xaesOpen").plus(table.of("xaesSeal")).plus(table.of("jsonRead")).plus(table.of("jsonWrite")));
		table.row("verify an id cookie", "verify", "rawVerify");
		table.row("sign an id cookie", "sign", "rawSign");
		table.row("reject a tampered cookie", "rejectTampered", "open");
		table.row("reject a cookie of a foreign key", "rejectForeignKey", "open");
		table.row("reject a malformed cookie", "rejectMalformed", "open");
		table.row("XAES-256-GCM open", "xaesOpen");
		table.row("XAES-256-GCM seal", "xaesSeal");
		table.row("JSON read", "jsonRead");
		table.row("JSON write", "jsonWrite");

		System.out.println();
		System.out.println(table);
		System.out.println(untouched);
		System.out.println();
		System.out.printf("%s %s, %d cores, %s%n", System.getProperty("java.vm.name"),
				System.getProperty("java.vm.version"), Runtime.getRuntime().availableProcessors(),
				LocalDate.now(ZoneOffset.UTC));
	}

}
