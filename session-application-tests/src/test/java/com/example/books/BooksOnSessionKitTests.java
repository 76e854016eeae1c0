package com.example.books;

import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The same bookshop with the starter, without a change, on each storage. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TOMCAT")
@Tag("servlet-session")
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
