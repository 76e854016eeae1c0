package io.sessionkit.sample;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;

/**
 * Two instances of the shop on one Redis, which it starts itself. Log in on the first,
 * http://localhost:8080, and look at the second, http://localhost:8081: a browser sends
 * one host's cookie to all of its ports.
 */
final class TwoInstances {

	private TwoInstances() {
	}

	public static void main(String[] args) {
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		String secret = Base64.getEncoder().encodeToString(random);
		int redis = EmbeddedRedis.start();
		for (int port : new int[] { 8080, 8081 }) {
			String[] arguments = Stream
				.concat(Stream.of("server.port=" + port), Stream.of(properties(port, redis, secret)))
				.map((property) -> "--" + property)
				.toArray(String[]::new);
			SpringApplication.run(ShopApplication.class, arguments);
		}
	}

	/**
	 * What one instance, which says its number on every page, has in common with the
	 * other.
	 */
	static String[] properties(int number, int redis, String secret) {
		return new String[] { "sessionkit.storage=redis", "spring.data.redis.port=" + redis,
				"sessionkit.cookie.secrets=" + secret, "shop.instance=" + number };
	}

}
