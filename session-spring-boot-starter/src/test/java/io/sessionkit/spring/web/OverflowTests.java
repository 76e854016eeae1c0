package io.sessionkit.spring.web;

import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.app.Answer;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session that does not fit into its cookie, a value that does not fit into a session.
 */
class OverflowTests {

	private final Browser browser = RunningApp.withCookies().browser();

	private String before;

	@BeforeEach
	void makeASession() {
		this.browser.get("/set?name=mark&value=old");
		this.before = this.browser.cookie();
	}

	@Test
	void aCookieOfMoreThan4096BytesIsAnErrorBeforeAnythingIsSent() {
		int most = largestThatFits();
		Answer fits = this.browser.get("/store/fill?bytes=" + most);
		assertThat(fits.status()).isEqualTo(200);
		assertThat(fits.sessionCookies()).singleElement()
			.satisfies((cookie) -> assertThat(cookie.length()).isBetween(SessionCookie.MAX_BYTES - 48,
					SessionCookie.MAX_BYTES));

		this.browser.cookie(this.before);
		Answer overflow = this.browser.get("/store/fill?bytes=" + (most + 1));
		assertThat(overflow.status()).isEqualTo(500);
		assertThat(overflow.body()).startsWith("{").endsWith("}").contains("\"status\":500");
		assertThat(overflow.sessionCookies()).isEmpty();
		assertThat(this.browser.get("/mark").body()).as("the previous cookie stays valid").isEqualTo("old");
		assertThat(this.browser.get("/get?name=other").body()).isEqualTo("null");
	}

	@Test
	void anApplicationCanAnswerItWithTheBytesOfEachKey() {
		int most = largestThatFits();
		Answer overflow = this.browser.cookie(this.before).get("/handled/fill?bytes=" + (most + 1));
		assertThat(overflow.status()).isEqualTo(507);
		String[] numbers = overflow.body().split(" ", -1);
		assertThat(Integer.parseInt(numbers[0])).isBetween(4097, 4097 + 48);
		assertThat(numbers[1]).isEqualTo("4096");
		assertThat(Integer.parseInt(numbers[2])).isGreaterThanOrEqualTo(most);
		assertThat(overflow.sessionCookies()).isEmpty();
	}

	@Test
	void aValueThatCanNeverFitIsRefusedAtTheCall() {
		Answer overflow = this.browser.get("/handled/fill?bytes=5000");
		assertThat(overflow.status()).isEqualTo(507);
		assertThat(overflow.sessionCookies()).isEmpty();
		assertThat(this.browser.get("/mark").body()).isEqualTo("old");
	}

	@Test
	void aLargeBodyIsNoHalfResponseEither() {
		int most = largestThatFits();
		this.browser.cookie(this.before);
		Answer overflow = this.browser.get("/store/fill-large?bytes=" + (most + 1));
		assertThat(overflow.status()).isEqualTo(500);
		assertThat(overflow.body()).startsWith("{").endsWith("}").contains("\"status\":500");
	}

	@Test
	void aValueThatIsNoJsonIsRefusedAtTheCallAndNothingIsLost() {
		assertThat(this.browser.get("/set-no-json").body()).isEqualTo("refused at the call");
		assertThat(this.browser.get("/mark").body()).isEqualTo("old");
		assertThat(this.browser.get("/get?name=other").body()).isEqualTo("kept");
	}

	private int largestThatFits() {
		int fits = 100;
		int tooMany = 4096;
		while (tooMany - fits > 1) {
			int middle = (fits + tooMany) / 2;
			if (this.browser.cookie(this.before).get("/store/fill?bytes=" + middle).status() == 200) {
				fits = middle;
			}
			else {
				tooMany = middle;
			}
		}
		return fits;
	}

}
