package io.sessionkit.spring.test;

import java.util.List;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.spring.event.SessionEvent;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import static io.sessionkit.spring.test.SessionAssertions.assertThat;
import static io.sessionkit.spring.test.SessionAssertions.session;
import static io.sessionkit.spring.test.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

/**
 * Tests with MockMvc bring a session and look at what became of it, wherever it is kept.
 */
class MockMvcSessionTests {

	@Nested
	@WebMvcTest
	class WithTheSessionInTheCookie extends Cases {

		@Test
		void noStoreIsMade(@Autowired ObjectProvider<SessionIdStorageStrategy> strategy) {
			assertThat(strategy.getIfAvailable()).isNull();
		}

	}

	@Nested
	@WebMvcTest
	@RecordApplicationEvents
	class Events {

		@Test
		void areThereToo(@Autowired MockMvcTester mvc, @Autowired ApplicationEvents events) {
			MvcTestResult login = mvc.post()
				.uri("/login")
				.param("user", "42")
				.with(session((s) -> s.set("theme", "dark")))
				.exchange();
			assertThat(session(login)).hasValue("userId", "42");
			assertThat(events.stream(SessionEvent.class)).hasExactlyElementsOfTypes(SessionEvent.Created.class,
					SessionEvent.IdRegenerated.class);
		}

	}

	@Nested
	@WebMvcTest(properties = "sessionkit.storage=redis")
	class InASliceThatHasNotItsStore extends Cases {

		@Test
		void sessionsAreKeptInMemoryInstead(@Autowired SessionIdStorageStrategy strategy) {
			assertThat(strategy).isInstanceOf(MemoryStorageStrategy.class);
		}

	}

	@Nested
	@SpringBootTest(properties = "sessionkit.storage=memory")
	@AutoConfigureMockMvc
	class InTheWholeApplication extends Cases {

	}

	@Test
	void mockMvcWithoutAnApplicationSaysWhatToDo() {
		MockMvc standalone = MockMvcBuilders.standaloneSetup(new AccountController()).build();
		assertThatIllegalStateException()
			.isThrownBy(() -> standalone.perform(get("/untouched").with(session((s) -> s.set("userId", "42")))))
			.withMessageContaining("@WebMvcTest");
	}

	abstract static class Cases {

		@Autowired
		MockMvcTester mvc;

		@Autowired
		MockMvc mockMvc;

		@Test
		void aRequestBringsValuesAndFlash() {
			MvcTestResult result = this.mvc.get()
				.uri("/account")
				.with(session((s) -> s.set("userId", "42").flash("notice", "Saved")))
				.exchange();
			assertThat(result).hasStatusOk().bodyText().isEqualTo("42 Saved");
			assertThat(session(result)).hasValue("userId", "42").hasNoFlash("notice").isNotNew().isNotDestroyed();
		}

		@Test
		void mockMvcWithoutTheTesterDoesTheSame() throws Exception {
			MvcResult result = this.mockMvc
				.perform(post("/cart").param("item", "pen")
					.with(session((s) -> s.set(AccountController.CART, List.of("ink")))))
				.andReturn();
			assertThat(session(result)).hasValue(AccountController.CART, List.of("ink", "pen"));
		}

		@Test
		void aRequestThatWritesNothingKeepsItsSession() {
			MvcTestResult result = this.mvc.get()
				.uri("/untouched")
				.with(session((s) -> s.set("userId", "42").flash("notice", "Saved")))
				.exchange();
			assertThat(result).doesNotContainHeader("Set-Cookie");
			assertThat(session(result)).hasValue("userId", "42").hasFlash("notice", "Saved");
		}

		@Test
		void aLoginStartsASession() {
			MvcTestResult result = this.mvc.post().uri("/login").param("user", "42").exchange();
			assertThat(session(result)).isNotNew().hasValue("userId", "42").hasFlash("notice", "Welcome");
		}

		@Test
		void aNewIdLeavesTheOldOneBehind() {
			MvcTestResult result = this.mvc.post()
				.uri("/login")
				.param("user", "42")
				.with(session((s) -> s.set("theme", "dark")))
				.exchange();
			assertThat(session(result)).hasValue("userId", "42").hasValue("theme", "dark");
			Cookie[] before = result.getRequest().getCookies();
			MvcTestResult late = this.mvc.get().uri("/account").cookie(before).exchange();
			assertThat(late).hasStatus(400);
			assertThat(session(late)).isNew().isEmpty();
		}

		@Test
		void aLogoutDestroysTheSession() {
			MvcTestResult result = this.mvc.post()
				.uri("/logout")
				.with(session((s) -> s.set("userId", "42")))
				.exchange();
			assertThat(session(result)).isDestroyed().isEmpty().hasNoValue("userId");
		}

		@Test
		void aCookieThatIsDeletedByHandIsNoLogout() {
			MvcTestResult result = this.mvc.post()
				.uri("/forget")
				.with(session((s) -> s.set("userId", "42")))
				.exchange();
			assertThat(session(result)).isNotDestroyed().hasValue("userId", "42");
		}

		@Test
		void aRequestWithoutASessionHasNoneAfterwards() {
			MvcTestResult result = this.mvc.get().uri("/untouched").exchange();
			assertThat(session(result)).isNew().isEmpty().isNotDestroyed();
		}

		@Test
		void otherCookiesStayAndASecondSessionChangesTheFirst() {
			MvcTestResult result = this.mvc.get()
				.uri("/account")
				.cookie(new Cookie("theme", "dark"))
				.with(session((s) -> s.set("userId", "42")))
				.with(session((s) -> s.flash("notice", "Saved")))
				.exchange();
			assertThat(result).bodyText().isEqualTo("42 Saved");
			assertThat(result.getRequest().getCookies()).extracting(Cookie::getName)
				.containsExactly("theme", "__Host-session");
		}

	}

}
