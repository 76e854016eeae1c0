package io.sessionkit.spring.test;

import io.sessionkit.SessionStorage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.client.ExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static io.sessionkit.spring.test.SessionAssertions.assertThat;
import static io.sessionkit.spring.test.TestSessions.session;

/**
 * Tests with {@code RestTestClient} do the same, also against a running server.
 */
class RestTestClientSessionTests {

	@Nested
	@WebMvcTest
	@AutoConfigureRestTestClient
	class InASlice extends Cases {

	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
	@AutoConfigureRestTestClient
	class AgainstARunningServer extends Cases {

	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
			properties = "sessionkit.storage=memory")
	@AutoConfigureRestTestClient
	class AgainstARunningServerWithAStore extends Cases {

	}

	abstract static class Cases {

		@Autowired
		RestTestClient client;

		@Autowired
		SessionStorage storage;

		@Test
		void aRequestBringsValuesAndFlash() {
			ExchangeResult result = this.client.get()
				.uri("/account")
				.cookies(session(this.storage, (s) -> s.set("userId", "42").flash("notice", "Saved")))
				.exchange()
				.expectBody(String.class)
				.isEqualTo("42 Saved")
				.returnResult();
			assertThat(session(this.storage, result)).hasValue("userId", "42").hasNoFlash("notice");
		}

		@Test
		void aRequestThatWritesNothingKeepsItsSession() {
			ExchangeResult result = this.client.get()
				.uri("/untouched")
				.cookie("theme", "dark")
				.cookies(session(this.storage, (s) -> s.set("userId", "42")))
				.exchange()
				.expectHeader()
				.doesNotExist("Set-Cookie")
				.returnResult();
			assertThat(session(this.storage, result)).isNotNew().hasValue("userId", "42");
		}

		@Test
		void aLoginStartsASession() {
			ExchangeResult result = this.client.post().uri("/login?user=42").exchange().returnResult();
			assertThat(session(this.storage, result)).hasValue("userId", "42").hasFlash("notice", "Welcome");
		}

		@Test
		void aLogoutDestroysTheSession() {
			ExchangeResult result = this.client.post()
				.uri("/logout")
				.cookies(session(this.storage, (s) -> s.set("userId", "42")))
				.exchange()
				.returnResult();
			assertThat(session(this.storage, result)).isDestroyed();
		}

		@Test
		void aRequestWithoutASessionHasNoneAfterwards() {
			ExchangeResult result = this.client.get().uri("/untouched").exchange().returnResult();
			assertThat(session(this.storage, result)).isNew().isNotDestroyed();
		}

	}

}
