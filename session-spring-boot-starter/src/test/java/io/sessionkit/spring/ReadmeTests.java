package io.sessionkit.spring;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README shows is true: its Java compiles, its tests exist.
 */
class ReadmeTests {

	private static final String IMPORTS = """
			import java.time.*;
			import java.util.*;
			import java.util.concurrent.*;
			import io.sessionkit.*;
			import io.sessionkit.cookie.*;
			import io.sessionkit.spring.web.*;
			import io.sessionkit.spring.autoconfigure.*;
			import io.sessionkit.spring.security.*;
			import io.sessionkit.spring.test.*;
			import org.junit.jupiter.api.Test;
			import org.springframework.beans.factory.annotation.Autowired;
			import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
			import org.springframework.test.web.servlet.assertj.*;
			import io.sessionkit.storage.cloudflare.CloudflareKvStorageStrategy;
			import io.sessionkit.storage.redis.SharedRedisStorageStrategy;
			import org.springframework.data.redis.connection.RedisConnectionFactory;
			import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
			import software.amazon.awssdk.regions.Region;
			import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
			import jakarta.servlet.http.*;
			import org.jspecify.annotations.Nullable;
			import org.springframework.context.annotation.*;
			import org.springframework.security.config.annotation.web.builders.HttpSecurity;
			import org.springframework.security.web.*;
			import org.springframework.stereotype.*;
			import org.springframework.ui.Model;
			import org.springframework.web.bind.annotation.*;
			""";

	private static final String STATEMENTS = """
			class Sample {
				void run(List<String> secrets, HttpServletRequest request, HttpServletResponse response) {
					%s
				}
			}
			""";

	@TempDir
	Path output;

	static String readme() throws IOException {
		return Files.readString(Path.of("..", "README.md"));
	}

	static List<String> samples() throws IOException {
		return Pattern.compile("(?s)```java\\n(.*?)```")
			.matcher(readme())
			.results()
			.map((match) -> match.group(1))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("samples")
	void everyJavaSampleCompiles(String sample) {
		assertCompiles(sample, this.output);
	}

	/** Leaves the classes in a folder. */
	static void assertCompiles(String sample, Path output) {
		String source = IMPORTS + (sample.contains("class ") ? sample : STATEMENTS.formatted(sample));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		boolean compiled = compiler
			.getTask(messages, null, null, List.of("-proc:none", "-parameters", "-d", output.toString(), "-classpath",
					System.getProperty("java.class.path")), null, List.of(new Source(source)))
			.call();
		assertThat(compiled).as("%s\n%s", messages, source).isTrue();
	}

	@Test
	void theFirstCodeComesByLineFifteen() throws IOException {
		assertThat(readme().lines().limit(15)).contains("```java");
	}

	@Test
	void everyTestThatTheReadmeNamesExists() throws IOException {
		List<String> named = Pattern.compile("`(\\w+(Tests|Contract))`")
			.matcher(readme())
			.results()
			.map((MatchResult match) -> match.group(1))
			.distinct()
			.toList();
		assertThat(named).hasSizeGreaterThan(10);
		try (Stream<Path> files = Files.walk(Path.of(".."))) {
			assertThat(files.map((file) -> file.getFileName().toString().replaceFirst("\\.(java|kt)$", "")))
				.containsAll(named);
		}
	}

	@Test
	void theLicenceIsPartOfEachJar() {
		for (String module : List.of("session-core", "session-spring-boot-starter")) {
			assertThat(Path.of("..", module, "target", "classes", "META-INF", "LICENSE"))
				.hasSameTextualContentAs(Path.of("..", "LICENSE"));
		}
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String text) {
			super(URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
