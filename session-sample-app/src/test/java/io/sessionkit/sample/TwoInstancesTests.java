package io.sessionkit.sample;

import java.net.http.HttpResponse;
import java.util.stream.Stream;

import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances on one Redis are one shop, without a sticky load balancer.
 */
class TwoInstancesTests {

	private static final String SECRET = "3rA0dJ0d6bq0S7cT1wYx2uVz9kLmNpQr";

	private final int redis = EmbeddedRedis.start();

	private final RunningShop one = start(1);

	private final RunningShop two = start(2);

	private final Visitor visitor = new Visitor(this.one);

	@AfterEach
	void close() {
		this.visitor.close();
		this.one.close();
		this.two.close();
	}

	@Test
	void whoLogsInOnOneIsKnownOnTheOther() {
		this.visitor.logIn();
		this.visitor.add("tea", "2");
		HtmlPage page = this.visitor.open("/session");
		assertThat(page.getElementById("instance").getTextContent()).isEqualTo("1");
		HttpResponse<String> elsewhere = this.two.get("/session", this.visitor.cookie());
		assertThat(elsewhere.body()).contains("id=\"instance\">2<");
		assertThat(this.two.get("/api/session", this.visitor.cookie()).body()).contains("\"userId\":\"demo\"",
				"\"tea\":2");
	}

	@Test
	void aLogoutOnOneIsALogoutOnTheOther() {
		this.visitor.logIn();
		String cookie = this.visitor.cookie();
		Visitor.press(this.visitor.open("/"), "#logout");
		assertThat(OnEveryStorage.location(this.two.get("/", cookie))).isEqualTo("/login");
	}

	private RunningShop start(int number) {
		return RunningShop.start(
				Stream
					.concat(Stream.of(TwoInstances.properties(number, this.redis, SECRET)),
							Stream.of("sessionkit.cookie.secure=false"))
					.toArray(String[]::new));
	}

}
