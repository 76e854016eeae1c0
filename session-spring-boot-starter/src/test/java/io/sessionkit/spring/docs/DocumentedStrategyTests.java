package io.sessionkit.spring.docs;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.contract.Promise;
import io.sessionkit.contract.RecordStorageContract;
import io.sessionkit.contract.StrategyContract;
import io.sessionkit.contract.SubjectContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * The strategies that the documentation shows keep what it says, word for word as they
 * are printed.
 */
class DocumentedStrategyTests {

	@TempDir
	static Path output;

	private static List<String> packages;

	private static URLClassLoader classes;

	@BeforeAll
	static void compile() throws IOException {
		List<Page.Sample> samples = Page.of("docs/custom-storage.md")
			.samples("java")
			.stream()
			.filter((sample) -> sample.text().contains("implements SessionIdStorageStrategy"))
			.toList();
		packages = JavaSamples.compile(samples, output);
		classes = new URLClassLoader(new URL[] { output.toUri().toURL() },
				DocumentedStrategyTests.class.getClassLoader());
	}

	@AfterAll
	static void close() throws IOException {
		classes.close();
	}

	private static SessionIdStorageStrategy map(InstantSource clock) {
		return create("MapStorageStrategy", clock);
	}

	private static SessionIdStorageStrategy values(InstantSource clock) {
		return create("ValuesStrategy", values(), clock);
	}

	/** Implements the interface of the sample by a map. */
	private static Object values() {
		Map<Object, Object> values = new ConcurrentHashMap<>();
		return Proxy.newProxyInstance(classes, new Class<?>[] { sample("Values") }, (proxy, method, arguments) -> {
			if (method.getName().equals("get")) {
				return values.get(arguments[0]);
			}
			if (method.getName().equals("put")) {
				values.put(arguments[0], arguments[1]);
			}
			else {
				values.remove(arguments[0]);
			}
			return null;
		});
	}

	private static SessionIdStorageStrategy create(String name, Object... arguments) {
		try {
			for (Constructor<?> constructor : sample(name).getDeclaredConstructors()) {
				if (constructor.getParameterCount() == arguments.length) {
					constructor.setAccessible(true);
					return (SessionIdStorageStrategy) constructor.newInstance(arguments);
				}
			}
			throw new AssertionError(name + " has no such constructor");
		}
		catch (ReflectiveOperationException ex) {
			throw new LinkageError(name + " cannot be made", ex);
		}
	}

	private static Class<?> sample(String name) {
		for (String each : packages) {
			try {
				return classes.loadClass(each + "." + name);
			}
			catch (ClassNotFoundException ex) {
				// Another sample has it.
			}
		}
		throw new AssertionError("The documentation shows no " + name);
	}

	@Nested
	class OfAMap extends StrategyContract {

		@Override
		protected int rounds() {
			return 300;
		}

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return map(clock);
		}

		@Override
		protected Set<Promise> notPromised() {
			return Set.of(Promise.RAW_ACCESS);
		}

	}

	@Nested
	class SessionsInAMap extends RecordStorageContract {

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return map(clock);
		}

		@Override
		protected SessionIdStorageStrategy secondNode(SessionIdStorageStrategy first, InstantSource clock) {
			return first;
		}

		@Override
		public Set<Promise> notPromised() {
			return Set.of();
		}

	}

	@Nested
	class UsersInAMap extends SubjectContract {

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return map(clock);
		}

	}

	@Nested
	class OfValues extends StrategyContract {

		@Override
		protected int rounds() {
			return 300;
		}

		@Override
		protected SessionIdStorageStrategy strategy(InstantSource clock) {
			return values(clock);
		}

		@Override
		protected Set<Promise> notPromised() {
			return Set.of(Promise.CONDITIONAL_WRITES, Promise.TELLS_TAKEN, Promise.RAW_ACCESS);
		}

	}

}
