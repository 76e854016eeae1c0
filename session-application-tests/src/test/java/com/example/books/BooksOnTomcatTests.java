package com.example.books;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The bookshop as it was before, with the container's sessions. */
class BooksOnTomcatTests extends BooksTests {

	@Override
	Storage storage() {
		return Storage.TOMCAT;
	}

	@Override
	String cookieName() {
		return "JSESSIONID";
	}

	@Test
	void sessionsAreTheContainers() {
		open("/");
		assertThat(books().balancer().cookies()).contains("JSESSIONID").doesNotContain("__session");
	}

}
