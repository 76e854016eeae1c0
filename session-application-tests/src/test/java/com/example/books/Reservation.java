package com.example.books;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;

/** A copy that is held back as long as it is in a session. */
public record Reservation(String isbn) implements HttpSessionBindingListener, Serializable {

	static final AtomicInteger HELD = new AtomicInteger();

	@Override
	public void valueBound(HttpSessionBindingEvent event) {
		HELD.incrementAndGet();
	}

	@Override
	public void valueUnbound(HttpSessionBindingEvent event) {
		HELD.decrementAndGet();
	}

}
