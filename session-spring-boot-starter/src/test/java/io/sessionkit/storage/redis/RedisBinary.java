package io.sessionkit.storage.redis;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.core.RedisServerBuilder;

/**
 * The server's executable, out of a jar. Where it does not run, the test that asks for it
 * is skipped.
 */
final class RedisBinary {

	private static final RedisBinary HERE = find();

	private final File file;

	private final String problem;

	private RedisBinary(File file, String problem) {
		this.file = file;
		this.problem = problem;
	}

	private static RedisBinary find() {
		try {
			File file = ExecutableProvider.newJarResourceProvider().get();
			Process version = new ProcessBuilder(file.getPath(), "--version").redirectErrorStream(true).start();
			String output = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			boolean runs = version.waitFor(10, TimeUnit.SECONDS) && version.exitValue() == 0;
			return new RedisBinary(file, runs ? "" : output);
		}
		catch (IOException | RuntimeException ex) {
			return new RedisBinary(new File("none"), ex.toString());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The executable, as the library for tests takes it. */
	static ExecutableProvider executable() {
		Assumptions.assumeTrue(HERE.problem.isEmpty(),
				() -> "The Redis server of embedded-redis does not run on this platform: " + HERE.problem);
		return () -> HERE.file;
	}

	/** A server for this machine only that keeps nothing on the disk. */
	static RedisServerBuilder server() {
		return RedisServer.newRedisServer().executableProvider(executable()).bind("127.0.0.1").setting("save \"\"");
	}

	/** A port that is free, as is the one 10000 above it, the bus of a cluster. */
	static int freePort() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
			if (isFree(port) && isFree(port + 10_000)) {
				return port;
			}
		}
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
