package io.sessionkit.spring.docs;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles the Java of the documentation: with the imports that it shows or else with
 * those that a reader's editor adds, and statements with the variables that they use.
 */
final class JavaSamples {

	private static final String IMPORTS = """
			import java.io.*;
			import java.nio.file.*;
			import java.time.*;
			import java.util.*;
			import java.util.concurrent.*;
			import java.util.function.*;
			import com.fasterxml.jackson.annotation.*;
			import io.sessionkit.*;
			import io.sessionkit.cookie.*;
			import io.sessionkit.spring.actuate.*;
			import io.sessionkit.spring.autoconfigure.*;
			import io.sessionkit.spring.event.*;
			import io.sessionkit.spring.security.*;
			import io.sessionkit.spring.test.*;
			import io.sessionkit.spring.web.*;
			import io.sessionkit.storage.cloudflare.*;
			import io.sessionkit.storage.file.*;
			import io.sessionkit.storage.memory.*;
			import io.sessionkit.storage.redis.*;
			import jakarta.servlet.*;
			import jakarta.servlet.http.*;
			import org.jspecify.annotations.Nullable;
			import org.junit.jupiter.api.Test;
			import org.springframework.beans.factory.annotation.*;
			import org.springframework.boot.SpringApplication;
			import org.springframework.boot.autoconfigure.SpringBootApplication;
			import org.springframework.boot.test.context.SpringBootTest;
			import org.springframework.boot.webmvc.test.autoconfigure.*;
			import org.springframework.context.annotation.*;
			import org.springframework.context.event.EventListener;
			import org.springframework.data.redis.connection.RedisConnectionFactory;
			import org.springframework.data.redis.connection.lettuce.*;
			import org.springframework.http.*;
			import org.springframework.security.authentication.*;
			import org.springframework.security.config.annotation.web.builders.HttpSecurity;
			import org.springframework.security.core.*;
			import org.springframework.security.core.context.*;
			import org.springframework.security.core.session.*;
			import org.springframework.security.core.userdetails.*;
			import org.springframework.security.test.context.support.*;
			import org.springframework.security.web.*;
			import org.springframework.security.web.context.*;
			import org.springframework.stereotype.*;
			import org.springframework.test.web.servlet.assertj.*;
			import org.springframework.test.web.servlet.client.*;
			import org.springframework.ui.Model;
			import org.springframework.validation.*;
			import org.springframework.web.bind.annotation.*;
			import org.springframework.web.context.annotation.*;
			import org.springframework.web.servlet.mvc.support.*;
			""";

	private static final String VARIABLES = """
			List<String> secrets, HttpServletRequest request, HttpServletResponse response, HttpSession httpSession,
			Session session, SessionStorage storage, SubjectSessions sessions, SessionIdStorageStrategy strategy,
			MockMvcTester mvc, RestTestClient client
			""";

	private JavaSamples() {
	}

	/**
	 * Compiles all at once, each in a package of its own, and leaves the classes in a
	 * folder.
	 * @return the packages
	 */
	static List<String> compile(List<Page.Sample> samples, Path output) {
		List<String> packages = new ArrayList<>();
		List<Source> sources = new ArrayList<>();
		for (Page.Sample sample : samples) {
			String name = "line" + sample.line() + "of"
					+ sample.page().path().toString().replaceFirst("\\.md$", "").replaceAll("\\W", "_");
			packages.add(name);
			sources.add(new Source(sample, name, source(name, sample.text())));
		}
		StringWriter messages = new StringWriter();
		boolean compiled = ToolProvider.getSystemJavaCompiler()
			.getTask(messages, null, null,
					List.of("-proc:none", "-parameters", "-Xmaxerrs", "1000", "-d", output.toString(), "-classpath",
							System.getProperty("java.class.path")),
					null, sources)
			.call();
		assertThat(compiled).as("Java of the documentation\n%s", messages).isTrue();
		return packages;
	}

	private static String source(String name, String text) {
		String imports = text.startsWith("import ") && !text.startsWith("import static ") ? "" : IMPORTS;
		boolean declares = text.contains("class ") || text.contains("interface ") || text.contains("record ");
		String body = declares ? text
				: "class Sample {\n\tvoid run(" + VARIABLES + ") throws Exception {\n" + text + "\t}\n}\n";
		return "package " + name + ";\n" + imports + body;
	}

	private static final class Source extends SimpleJavaFileObject {

		private final Page.Sample sample;

		private final String text;

		Source(Page.Sample sample, String folder, String text) {
			super(URI.create("string:///" + folder + "/Sample.java"), JavaFileObject.Kind.SOURCE);
			this.sample = sample;
			this.text = text;
		}

		/** One file may have more than one class. */
		@Override
		public boolean isNameCompatible(String name, Kind kind) {
			return true;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

		@Override
		public String getName() {
			return this.sample.toString();
		}

		@Override
		public String toString() {
			return this.sample.toString();
		}

	}

}
