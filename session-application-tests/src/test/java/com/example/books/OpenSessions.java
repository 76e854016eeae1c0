package com.example.books;

import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

/** Counts the open sessions, as a listener that the servlet container finds. */
@WebListener
public class OpenSessions implements HttpSessionListener {

	@Override
	public void sessionCreated(HttpSessionEvent event) {
		add(event.getSession().getServletContext(), 1);
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		add(event.getSession().getServletContext(), -1);
	}

	private static synchronized void add(ServletContext context, int more) {
		context.setAttribute("openSessions", count(context) + more);
	}

	static int count(ServletContext context) {
		Integer open = (Integer) context.getAttribute("openSessions");
		return (open != null) ? open : 0;
	}

}
