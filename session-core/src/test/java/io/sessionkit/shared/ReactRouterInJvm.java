package io.sessionkit.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.NodeRuntime;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.converters.JavetProxyConverter;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.reference.V8ValueFunction;
import com.caoccao.javet.values.reference.V8ValuePromise;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * React Router, the published one, run by a Node.js inside of this process. Where there
 * is no native library for this machine the test is skipped, unless
 * {@code SESSIONKIT_REQUIRE_JAVET=true} makes it fail.
 */
public final class ReactRouterInJvm implements OtherProgram, AutoCloseable {

	private static final Map<String, String> PACKAGES = Map.of("react-router", "7.18.1", "react", "19.3.0", "cookie",
			"1.1.1", "set-cookie-parser", "2.7.2");

	private final NodeRuntime runtime;

	private ReactRouterInJvm(NodeRuntime runtime) {
		this.runtime = runtime;
	}

	/** Starts one that keeps sessions in the cookie. */
	public static ReactRouterInJvm inCookie(Path directory) {
		return start(directory, null, script());
	}

	/**
	 * Starts one that keeps sessions in Redis.
	 * @param directory where its packages can be laid out
	 * @param redis has the methods get, setex and del
	 */
	public static ReactRouterInJvm inRedis(Path directory, Object redis) {
		return start(directory, redis, script());
	}

	/**
	 * Starts a program.
	 * @param directory where its packages can be laid out
	 * @param redis has the methods get, setex and del
	 * @param script the program: it finds {@code reactRouter} and {@code redis}, and
	 * leaves functions in {@code globalThis}
	 */
	public static ReactRouterInJvm running(Path directory, Object redis, String script) {
		return start(directory, redis, script);
	}

	private static ReactRouterInJvm start(Path directory, @Nullable Object redis, String script) {
		NodeRuntime runtime = runtime();
		try {
			runtime.setConverter(new JavetProxyConverter());
			PACKAGES.forEach((name, version) -> unpack(directory, name, version));
			runtime.getGlobalObject().set("root", directory.resolve("peer.js").toString());
			if (redis != null) {
				runtime.getGlobalObject().set("redis", redis);
			}
			runtime.getExecutor("globalThis.reactRouter = require('node:module').createRequire(root)('react-router')")
				.executeVoid();
			runtime.getExecutor("(() => {" + script + "\n})()").executeVoid();
			return new ReactRouterInJvm(runtime);
		}
		catch (JavetException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static NodeRuntime runtime() {
		String problem = "";
		try {
			return V8Host.getNodeInstance().createV8Runtime();
		}
		catch (JavetException | RuntimeException | LinkageError ex) {
			problem = "Javet has no library for this machine: " + ex.getMessage();
		}
		if (Boolean.parseBoolean(System.getenv("SESSIONKIT_REQUIRE_JAVET"))) {
			throw new IllegalStateException(problem);
		}
		return Assumptions.abort(problem);
	}

	private static String script() {
		try (InputStream script = ReactRouterInJvm.class.getResourceAsStream("react-router.js")) {
			return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** From a WebJar to where Node.js looks for it. */
	private static void unpack(Path directory, String name, String version) {
		String folder = "META-INF/resources/webjars/" + name + "/" + version;
		URL found = ReactRouterInJvm.class.getClassLoader().getResource(folder + "/package.json");
		String jar = Objects.requireNonNull(found, name).toString();
		try (FileSystem files = FileSystems
			.newFileSystem(Path.of(new URI(jar.substring("jar:".length(), jar.indexOf('!')))));
				Stream<Path> all = Files.walk(files.getPath(folder))) {
			Path target = directory.resolve("node_modules").resolve(name);
			for (Path file : (Iterable<Path>) all.filter(ReactRouterInJvm::isNeeded)::iterator) {
				Path copy = target.resolve(files.getPath(folder).relativize(file).toString());
				Files.createDirectories(copy.getParent());
				Files.copy(file, copy);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isNeeded(Path file) {
		String name = file.toString();
		return name.endsWith("package.json")
				|| ((name.endsWith(".js") || name.endsWith(".mjs")) && !name.contains("/production/"));
	}

	@Override
	public String answer(String secrets, @Nullable String cookie, String calls) {
		return call("answer", secrets, cookie, calls);
	}

	/** Calls a function of the program that promises a text. */
	public String call(String name, @Nullable Object... arguments) {
		try (V8ValueFunction function = this.runtime.getGlobalObject().get(name);
				V8Value called = function.call(null, arguments)) {
			this.runtime.await();
			V8ValuePromise promise = (V8ValuePromise) called;
			if (!promise.isFulfilled()) {
				throw new IllegalStateException("React Router failed: " + promise.getResult());
			}
			return promise.getResultString();
		}
		catch (JavetException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.runtime.close();
		}
		catch (JavetException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
