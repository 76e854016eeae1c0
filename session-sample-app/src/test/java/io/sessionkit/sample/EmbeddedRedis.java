package io.sessionkit.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import redis.embedded.RedisServer;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A real Redis that comes with the build, on a free port, until the JVM ends.
 */
final class EmbeddedRedis {

	private EmbeddedRedis() {
	}

	/** Starts one and tells its port. */
	static int start() {
		assumeThat(System.getProperty("os.name")).as("SKIPPED, there is a Redis in Maven for these systems only")
			.matches("Linux|Mac.*");
		try {
			int port = freePort();
			RedisServer server = RedisServer.newRedisServer()
				.port(port)
				.setting("bind 127.0.0.1")
				.setting("save \"\"")
				.build();
			server.start();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
			return port;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void stop(RedisServer server) {
		try {
			server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return free.getLocalPort();
		}
	}

}
