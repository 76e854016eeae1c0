package com.example.trips;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application with the storage that is used where nothing else is said, so that it
 * needs no Redis.
 */
@TestPropertySource(properties = "management.health.redis.enabled=false")
class TripsOnCookieTests extends TripsTests {

	@Value("${sessionkit.storage:cookie}")
	private String storage;

	@Test
	void sessionsAreInTheCookie() {
		assertThat(this.storage).isEqualTo("cookie");
	}

}
