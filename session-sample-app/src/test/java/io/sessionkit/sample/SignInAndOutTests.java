package io.sessionkit.sample;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What both profiles have in common when a user signs in or out, in a cookie and on
 * server-side storages.
 */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("shops")
class SignInAndOutTests {

	@Parameter(0)
	String profile;

	@Parameter(1)
	Store store;

	private RunningShop shop;

	private Visitor visitor;

	static Stream<Arguments> shops() {
		List<Store> stores = List.of(Store.COOKIE, Store.MEMORY, Store.REDIS, Store.H2);
		return Stream.of("default", "security")
			.flatMap((profile) -> stores.stream().map((store) -> Arguments.of(profile, store)));
	}

	@BeforeEach
	void open() {
		this.shop = isSecured() ? RunningShop.securedOn(this.store) : RunningShop.on(this.store);
		this.visitor = new Visitor(this.shop);
	}

	@AfterEach
	void close() {
		this.visitor.close();
	}

	@Test
	void theUsernameIsKeptOnceAfterAWrongPassword() {
		HtmlPage form = this.visitor.open("/login");
		assertThat(form.querySelectorAll("[autofocus]")).isEmpty();
		HtmlPage again = Visitor.logIn(form, "wrong");
		assertThat(again.asNormalizedText()).contains("Incorrect username or password.");
		assertThat(username(again)).isEqualTo("demo");
		assertThat(again.querySelectorAll("[autofocus]")).containsExactly(again.getElementById("password"));
		assertThat(username(this.visitor.open("/login"))).isEmpty();
	}

	@Test
	void afterAWrongPasswordOnlyThePasswordHasToBeTypedAgain() {
		HtmlPage again = this.visitor.logIn("wrong");
		Visitor.fill(again, "password", "demo");
		assertThat(Visitor.press(again, "#login").getElementById("user").getTextContent()).isEqualTo("demo");
	}

	@Test
	void aUsernameIsShownAsItWasTyped() {
		HtmlPage form = this.visitor.open("/login");
		String typed = "\"><b id=typed>O'Brien & Ünal</b>";
		Visitor.fill(form, "username", typed);
		Visitor.fill(form, "password", "wrong");
		HtmlPage again = Visitor.press(form, "#login");
		assertThat(username(again)).isEqualTo(typed);
		assertThat(again.getElementById("typed")).isNull();
	}

	@Test
	void aUsernameThatIsTooLongForTheFormIsNotKept() {
		this.visitor.open("/login");
		String form = "_csrf=" + this.visitor.token() + "&password=wrong&username=";
		for (int length : new int[] { 101, 5000 }) {
			HttpResponse<String> answer = this.shop.post("/login", this.visitor.cookie(), form + "x".repeat(length));
			assertThat(OnEveryStorage.location(answer)).isEqualTo("/login");
			String cookie = OnEveryStorage.sessionOf(answer, this.visitor.cookie());
			assertThat(this.shop.get("/login", cookie).body()).contains("Incorrect username or password.")
				.doesNotContain("xxx");
		}
	}

	@Test
	void signingOutIsConfirmedOnce() {
		HtmlPage login = signedOut();
		assertThat(login.getUrl().getPath()).isEqualTo("/login");
		assertThat(login.asNormalizedText()).contains("You’re signed out.");
		assertThat(this.visitor.open("/login").asNormalizedText()).doesNotContain("signed out");
	}

	@Test
	void theThemeSurvivesSigningOutAndInAndNothingElseDoes() {
		this.visitor.choose("dark");
		this.visitor.logIn();
		this.visitor.add("tea", "2");
		assertThat(theme(signedOut())).isEqualTo("dark");
		assertThat(this.visitor.json()).isEqualTo("{\"userId\":null,\"theme\":\"dark\",\"cart\":null}");
		HtmlPage account = this.visitor.logIn();
		assertThat(account.getUrl().getPath()).isEqualTo("/");
		assertThat(theme(account)).isEqualTo("dark");
		assertThat(this.visitor.json()).isEqualTo("{\"userId\":\"demo\",\"theme\":\"dark\",\"cart\":null}");
	}

	@Test
	void whoChoseNoThemeHasNoneAfterSigningOut() {
		assertThat(signedOut().getDocumentElement().hasAttribute("data-theme")).isFalse();
	}

