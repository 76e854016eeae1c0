package io.sessionkit.spring.secured;

import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.test.context.support.WithAnonymousUser;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.security.test.context.support.WithUserDetails;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.anonymous;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.authenticated;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.unauthenticated;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Tests with {@code spring-security-test} work as they do without us, and need no secret.
 */
class SecurityTestSupportTests {

	private static final String WITH_SECURITY = "spring.autoconfigure.exclude=";

	/** As the application has it where the variable is set. */
	private static final String SECRET = "sessionkit.cookie.secrets=${SESSION_SECRET_THAT_NOBODY_SET}";

	private static final String OR_RANDOM = "sessionkit.cookie.secrets=${SESSION_SECRET_THAT_NOBODY_SET:random}";

	@Nested
	@WebMvcTest(properties = { WITH_SECURITY, SECRET })
	class InASlice extends Cases {

	}

	@Nested
	@SpringBootTest(properties = { WITH_SECURITY, OR_RANDOM, "sessionkit.storage=memory",
			"spring.security.user.name=ada", "spring.security.user.password=analytical" })
	@AutoConfigureMockMvc
	class InTheWholeApplication extends Cases {

		@Test
		void aLoginGoesOnInItsMockSessionUntilTheLogout() throws Exception {
			MockHttpSession session = (MockHttpSession) this.mockMvc
				.perform(formLogin().user("ada").password("analytical"))
				.andReturn()
				.getRequest()
				.getSession();
			this.mockMvc.perform(get("/me").session(session)).andExpect(status().isOk());
			this.mockMvc.perform(post("/logout").with(csrf()).session(session)).andExpect(unauthenticated());
			assertThat(session.isInvalid()).isTrue();
		}

		@Test
		void aUserOfATestStaysInAMockSessionThatHasAttributes() throws Exception {
			MockHttpSession session = new MockHttpSession();
			session.setAttribute("cart", List.of("tea"));
			this.mockMvc.perform(get("/me").session(session).with(user("carol"))).andExpect(status().isOk());
			this.mockMvc.perform(get("/me").session(session)).andExpect(status().isOk());
		}

		@Test
		@WithUserDetails("ada")
		void aUserByDetailsIsThere() throws Exception {
			this.mockMvc.perform(get("/me")).andExpect(authenticated().withUsername("ada"));
		}

		@Test
		void aFormLoginLogsIn() throws Exception {
			this.mockMvc.perform(formLogin().user("ada").password("analytical"))
				.andExpect(authenticated().withUsername("ada"));
			this.mockMvc.perform(formLogin().user("ada").password("wrong")).andExpect(unauthenticated());
		}

	}

	abstract static class Cases {

		@Autowired
		MockMvcTester mvc;

		@Autowired
		MockMvc mockMvc;

		@Autowired
		WebApplicationContext context;

		@Test
		@WithMockUser("bob")
		void aMockUserOfTheTestIsLoggedIn() {
			assertThat(this.mvc.get().uri("/me")).hasStatusOk().bodyText().isEqualTo("bob");
		}

		@Test
		@WithMockUser("bob")
		void anotherUserOfTheRequestCounts() {
			assertThat(this.mvc.get().uri("/me").with(user("carol"))).hasStatusOk().bodyText().isEqualTo("carol");
		}

		@Test
		void aUserOfTheRequestIsLoggedInForThatRequestAlone() {
			assertThat(this.mvc.get().uri("/me").with(user("carol"))).hasStatusOk().bodyText().isEqualTo("carol");
			assertThat(this.mvc.get().uri("/me")).hasStatus(401);
		}

		@Test
		@WithMockUser("bob")
		void anAnonymousRequestIsNobodys() {
			assertThat(this.mvc.get().uri("/me").with(anonymous())).hasStatus(401);
		}

		@Test
		@WithAnonymousUser
		void anAnonymousTestIsNobodys() {
			assertThat(this.mvc.get().uri("/me")).hasStatus(401);
		}

		@Test
		@WithMockUser("bob")
		void aFormNeedsATokenAndTheOneOfTheTestWillDo() {
			assertThat(this.mvc.post().uri("/me")).hasStatus(403);
			assertThat(this.mvc.post().uri("/me").with(csrf().useInvalidToken())).hasStatus(403);
			assertThat(this.mvc.post().uri("/me").with(csrf())).hasStatusOk().bodyText().isEqualTo("changed by bob");
			assertThat(this.mvc.post().uri("/me").with(csrf().asHeader())).hasStatusOk();
		}

		@Test
		void aUserAndATokenOfTheRequestGoTogether() {
			assertThat(this.mvc.post().uri("/me").with(user("carol")).with(csrf())).hasStatusOk();
			assertThat(this.mvc.post().uri("/me").with(csrf()).with(user("carol"))).hasStatusOk();
		}

		@Test
		@WithMockUser("bob")
		void mockMvcThatIsBuiltByHandDoesTheSame() {
			DefaultMockMvcBuilder builder = MockMvcBuilders.webAppContextSetup(this.context).apply(springSecurity());
			MockMvcTester byHand = MockMvcTester.create(builder.build());
			assertThat(byHand.get().uri("/me")).hasStatusOk().bodyText().isEqualTo("bob");
			assertThat(byHand.post().uri("/me").with(csrf())).hasStatusOk();
			assertThat(byHand.get().uri("/me").with(user("carol"))).hasStatusOk();
			assertThat(byHand.get().uri("/me").with(anonymous())).hasStatus(401);
		}

		@Test
		void mockMvcWithoutTheTesterDoesTheSame() throws Exception {
			this.mockMvc
				.perform(org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get("/me")
					.with(user("carol")))
				.andExpect(authenticated().withUsername("carol"));
		}

	}

}
