package io.sessionkit.spring.test;

import io.sessionkit.spring.event.SessionEvent;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who hears of a cookie that does not count may ask for the session, as an audit does.
 */
@WebMvcTest
class RejectedListenerTests {

	@Test
	void aListenerThatAsksForTheSessionHearsOnce(@Autowired MockMvcTester mvc, @Autowired Asking asking) {
		assertThat(
				mvc.post().uri("/cart").param("item", "pen").cookie(new Cookie("__Host-session", "s1.AAAA")).exchange())
			.hasStatusOk();
		assertThat(asking.heard).isOne();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Configuration {

		@Bean
		Asking asking(CurrentSession current) {
			return new Asking(current);
		}

	}

	static final class Asking {

		private final CurrentSession current;

		private int heard;

		Asking(CurrentSession current) {
			this.current = current;
		}

		@EventListener
		void on(SessionEvent.Rejected event) {
			this.heard++;
			assertThat(this.current.get().isNew()).isTrue();
		}

	}

}