	@Test
	void theCookieFromBeforeSigningOutIsWorthNothing() {
		this.visitor.choose("dark");
		this.visitor.logIn();
		String before = this.visitor.cookie();
		signedOut();
		assertThat(this.visitor.cookie()).isNotEmpty().isNotEqualTo(before);
		assertThat(this.shop.get("/api/session", before).body())
			.isEqualTo("{\"userId\":null,\"theme\":null,\"cart\":null}");
	}

	@Test
	void stayingSignedInForThirtyDaysEndsWithSigningOut() {
		this.visitor.open("/login");
		String form = "username=demo&password=demo&remember=true&_csrf=" + this.visitor.token();
		HttpResponse<String> signedIn = this.shop.post("/login", this.visitor.cookie(), form);
		assertThat(setCookie(signedIn)).contains("Max-Age=2592000");
		String cookie = OnEveryStorage.sessionOf(signedIn, "");
		HttpResponse<String> page = this.shop.get("/", cookie);
		String token = page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1");
		HttpResponse<String> signedOut = this.shop.post("/logout", OnEveryStorage.sessionOf(page, cookie),
				"_csrf=" + token);
		assertThat(setCookie(signedOut)).contains("HttpOnly").doesNotContain("Max-Age");
	}

	@Test
	void everyPageSaysSignInAndSignOutOnly() {
		HtmlPage login = this.visitor.open("/login");
		assertThat(login.getElementById("login").getTextContent()).isEqualTo("Sign in");
		HtmlPage account = this.visitor.logIn();
		assertThat(account.getElementById("logout").asNormalizedText()).startsWith("Sign out");
		Stream<HtmlPage> pages = Stream.of("/", "/cart", "/session", "/devices", "/nowhere", "/login")
			.map(this.visitor::open);
		assertThat(Stream.concat(pages, Stream.of(login, signedOut())))
			.allSatisfy((page) -> assertThat(page.asNormalizedText())
				.doesNotContainPattern("(?i)\\b(log|logged|logging) ?(in|out)\\b"));
	}

	@Test
	void theFooterLeadsToTheCommandForTheOtherProfile() {
		HtmlPage login = this.visitor.open("/login");
		assertThat(login.getElementById("profile").asNormalizedText()).contains("Profile: " + this.profile);
		HtmlPage session = Visitor.press(login, "#profile a");
		assertThat(session.getUrl().getPath() + "#" + session.getUrl().getRef()).isEqualTo("/session#other-profile");
		String command = "mvn -pl session-sample-app -am spring-boot:run";
		assertThat(session.<DomNode>querySelector("#other-profile pre").asNormalizedText())
			.isEqualTo(isSecured() ? command : command + " -Dspring-boot.run.profiles=security");
	}

	@Test
	void theSizeOfASessionIsShownBesideTheLimitOfItsStorage() {
		this.visitor.logIn();
		HtmlPage page = this.visitor.open("/session");
		String limit = (this.store == Store.COOKIE) ? "4,096 bytes" : "256 KiB";
		assertThat(page.getElementById("limit").getTextContent()).isEqualTo(limit);
		assertThat(page.asXml()).contains(" bytes of " + limit + " used")
			.doesNotContain((this.store == Store.COOKIE) ? "256 KiB" : "4,096");
		List<String> parts = page.querySelectorAll("#parts th code").stream().map(DomNode::getTextContent).toList();
		assertThat(parts).contains("userId");
		long total = page.querySelectorAll("#parts td:nth-child(2)")
			.stream()
			.mapToLong((bytes) -> Long.parseLong(bytes.getTextContent()))
			.sum();
		assertThat(page.getElementById("bytes").getTextContent()).isEqualTo(total + " bytes");
		if (this.store == Store.COOKIE) {
			assertThat(total).isEqualTo(this.visitor.cookie().length());
		}
	}

	private boolean isSecured() {
		return this.profile.equals("security");
	}

	/** Signs in, where nobody is yet, and out again. */
	private HtmlPage signedOut() {
		HtmlPage account = this.visitor.open("/");
		if (account.getElementById("logout") == null) {
			account = this.visitor.logIn();
		}
		return Visitor.press(account, "#logout");
	}

	private static String username(HtmlPage page) {
		return ((HtmlInput) page.getElementById("username")).getValue();
	}

	private static String theme(HtmlPage page) {
		return page.getDocumentElement().getAttribute("data-theme");
	}

	private static String setCookie(HttpResponse<?> answer) {
		return answer.headers().firstValue("Set-Cookie").orElse("");
	}

}
