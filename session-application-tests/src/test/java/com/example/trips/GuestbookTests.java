package com.example.trips;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.security.test.context.support.WithAnonymousUser;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.MockMvc;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** The controllers alone, with the application's rules and no server. */
@WebMvcTest
@Import(SecurityConfiguration.class)
class GuestbookTests {

	@Autowired
	private MockMvc mvc;

	@Test
	void everybodySeesTheGuestbook() throws Exception {
		this.mvc.perform(get("/guestbook"))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("Guest book")));
	}

	@Test
	void aMistakeIsFlashedForTheNextPage() throws Exception {
		this.mvc.perform(post("/guestbook").param("name", " ").with(csrf()))
			.andExpect(redirectedUrl("/guestbook"))
			.andExpect(flash().attributeExists("entry"));
	}

	@Test
	@WithMockUser("dora")
	void aMockedUserSeesHerPage() throws Exception {
		this.mvc.perform(get("/trip")).andExpect(content().string(containsString("dora")));
	}

	@Test
	@WithAnonymousUser
	void whoIsAnonymousIsSentToTheLogin() throws Exception {
		this.mvc.perform(get("/trip")).andExpect(status().is3xxRedirection());
	}

}
