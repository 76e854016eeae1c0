package com.example.trips;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The application with its sessions in Redis. */
@TestPropertySource(properties = { "sessionkit.storage=redis", "sessionkit.timeout=5s" })
class TripsOnRedisTests extends TripsTests {

	private static RedisServer server;

	@Autowired
	private StringRedisTemplate redis;

	@DynamicPropertySource
	static void startServer(DynamicPropertyRegistry properties) throws IOException {
		int port = freePort();
		server = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1").setting("save \"\"").build();
		server.start();
		properties.add("spring.data.redis.port", () -> port);
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return free.getLocalPort();
		}
	}

	@AfterAll
	static void stopServer() throws IOException {
		server.stop();
	}

	@Test
	void sessionsAreInRedis() throws IOException {
		aNoticeIsShownOnceAfterTheRedirect();
		assertThat(this.redis.keys("session:*")).isNotEmpty();
	}

}
