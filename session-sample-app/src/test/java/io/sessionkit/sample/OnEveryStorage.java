package io.sessionkit.sample;

import java.net.URI;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every test of the pages has: a shop on each storage, and a new visitor.
 */
@ParameterizedClass
@EnumSource
class OnEveryStorage {

	@Parameter
	Store store;

	RunningShop shop;

	Visitor visitor;

	@BeforeEach
	void open() {
		this.shop = RunningShop.on(this.store);
		this.visitor = new Visitor(this.shop);
	}

	@AfterEach
	void close() {
		this.visitor.close();
	}

	/** The path that an answer redirects to. */
	static String location(HttpResponse<?> answer) {
		return URI.create(answer.headers().firstValue("Location").orElse("")).getPath();
	}

	/** The cookie's value after an answer: the one that it sets, else the one before. */
	static String sessionOf(HttpResponse<?> answer, String before) {
		return answer.headers()
			.firstValue("Set-Cookie")
			.map((header) -> header.substring(header.indexOf('=') + 1, header.indexOf(';')))
			.orElse(before);
	}

}
