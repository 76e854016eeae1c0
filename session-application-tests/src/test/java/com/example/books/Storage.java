package com.example.books;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import redis.embedded.RedisServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * Where the sessions are: in the container, as before SessionKit was added, or with
 * SessionKit.
 */
enum Storage {

	TOMCAT, COOKIE, MEMORY, REDIS, POSTGRESQL;

	/** Whether all instances of the application see the same sessions. */
	boolean isShared() {
		return this == COOKIE || this == REDIS || this == POSTGRESQL;
	}

	/** Starts what it needs, and tells the properties. */
	List<String> start() {
		List<String> properties = new ArrayList<>();
		if (this == TOMCAT) {
			properties.add("spring.autoconfigure.exclude=" + sessionKit());
		}
		else {
			properties.add("sessionkit.cookie.secrets=3rA0dJ0d6bq0S7cT1wYx2uVz9kLmNpQr");
			properties.add("sessionkit.cookie.secure=false");
			properties.add("sessionkit.timeout=5s");
			properties.add("sessionkit.storage=" + ((this == POSTGRESQL) ? "jdbc" : name().toLowerCase(Locale.ROOT)));
			properties.add("sessionkit.http-session.allowed-types=com.acme.visits.Visit");
			properties.add("sessionkit.jdbc.initialize-schema=always");
		}
		if (this != COOKIE) {
			properties.add("books.sessions-per-admin=2");
		}
		try {
			properties.add("spring.datasource.url="
					+ ((this == POSTGRESQL) ? EmbeddedPostgres.start().getJdbcUrl("postgres", "postgres")
							: "jdbc:h2:mem:books-" + this + ";DB_CLOSE_DELAY=-1"));
			if (this == REDIS) {
				properties.add("spring.data.redis.port=" + redis());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	/** The auto-configurations without which the starter might as well not be there. */
	private static String sessionKit() {
		return ImportCandidates.load(AutoConfiguration.class, Storage.class.getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.sessionkit."))
			.collect(Collectors.joining(","));
	}

	private static int redis() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		RedisServer server = RedisServer.newRedisServer()
			.port(port)
			.setting("bind 127.0.0.1")
			.setting("save \"\"")
			.build();
		server.start();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
		return port;
	}

	private static void stop(RedisServer server) {
		try {
			server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
