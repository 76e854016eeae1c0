package com.example.books;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.stereotype.Service;

/** Knows the prices' form, and how many books were put back. */
@Service
public class Till {

	private final AtomicInteger putBack = new AtomicInteger();

	String price(int cents) {
		return "EUR %d.%02d".formatted(cents / 100, cents % 100);
	}

	void putBack(int copies) {
		this.putBack.addAndGet(copies);
	}

	int putBack() {
		return this.putBack.get();
	}

}
