package io.sessionkit.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.storage.file.FileStorageStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code sessionkit.storage=file} gives an application.
 */
class FileStorageAutoConfigurationTests {

	@TempDir
	private Path parent;

	private WebApplicationContextRunner application(Path directory) {
		return Contexts.web().withPropertyValues("sessionkit.storage=file", "sessionkit.file.directory=" + directory);
	}

	@Test
	void aSessionOutlivesItsApplication() {
		Path directory = this.parent.resolve("sessions");
		String[] cookie = new String[1];
		application(directory).run((context) -> {
			assertThat(context).hasSingleBean(FileStorageStrategy.class).hasBean("sessionKitStorageStrategy");
			String setCookie = Contexts.setCookie(context);
			assertThat(setCookie).startsWith("__Host-session=i1.");
			cookie[0] = Contexts.cookie(setCookie);
		});
		application(directory).withPropertyValues("sessionkit.file.fsync=true", "sessionkit.timeout=2s")
			.run((context) -> {
				Session session = Contexts.storage(context).getSession(cookie[0]);
				assertThat(session.get("user")).isEqualTo("42");
				Contexts.storage(context).destroySession(session);
			});
		application(directory)
			.run((context) -> assertThat(Contexts.storage(context).getSession(cookie[0]).get("user")).isNull());
	}

	@Test
	void fsyncOfFilesThatAreSharedIsSaidToHaveNoEffect() {
		WebApplicationContextRunner shared = application(this.parent.resolve("sessions"))
			.withPropertyValues("sessionkit.format=react-router");
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			shared.withPropertyValues("sessionkit.file.fsync=true").run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(log.messages(Level.WARN)).singleElement()
					.asString()
					.contains("sessionkit.file.fsync has no effect", "React Router", "sessionkit.format");
			});
		}
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			shared.run((context) -> assertThat(log.messages(Level.WARN)).isEmpty());
		}
	}

	@Test
	void theStrategyIsClosedWithTheApplication() {
		FileStorageStrategy[] files = new FileStorageStrategy[1];
		application(this.parent.resolve("sessions"))
			.run((context) -> files[0] = context.getBean(FileStorageStrategy.class));
		String key = "A".repeat(43);
		assertThatExceptionOfType(SessionStorageException.class).isThrownBy(() -> files[0].deleteData(key))
			.withMessageContaining("closed");
	}

	@Test
	void theDirectoryIsSessionsInTheWorkingDirectoryByDefault() throws IOException {
		Path sessions = Path.of("sessions").toAbsolutePath();
		assertThat(sessions).doesNotExist();
		try {
			Contexts.web().withPropertyValues("sessionkit.storage=file").run((context) -> {
				Contexts.setCookie(context);
				assertThat(sessions.resolve("lock")).exists();
			});
		}
		finally {
			try (Stream<Path> all = Files.walk(sessions)) {
				for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(path);
				}
			}
		}
	}

	@Test
	void aStrategyBeanGoesFirst() {
		Path directory = this.parent.resolve("sessions");
		application(directory).withBean("ownStrategy", SessionIdStorageStrategy.class, CountingStrategy::new)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("'ownStrategy'"));
		assertThat(directory).doesNotExist();
	}

	@Test
	void aRefusedDirectoryIsExplained() throws IOException {
		Path link = Files.createSymbolicLink(this.parent.resolve("link"), this.parent);
		assertThat(FailureAnalysisTests.analysis(application(link)))
			.contains("SessionKit cannot start (sessionkit.file.directory)", link.toString(), "symbolic link",
					"Action: Set the property to a directory that belongs to the user")
			.doesNotContain(Contexts.SECRET);
		Path file = Files.createFile(this.parent.resolve("file"));
		assertThat(FailureAnalysisTests.analysis(application(file))).contains(file.toString(), "is no directory");
		assertThat(FailureAnalysisTests.analysis(application(file.resolve("below")))).contains(file.toString(),
				"cannot be used");
	}

}
