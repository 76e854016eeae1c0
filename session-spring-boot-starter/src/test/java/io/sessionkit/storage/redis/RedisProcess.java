package io.sessionkit.storage.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * A Redis server of this machine that a test starts, stops and freezes.
 */
public final class RedisProcess implements AutoCloseable {

	private final RedisServer server;

	private final RedisAdmin admin;

	private RedisProcess(RedisServer server) {
		this.server = server;
		this.admin = new RedisAdmin(server.ports().get(0));
	}

	/** Starts one, on a port of its own. */
	public static RedisProcess running(String... settings) {
		try {
			RedisServerBuilder builder = RedisBinary.server().port(RedisBinary.freePort());
			for (String setting : settings) {
				builder.setting(setting);
			}
			RedisProcess process = new RedisProcess(builder.build());
			process.start();
			return process;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Starts one that still has after a restart what it acknowledged. */
	static RedisProcess lasting(Path directory) {
		return running("appendonly yes", "appendfsync always", "dir " + directory);
	}

	public int port() {
		return this.admin.port();
	}

	/** Where an application finds it. */
	public String[] properties() {
		return new String[] { "spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + port() };
	}

	public RedisAdmin admin() {
		return this.admin;
	}

	public void start() {
		try {
			this.server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void stop() {
		this.admin.disconnect();
		try {
			this.server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Leaves it running, with its connections, but silent, as an overloaded one is.
	 * @return what makes it answer again
	 */
	public Runnable freeze() {
		return freeze(this.admin);
	}

	static Runnable freeze(RedisAdmin server) {
		String pid = server.info("server").get("process_id");
		signal("-STOP", pid);
		return () -> signal("-CONT", pid);
	}

	private static void signal(String signal, String pid) {
		try {
			Process kill = new ProcessBuilder("kill", signal, pid).start();
			if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
				throw new IllegalStateException("kill " + signal + " failed");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Waits until a condition holds, as long as given at most. */
	static Duration await(String what, Duration atMost, BooleanSupplier condition) {
		long begin = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - begin > atMost.toNanos()) {
				throw new AssertionError("Not within " + atMost + ": " + what);
			}
			Thread.onSpinWait();
		}
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	@Override
	public void close() {
		stop();
		this.admin.close();
	}

}
