package com.acme.visits;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

/** Writes down in the session what is looked at, and tells it in a header. */
public class VisitFilter implements Filter {

	private static final String VISIT = VisitFilter.class.getName() + ".VISIT";

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest http = (HttpServletRequest) request;
		HttpSession session = http.getSession(false);
		Visit visit = (session != null) ? (Visit) session.getAttribute(VISIT) : null;
		if (visit == null) {
			visit = new Visit();
		}
		visit.add(http.getRequestURI());
		http.getSession(true).setAttribute(VISIT, visit);
		((HttpServletResponse) response).setHeader("X-Visit", visit.toString());
		chain.doFilter(request, response);
	}

}
