package com.example.books;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;

import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.http.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What visitors and users of the bookshop see, wherever the sessions are. */
abstract class BooksTests {

	WebClient browser;

	@BeforeEach
	void openBrowser() {
		this.browser = newBrowser();
	}

	@AfterEach
	void closeBrowser() {
		this.browser.close();
	}

	abstract Storage storage();

	/** The name of the cookie that the session is in, or is named by. */
	abstract String cookieName();

	RunningBooks books() {
		return RunningBooks.on(storage());
	}

	static WebClient newBrowser() {
		WebClient browser = new WebClient();
		browser.getOptions().setJavaScriptEnabled(false);
		browser.getOptions().setCssEnabled(false);
		browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
		return browser;
	}

	HtmlPage open(String path) {
		return open(this.browser, path);
	}

	HtmlPage open(WebClient browser, String path) {
		return (HtmlPage) load(browser, path);
	}

	private Page load(WebClient browser, String path) {
		try {
			return browser.getPage(books().url(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String body(String path) {
		return load(this.browser, path).getWebResponse().getContentAsString();
	}

	static String text(HtmlPage page, String id) {
		return page.getHtmlElementById(id).asNormalizedText();
	}

	/** Fills in the form's fields, name after value, and sends it. */
	private static HtmlPage send(HtmlPage page, String form, String... fields) {
		return (HtmlPage) submit(page.getHtmlElementById(form), fields);
	}

	static Page submit(HtmlForm form, String... fields) {
		try {
			for (int i = 0; i < fields.length; i += 2) {
				form.getInputByName(fields[i]).setValue(fields[i + 1]);
			}
			return form.<HtmlButton>getFirstByXPath(".//button").click();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A form of a page of Spring Security's, which has no id. */
	private static HtmlForm form(HtmlPage page, String action) {
		return Objects.requireNonNull(page.getFirstByXPath("//form[@action='" + action + "']"), page.asXml());
	}

	private HtmlPage logIn(WebClient browser, String path) {
		return (HtmlPage) submit(form(open(browser, path), "/login"), "username", "ada", "password", "ada-password");
	}

	Page administrate(WebClient browser) {
		return submit(open(browser, "/admin").getHtmlElementById("login"), "username", "root", "password",
				"root-password");
	}

	private static String path(Page page) {
		return page.getUrl().getPath();
	}

	Cookie cookie() {
		return this.browser.getCookieManager().getCookie(cookieName());
	}

	/** A browser that knows nothing but this cookie. */
	static WebClient browserWith(String cookie, String value) {
		WebClient other = newBrowser();
		other.getCookieManager().addCookie(new Cookie("localhost", cookie, value));
		return other;
	}

	@Test
	void valuesComeBackAsWhatTheyWereAndAreChangedInPlace() {
		open("/");
		open("/");
		HtmlPage before = open("/");
		assertThat(text(before, "visits")).isEqualTo("3");
		assertThat(text(before, "since")).isEqualTo("2026-02-28 true");
		assertThat(before.getElementById("viewed")).isNull();

		assertThat(text(open("/books/1"), "title")).isEqualTo("The Castle");
		open("/books/3");
		open("/books/1");
		HtmlPage after = open("/");
		assertThat(text(after, "viewed")).isEqualTo("The Castle (NOVEL)\nRoumeli (TRAVEL)\nThe Castle (NOVEL)");
		assertThat(text(after, "genres")).contains("NOVEL=2", "TRAVEL=1");
		assertThat(text(after, "last-viewed")).isEqualTo("The Castle");
	}

	@Test
	void aRecordIsGivenToAHandlerThatAsksForIt() {
		assertThat(body("/greeting")).isEqualTo("Who are you?");
		submit(open("/").getHtmlElementById("introduce"), "name", "Ada");
		assertThat(body("/greeting")).isEqualTo("Ada, born in 1815, likes [POETRY]");
		assertThat(body("/greeting")).isEqualTo("Ada, born in 1815, likes [POETRY]");
	}

	@Test
	void aVisitorHasACartAndAReadingListOfTheirOwn() {
		assertThat(text(open("/"), "cart")).isEqualTo("empty");
		send(open("/"), "buy", "isbn", "1");
		send(open("/"), "buy", "isbn", "2");
		assertThat(text(send(open("/"), "buy", "isbn", "1"), "cart"))
			.isEqualTo("2 The Castle, 1 Duino Elegies: EUR 33.00");
		send(open("/"), "note", "isbn", "3");
		HtmlPage home = send(open("/"), "note", "isbn", "1");
		assertThat(text(home, "reading-list")).isEqualTo("Roumeli, The Castle since 2026-01-31");
		assertThat(text(home, "cart")).isEqualTo("2 The Castle, 1 Duino Elegies: EUR 33.00");
		try (WebClient other = newBrowser()) {
			assertThat(text(open(other, "/"), "cart")).isEqualTo("empty");
			assertThat(text(open(other, "/"), "reading-list")).isEqualTo("since null");
		}
	}

	@Test
	void anOrderIsFilledInOverThreePagesAndEndsWithThem() {
		send(open("/"), "buy", "isbn", "1");
		send(open("/checkout"), "address", "address", "Rue Verte 5", "deliverOn", "2026-12-01");
		HtmlPage paid = send(open("/checkout"), "payment", "payment", "INVOICE");
		assertThat(text(paid, "order")).isEqualTo("1250 to Rue Verte 5 on 2026-12-01 by INVOICE");
		HtmlPage home = send(open("/checkout"), "confirm");
		assertThat(text(home, "notice")).isEqualTo("Sent to Rue Verte 5, INVOICE");
		assertThat(open("/").getElementById("notice")).isNull();
		assertThat(text(open("/checkout"), "order")).isEqualTo("0 to null on null by null");
	}

	@Test
	void aJspShowsTheSessionAndChangesIt() {
		open("/");
		open("/books/3");
		open("/books/1");
		send(open("/"), "buy", "isbn", "2");
		HtmlPage first = open("/shelf");
		assertThat(text(first, "shelf")).isEqualTo("title, opened 1");
		assertThat(text(first, "pages")).isEqualTo("1");
		assertThat(text(first, "mark")).isEqualTo("none");
		assertThat(text(first, "visits")).isEqualTo("3 since 2026");
		assertThat(text(first, "last-viewed")).isEqualTo("The Castle");
		assertThat(text(first, "viewed")).isEqualTo("Roumeli (TRAVEL)\nThe Castle (NOVEL)");
		assertThat(text(first, "cart")).isEqualTo("1 Duino Elegies: EUR 8.00");
		assertThat(text(first, "total")).isEqualTo("800");
		assertThat(text(first, "session-id")).isEqualTo(text(open("/"), "session-id"));

		open("/shelf?sort=author&mark=%C3%BC");
		HtmlPage third = open("/shelf");
		assertThat(text(third, "shelf")).isEqualTo("author, opened 3");
		assertThat(text(third, "pages")).isEqualTo("3");
		assertThat(text(third, "mark")).isEqualTo("\u00fc");
		assertThat(text(open("/shelf?mark="), "mark")).isEqualTo("none");

		books().restart();
		for (int opened = 5; opened < 9; opened++) {
			HtmlPage later = open("/shelf");
			assertThat(text(later, "shelf")).isEqualTo("author, opened " + opened);
			assertThat(text(later, "pages")).isEqualTo(String.valueOf(opened));
			assertThat(text(later, "cart")).isEqualTo("1 Duino Elegies: EUR 8.00");
			assertThat(text(later, "total")).isEqualTo("800");
			assertThat(text(later, "mark")).isEqualTo("none");
		}
	}

	@Test
	void theChosenLanguageStays() {
		assertThat(text(open("/"), "welcome")).isEqualTo("Welcome");
		assertThat(text(open("/?lang=de"), "welcome")).isEqualTo("Willkommen");
		assertThat(text(open("/"), "welcome")).isEqualTo("Willkommen");
		assertThat(text(open("/"), "welcome")).isEqualTo("Willkommen");
	}

	@Test
	void aFilterOfSomebodyElsesKeepsItsState() {
		open("/books/1");
		open("/books/2");
		String first = visit("/books/1");
		assertThat(first).startsWith("3 requests for [/books/1, /books/2] since ");
		assertThat(visit("/books/1")).startsWith("4 requests").endsWith(first.substring(first.indexOf("since")));
	}

	private String visit(String path) {
		return load(this.browser, path).getWebResponse().getResponseHeaderValue("X-Visit");
	}

	@Test
	void listenersAreToldOnceWhatHappens() {
		int created = books().count("created");
		int destroyed = books().count("destroyed");
		int open = books().count("open");
		int putBack = books().count("putBack");
		int reserved = books().count("reserved");
		int released = books().count("released");
		int held = Reservation.HELD.get();
		open("/");
		send(open("/"), "buy", "isbn", "1");
		send(open("/"), "buy", "isbn", "1");
		send(open("/"), "reserve", "isbn", "2");
		open("/");
		open("/");
		assertThat(books().count("created")).isEqualTo(created + 1);
		assertThat(books().count("open")).isEqualTo(open + 1);
		assertThat(books().count("reserved")).isEqualTo(reserved + 1);
		assertThat(Reservation.HELD).hasValue(held + 1);
		assertThat(books().count("putBack")).isEqualTo(putBack);
		assertThat(books().count("destroyed")).isEqualTo(destroyed);

		assertThat(submit(open("/").getHtmlElementById("leave")).getWebResponse().getContentAsString())
			.isEqualTo("Bye");
		assertThat(books().count("created")).isEqualTo(created + 1);
		assertThat(books().count("destroyed")).isEqualTo(destroyed + 1);
		assertThat(books().count("open")).isEqualTo(open);
		assertThat(books().count("released")).isEqualTo(released + 1);
		assertThat(Reservation.HELD).hasValue(held);
		assertThat(books().count("putBack")).isEqualTo(putBack + 2);
		assertThat(text(open("/"), "visits")).isEqualTo("1");
	}

	@Test
	void aUserLogsInOnTheWayToAPageWithAnIdThatIsNewAndTheCartOfBefore() {
		send(open("/"), "buy", "isbn", "1");
		String before = text(open("/"), "session-id");
		assertThat(text(open("/"), "session-id")).isEqualTo(before);
		int renamed = books().count("renamed");
		HtmlPage account = logIn(this.browser, "/account?tab=1");
		assertThat(account.getUrl().getFile()).startsWith("/account?tab=1");
		assertThat(text(account, "user")).isEqualTo("ada");
		assertThat(text(account, "cart")).isEqualTo("1 The Castle: EUR 12.50");
		assertThat(text(account, "session-id")).isNotEqualTo(before);
		assertThat(text(open("/account"), "session-id")).isEqualTo(text(account, "session-id"));
		assertThat(books().count("renamed")).isEqualTo(renamed + 1);
	}

	@Test
	void aLogoutMakesTheUserNobodyAndLeavesNothingToTheNextOne() {
		logIn(this.browser, "/account");
		send(open("/"), "buy", "isbn", "1");
		String cookie = cookie().getValue();
		HtmlPage out = send(open("/account"), "logout");
		assertThat(out.getUrl().getFile()).isEqualTo("/login?logout");
		assertThat(path(open("/account"))).isEqualTo("/login");
		assertThat(text(open("/"), "cart")).isEqualTo("empty");
		assertThat(text(logIn(this.browser, "/account"), "cart")).isEqualTo("empty");
		// A copy of a cookie that holds a session lives on without revocation.
		assumeThat(storage()).isNotEqualTo(Storage.COOKIE);
		try (WebClient thief = browserWith(cookieName(), cookie)) {
			assertThat(path(open(thief, "/account"))).isEqualTo("/login");
		}
	}

	@Test
	void whoIsRememberedNeedsNoSession() {
		HtmlForm login = form(open("/account"), "/login");
		((HtmlCheckBoxInput) login.getInputByName("remember-me")).setChecked(true);
		submit(login, "username", "ada", "password", "ada-password");
		assertThat(text(open("/account"), "user")).isEqualTo("ada");
		this.browser.getCookieManager().removeCookie(cookie());
		assertThat(text(open("/account"), "user")).isEqualTo("ada");
		assertThat(text(open("/account"), "user")).isEqualTo("ada");
	}

	@Test
	void aPostNeedsTheTokenOfItsSession() throws IOException {
		open("/");
		URL address = new URL(books().url("/cart?isbn=1"));
		Page refused = this.browser.getPage(new WebRequest(address, HttpMethod.POST));
		assertThat(refused.getWebResponse().getStatusCode()).isEqualTo(403);
		HtmlPage mine = open("/");
		this.browser.getCookieManager().clearCookies();
		open("/");
		Page foreign = submit(mine.getHtmlElementById("buy"), "isbn", "1");
		assertThat(foreign.getWebResponse().getStatusCode()).isEqualTo(403);
		assertThat(text(open("/"), "cart")).isEqualTo("empty");
	}

	@Test
	void theReasonOfAFailedLoginIsShown() {
		HtmlPage failed = send(open("/admin"), "login", "username", "root", "password", "wrong");
		assertThat(failed.getUrl().getFile()).isEqualTo("/admin/login?error");
		assertThat(text(failed, "error")).isEqualTo("Bad credentials");
		assertThat(administrate(this.browser).getWebResponse().getContentAsString())
			.isEqualTo("Administration by root");
	}

	@Test
	void whoComesWithAnEndedSessionIsToldSoOnce() {
		administrate(this.browser);
		String ended = cookie().getValue();
		submit(open("/").getHtmlElementById("leave"));
		// As above.
		assumeThat(storage()).isNotEqualTo(Storage.COOKIE);
		try (WebClient late = browserWith(cookieName(), ended)) {
			HtmlPage told = open(late, "/admin");
			assertThat(told.getUrl().getFile()).isEqualTo("/admin/login?ended");
			assertThat(told.getElementById("ended")).isNotNull();
			assertThat(open(late, "/admin").getUrl().getFile()).isEqualTo("/admin/login");
		}
	}

	@Test
	void theThirdLoginEndsTheFirst() {
		// Sessions in cookies cannot be counted.
		assumeThat(storage()).isNotEqualTo(Storage.COOKIE);
		try (WebClient second = newBrowser(); WebClient third = newBrowser()) {
			administrate(this.browser);
			administrate(second);
			assertThat(body("/admin")).contains("by root");
			assertThat(load(second, "/admin").getWebResponse().getContentAsString()).contains("by root");
			administrate(third);
			assertThat(load(third, "/admin").getWebResponse().getContentAsString()).contains("by root");
			assertThat(load(second, "/admin").getWebResponse().getContentAsString()).contains("by root");
			assertThat(body("/admin")).doesNotContain("by root");
		}
	}

	@Test
	void aUserOfAnOpenIdProviderLogsIn() throws IOException {
		HtmlPage login = open("/account");
		HtmlPage account = login.getAnchorByHref("/oauth2/authorization/accounts").click();
		assertThat(path(account)).isEqualTo("/account");
		assertThat(text(account, "user")).isEqualTo("ada");
		assertThat(text(open("/account"), "user")).isEqualTo("ada");
		send(open("/account"), "logout");
		assertThat(path(open("/account"))).isEqualTo("/login");
	}

	@Test
	void anAnonymousVisitorIsAuthorizedOnce() {
		int tokens = RunningBooks.tokens();
		assertThat(body("/news")).isEqualTo("News for anonymousUser by Bearer");
		assertThat(body("/news")).isEqualTo("News for anonymousUser by Bearer");
		assertThat(body("/news")).isEqualTo("News for anonymousUser by Bearer");
		assertThat(RunningBooks.tokens()).isEqualTo(tokens + 1);
	}

	@Test
	void aUserLogsInWithATokenThatWorksOnce() throws IOException {
		HtmlPage sent = (HtmlPage) submit(form(open("/account"), "/ott/generate"), "username", "ada");
		HtmlPage arrived = sent.<HtmlAnchor>getHtmlElementById("use").click();
		HtmlPage account = (HtmlPage) submit(form(arrived, "/login/ott"));
		assertThat(path(account)).isEqualTo("/account");
		assertThat(text(account, "user")).isEqualTo("ada");
		send(open("/account"), "logout");
		HtmlPage again = sent.<HtmlAnchor>getHtmlElementById("use").click();
		assertThat(submit(form(again, "/login/ott")).getUrl().getFile()).isEqualTo("/login?error");
	}

	@Test
	void aUserRegistersAPasskeyAndLogsInWithIt() throws IOException {
		try (Chromium chromium = Chromium.start()) {
			chromium.open(books().url("/account"));
			chromium.type("[action='/login'] [name=username]", "ada");
			chromium.type("[action='/login'] [name=password]", "ada-password");
			chromium.press("[action='/login'] button");
			assertThat(chromium.text("#user")).isEqualTo("ada");

			chromium.open(books().url("/webauthn/register"));
			chromium.type("#label", "Key on " + storage());
			chromium.press("#register");
			assertThat(chromium.text(".delete-form")).isNotEmpty();
			assertThat(chromium.text("tbody")).contains("Key on " + storage());

			chromium.open(books().url("/account"));
			chromium.press("#logout button");
			assertThat(chromium.text(".alert-success")).isEqualTo("You have been signed out");
			chromium.open(books().url("/account"));
			chromium.press("#passkey-signin");
			assertThat(chromium.text("#user")).isEqualTo("ada");
			chromium.open(books().url("/account"));
			assertThat(chromium.text("#user")).isEqualTo("ada");
		}
	}

	@Test
	void aRestartInTheMiddleIsNotNoticed() {
		logIn(this.browser, "/account");
		send(open("/?lang=de"), "buy", "isbn", "1");
		send(open("/"), "note", "isbn", "2");
		send(open("/checkout"), "address", "address", "Rue Verte 5", "deliverOn", "2026-12-01");
		open("/books/1");
		body("/news");
		int visits = Integer.parseInt(text(open("/"), "visits"));

		books().restart();
		HtmlPage home = open("/");
		assertThat(text(home, "visits")).isEqualTo(String.valueOf(visits + 1));
		assertThat(text(home, "welcome")).isEqualTo("Willkommen");
		assertThat(text(home, "reading-list")).isEqualTo("Duino Elegies since 2026-01-31");
		assertThat(text(send(home, "buy", "isbn", "1"), "cart")).isEqualTo("2 The Castle: EUR 25.00");
		assertThat(text(open("/checkout"), "order")).isEqualTo("1250 to Rue Verte 5 on 2026-12-01 by null");
		assertThat(visit("/books/1")).startsWith("2 requests for [/books/1] since ");
		assertThat(text(open("/account"), "user")).isEqualTo("ada");
		assertThat(text(open("/account"), "user")).isEqualTo("ada");
	}

}
