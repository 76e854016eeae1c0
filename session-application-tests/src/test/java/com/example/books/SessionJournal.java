package com.example.books;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

import org.springframework.stereotype.Component;

/** Counts what happens to the sessions, as a bean. */
@Component
class SessionJournal implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {

	final AtomicInteger created = new AtomicInteger();

	final AtomicInteger destroyed = new AtomicInteger();

	final AtomicInteger renamed = new AtomicInteger();

	final AtomicInteger reserved = new AtomicInteger();

	final AtomicInteger released = new AtomicInteger();

	@Override
	public void sessionCreated(HttpSessionEvent event) {
		this.created.incrementAndGet();
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		this.destroyed.incrementAndGet();
	}

	@Override
	public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
		if (!event.getSession().getId().equals(oldSessionId)) {
			this.renamed.incrementAndGet();
		}
	}

	@Override
	public void attributeAdded(HttpSessionBindingEvent event) {
		if (event.getValue() instanceof Reservation) {
			this.reserved.incrementAndGet();
		}
	}

	@Override
	public void attributeRemoved(HttpSessionBindingEvent event) {
		if (event.getValue() instanceof Reservation) {
			this.released.incrementAndGet();
		}
	}

}
