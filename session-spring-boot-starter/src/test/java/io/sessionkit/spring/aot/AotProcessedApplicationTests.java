package io.sessionkit.spring.aot;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that was processed ahead of time starts in a JVM of its own, and works.
 */
class AotProcessedApplicationTests {

	private static final String CLASS_PATH = System.getProperty("java.class.path");

	private static final String[] PROPERTIES = { "--sessionkit.storage=memory", "--server.port=0",
			"--sessionkit.cookie.secrets=" + RunningApp.SECRET,
			"--management.endpoints.web.exposure.include=sessionkit" };

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

	@TempDir
	private static Path directory;

	private static Path classes() {
		return directory.resolve("classes");
	}

	@BeforeAll
	static void process() throws IOException {
		Settings settings = Settings.builder()
			.sourceOutput(directory.resolve("sources"))
			.resourceOutput(classes())
			.classOutput(classes())
			.groupId("io.sessionkit")
			.artifactId("aot")
			.build();
		new SpringApplicationAotProcessor(AotApp.class, settings, PROPERTIES).process();
		compile();
	}

	private static void compile() throws IOException {
		List<Path> sources;
		try (Stream<Path> files = Files.walk(directory.resolve("sources"))) {
			sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
		assertThat(sources).isNotEmpty();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
			boolean compiled = compiler
				.getTask(messages, files, null,
						List.of("-proc:none", "-d", classes().toString(), "-classpath",
								classes() + File.pathSeparator + CLASS_PATH),
						null, files.getJavaFileObjectsFromPaths(sources))
				.call();
			assertThat(compiled).as("%s", messages).isTrue();
		}
	}

	@Test
	void itStartsAndServesALoginFromFirstToLast() throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dspring.aot.enabled=true",
						"-Dspring.devtools.restart.enabled=false", "-cp", classes() + File.pathSeparator + CLASS_PATH,
						AotApp.class.getName()));
		command.addAll(List.of(PROPERTIES));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			Browser browser = new Browser(port(process.inputReader()));
			assertThat(browser.get("/account").body()).isEqualTo("nobody null");
			assertThat(browser.send("POST", "/login?name=Ann").status()).isEqualTo(200);
			assertThat(browser.get("/account").body()).isEqualTo("Ann of Utrecht Welcome");
			assertThat(browser.get("/account").body()).isEqualTo("Ann of Utrecht null");
			assertThat(browser.get("/actuator/sessionkit").body()).contains("\"storage\":\"memory\"");
			String stolen = browser.cookie();
			browser.send("POST", "/logout");
			assertThat(browser.cookie(stolen).get("/account").body()).isEqualTo("nobody null");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static int port(BufferedReader output) throws IOException {
		StringBuilder lines = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			lines.append(line).append('\n');
			Matcher started = STARTED.matcher(line);
			if (started.find()) {
				assertThat(lines).contains("Starting AOT-processed AotApp");
				return Integer.parseInt(started.group(1));
			}
		}
		throw new AssertionError("The application did not start:\n" + lines);
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.sessionkit.spring.aot.AotApp$User", "io.sessionkit.spring.aot.AotApp$Address",
			"io.sessionkit.spring.autoconfigure.SessionKitProperties",
			"io.sessionkit.spring.actuate.SessionKitEndpoint$Description" })
	void aNativeImageWouldKnow(String type) throws IOException {
		Path metadata = classes().resolve("META-INF/native-image/io.sessionkit/aot/reachability-metadata.json");
		assertThat(Files.readString(metadata)).contains('"' + type + '"');
	}

}
