package com.example.books;

import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The same bookshop with the starter, without a change, on each storage. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TOMCAT")
class BooksOnSessionKitTests extends BooksTests {

	@Parameter
	Storage storage;

	@Override
	Storage storage() {
		return this.storage;
	}

	@Override
	String cookieName() {
		return "__session";
	}

	@AfterEach
	void noSessionIsTheContainers() {
		assertThat(books().balancer().cookies()).doesNotContain("JSESSIONID");
	}

	/**
	 * For some minutes after an end a request may be on its way that knows nothing of it,
	 * and is sent nowhere: it could take the cookie of a new login away.
	 */
	@Override
	@Test
	void whoComesWithAnEndedSessionIsToldSoOnce() {
		administrate(this.browser);
		String ended = cookie().getValue();
		submit(open("/").getHtmlElementById("leave"));
		assumeThat(this.storage).isNotEqualTo(Storage.COOKIE);
		try (WebClient late = browserWith(cookieName(), ended)) {
			assertThat(open(late, "/admin").getUrl().getFile()).isEqualTo("/admin/login");
		}
	}

	@Test
	void anIdThatAPagePrintsOpensNothing() {
		open("/");
		HtmlPage home = open("/");
		assertThat(text(home, "visits")).isEqualTo("2");
		for (String cookie : new String[] { cookieName(), "JSESSIONID", "SESSION" }) {
			try (WebClient thief = browserWith(cookie, text(home, "session-id"))) {
				assertThat(text(open(thief, "/"), "visits")).isEqualTo("1");
			}
		}
	}

}
