package com.example.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Kotlin that the documentation shows compiles.
 */
class KotlinSamplesTests {

	private static final Pattern SAMPLE = Pattern.compile("(?sm)^```kotlin\n(.*?)^```$");

	@Test
	void everyKotlinSampleCompiles(@TempDir Path directory) throws IOException {
		Path sources = Files.createDirectory(directory.resolve("sources"));
		try (Stream<Path> pages = Files.walk(Path.of("..", "docs"))) {
			for (Path page : pages.filter((file) -> file.toString().endsWith(".md")).sorted().toList()) {
				List<String> samples = SAMPLE.matcher(Files.readString(page))
					.results()
					.map((match) -> match.group(1))
					.toList();
				for (int i = 0; i < samples.size(); i++) {
					String name = page.getFileName().toString().replaceAll("\\W", "_") + i;
					Files.writeString(sources.resolve(name + ".kt"), "package " + name + "\n" + samples.get(i));
				}
			}
		}
		assertThat(sources.toFile().list()).hasSizeGreaterThan(4);

		ByteArrayOutputStream messages = new ByteArrayOutputStream();
		ExitCode result = new K2JVMCompiler().exec(new PrintStream(messages, true, StandardCharsets.UTF_8),
				"-no-stdlib", "-no-reflect", "-jvm-target", "17", "-classpath", System.getProperty("java.class.path"),
				"-d", directory.resolve("classes").toString(), sources.toString());

		assertThat(result).as(messages.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
	}

}
