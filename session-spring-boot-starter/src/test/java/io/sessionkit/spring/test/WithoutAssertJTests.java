package io.sessionkit.spring.test;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that bring a session compile and run in a project that has no AssertJ.
 */
class WithoutAssertJTests {

	private static final String SOURCE = """
			import java.util.function.Supplier;
			import io.sessionkit.Session;
			import io.sessionkit.SessionStorage;
			import io.sessionkit.cookie.SessionCookie;
			import org.springframework.test.web.servlet.MvcResult;
			import org.springframework.util.LinkedMultiValueMap;
			import static io.sessionkit.spring.test.TestSessions.session;

			public class Sample implements Supplier<String> {

				@Override
				public String get() {
					SessionStorage storage = SessionStorage.inCookie(
							SessionCookie.builder("sid").encryptedWith("3q2+7wX0kz9mN1vB5cR8tY4uI6oP0aSd").build());
					var cookies = new LinkedMultiValueMap<String, String>();
					session(storage, (s) -> s.set("userId", "42")).accept(cookies);
					session((s) -> s.set("userId", "42"));
					return (String) storage.getSession("sid=" + cookies.getFirst("sid")).get("userId");
				}

				Session after(MvcResult result) {
					return session(result);
				}

			}
			""";

	@TempDir
	Path directory;

	@Test
	void requestsWithASessionCompileAndRun() throws Exception {
		List<String> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("assertj"))
			.toList();
		compile(classPath);
		try (URLClassLoader loader = new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader())) {
			Supplier<?> sample = (Supplier<?>) loader.loadClass("Sample").getConstructor().newInstance();
			assertThat(sample.get()).isEqualTo("42");
		}
	}

	private void compile(List<String> classPath) throws IOException {
		Path source = Files.writeString(this.directory.resolve("Sample.java"), SOURCE);
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
			boolean compiled = compiler
				.getTask(messages, files, null,
						List.of("-proc:none", "-d", this.directory.toString(), "-classpath",
								String.join(File.pathSeparator, classPath)),
						null, files.getJavaFileObjects(source))
				.call();
			assertThat(compiled).as("%s", messages).isTrue();
		}
	}

	private URL[] urls(List<String> classPath) throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		urls.add(this.directory.toUri().toURL());
		for (String entry : classPath) {
			urls.add(Path.of(entry).toUri().toURL());
		}
		return urls.toArray(URL[]::new);
	}

}
