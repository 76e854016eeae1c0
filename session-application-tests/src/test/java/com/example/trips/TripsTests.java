package com.example.trips;

import java.io.IOException;

import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.anonymous;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** What visitors, users and operators of the application see, on each storage. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureMockMvc
abstract class TripsTests {

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@Autowired
	private MockMvc mvc;

	private WebClient browser;

	@BeforeEach
	void openBrowser() {
		this.browser = new WebClient();
		this.browser.getOptions().setJavaScriptEnabled(false);
		this.browser.getOptions().setCssEnabled(false);
	}

	@AfterEach
	void closeBrowser() {
		this.browser.close();
	}

	private HtmlPage open(String path) throws IOException {
		return this.browser.getPage("http://localhost:" + this.port + path);
	}

	/** From the page that was asked for, over the form, back to that page. */
	private HtmlPage login(String path) throws IOException {
		HtmlForm form = open(path).getForms().get(0);
		form.getInputByName("username").setValue("alice");
		form.getInputByName("password").setValue("alice-password");
		return form.<HtmlButton>getFirstByXPath(".//button").click();
	}

	private static HtmlPage click(HtmlPage page, String button) throws IOException {
		return page.<HtmlButton>getHtmlElementById(button).click();
	}

	private static HtmlPage submit(HtmlPage page, String form, String field, String value, String button)
			throws IOException {
		page.<HtmlForm>getHtmlElementById(form).getInputByName(field).setValue(value);
		return click(page, button);
	}

	private static String text(HtmlPage page, String id) {
		return page.getHtmlElementById(id).asNormalizedText();
	}

	private static String value(HtmlPage page, String id) {
		return page.<HtmlInput>getHtmlElementById(id).getValue();
	}

	@Test
	void aUserLogsInOnTheWayToAPageAndLogsOut() throws IOException {
		HtmlPage trip = login("/trip");
		assertThat(trip.getUrl().getPath()).isEqualTo("/trip");
		assertThat(text(trip, "user")).isEqualTo("alice");
		assertThat(text(open("/trip"), "user")).isEqualTo("alice");

		assertThat(click(trip, "log-out").getUrl().getPath()).isEqualTo("/guestbook");
		assertThat(open("/trip").getUrl().getPath()).isEqualTo("/login");
	}

	@Test
	void aFormWithMistakesIsShownAgainAfterTheRedirectWithWhatWasTyped() throws IOException {
		HtmlPage form = open("/guestbook");
		form.<HtmlInput>getHtmlElementById("message").setValue("much longer than twenty characters");
		form.<HtmlInput>getHtmlElementById("stars").setValue("plenty");
		HtmlPage again = click(form, "send");
		assertThat(again.getUrl().getPath()).isEqualTo("/guestbook");
		assertThat(again.getWebResponse().getStatusCode()).isEqualTo(200);
		assertThat(text(again, "name-error")).isEqualTo("Tell us your name");
		assertThat(text(again, "message-error")).isEqualTo("At most 20 characters");
		assertThat(text(again, "stars-error")).contains("Failed to convert");
		assertThat(value(again, "message")).isEqualTo("much longer than twenty characters");
		assertThat(value(again, "stars")).isEqualTo("plenty");

		HtmlPage later = open("/guestbook");
		assertThat(value(later, "message")).isEmpty();
		assertThat(later.getElementById("name-error")).isNull();
	}

	@Test
	void aNoticeIsShownOnceAfterTheRedirect() throws IOException {
		HtmlPage signed = submit(open("/guestbook"), "sign", "name", "Zoë", "send");
		assertThat(text(signed, "notice")).isEqualTo("Thank you, Zoë!");
		assertThat(open("/guestbook").getElementById("notice")).isNull();
	}

	@Test
	void whatIsKeptAsKotlinValuesReadsBackWholeAndIsChangedInPlace() throws IOException {
		HtmlPage booked = submit(login("/trip"), "book", "number", "A-42", "book-it");
		assertThat(text(booked, "trip")).isEqualTo("Trip(number=BookingNumber(value=A-42), "
				+ "traveller=Traveller(name=alice, isAdmin=true, seat=window), stops=[])");
		HtmlPage first = submit(booked, "stop", "name", "Oslo", "add-it");
		HtmlPage second = submit(first, "stop", "name", "Rome", "add-it");
		assertThat(text(second, "trip")).endsWith("stops=[Oslo, Rome])");
		assertThat(text(open("/trip"), "notes")).isEqualTo("added Oslo, added Rome");
	}

	private RestTestClient management() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.managementPort).build();
	}

	@Test
	void theManagementPortTellsEverybodyOfHealthAndOperatorsOfTheRest() {
		management().get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.doesNotExist("Set-Cookie")
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP");
		management().get().uri("/actuator/sessionkit").exchange().expectStatus().isUnauthorized();
		management().get()
			.uri("/actuator/sessionkit")
			.headers((headers) -> headers.setBasicAuth("alice", "alice-password"))
			.exchange()
			.expectStatus()
			.isForbidden();
		management().get()
			.uri("/actuator/sessionkit")
			.headers((headers) -> headers.setBasicAuth("operator", "operator-password"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("storage"));
	}

	@Test
	void theManagementPortKnowsNoPageOfTheApplication() {
		management().get()
			.uri("/guestbook")
			.exchange()
			.expectStatus()
			.value((status) -> assertThat(status).isIn(401, 404));
	}

	@Test
	@WithMockUser("bob")
	void aMockedUserSeesHisPage() throws Exception {
		this.mvc.perform(get("/trip")).andExpect(status().isOk()).andExpect(content().string(containsString("bob")));
	}

	@Test
	void whoIsGivenToARequestSeesThePageAndWhoIsAnonymousTheLogin() throws Exception {
		this.mvc.perform(get("/trip").with(user("carol")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("carol")));
		this.mvc.perform(get("/trip").with(anonymous())).andExpect(status().is3xxRedirection());
		this.mvc.perform(get("/trip"))
			.andExpect(status().is3xxRedirection())
			.andExpect(header().string("Location", containsString("/login")));
	}

	@Test
	@WithMockUser
	void aPostNeedsTheToken() throws Exception {
		this.mvc.perform(post("/trip").param("number", "1")).andExpect(status().isForbidden());
		this.mvc.perform(post("/trip").param("number", "1").with(csrf().useInvalidToken()))
			.andExpect(status().isForbidden());
		this.mvc.perform(post("/trip").param("number", "1").with(csrf())).andExpect(redirectedUrl("/trip"));
	}

}
