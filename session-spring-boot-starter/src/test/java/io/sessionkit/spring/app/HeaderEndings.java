package io.sessionkit.spring.app;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Responses that end with their headers: empty ones, redirects, errors.
 */
public final class HeaderEndings {

	private HeaderEndings() {
	}

	public static Endings servlet() {
		Endings servlet = new Endings("/exit/header");
		servlet.add("empty", 200, "", (request, response) -> {
		});
		servlet.add("no-content", 204, "", (request, response) -> response.setStatus(204));
		servlet.add("not-modified", 304, "", (request, response) -> response.setStatus(304));
		servlet.add("length-0", 200, "", (request, response) -> response.setContentLength(0));
		servlet.add(servlet.exit("head", 200, "").by("HEAD").with("Content-Length: 4"), (request, response) -> {
			response.setContentLength(4);
			response.getOutputStream().print("body");
		});
		redirects(servlet);
		errors(servlet);
		return servlet;
	}

	private static void redirects(Endings servlet) {
		String there = "Location: /there";
		servlet.add(servlet.exit("redirect", 302, "").with(there),
				(request, response) -> response.sendRedirect("/there"));
		servlet.add(servlet.exit("redirect-303", 303, "").with(there),
				(request, response) -> response.sendRedirect("/there", 303));
		servlet.add(servlet.exit("redirect-clearing", 302, "").with(there), (request, response) -> {
			response.getOutputStream().print("gone");
			response.sendRedirect("/there", true);
		});
		servlet.add(servlet.exit("redirect-boolean", 302, "").with(there),
				(request, response) -> response.sendRedirect("/there", true));
		servlet.add(servlet.exit("redirect-keeping", 302, "kept").with(there), (request, response) -> {
			response.getOutputStream().print("kept");
			response.sendRedirect("/there", false);
		});
		servlet.add(servlet.exit("redirect-307-keeping", 307, "kept").with(there), (request, response) -> {
			response.getWriter().print("kept");
			response.sendRedirect("/there", 307, false);
		});
		servlet.add(servlet.exit("redirect-307-clearing", 307, "").with(there),
				(request, response) -> response.sendRedirect("/there", 307, true));
		servlet.add(servlet.exit("redirect-by-hand", 302, "").with(there), (request, response) -> {
			response.setStatus(302);
			response.setHeader("Location", "/there");
		});
	}

	private static void errors(Endings servlet) {
		servlet.add("error", 404, null, (request, response) -> response.sendError(404));
		servlet.add("error-message", 418, null, (request, response) -> response.sendError(418, "tea"));
		servlet.add("error-after-bytes", 409, null, (request, response) -> {
			response.getWriter().print("half a page");
			response.sendError(409);
		});
		servlet.add("error-status-only", 410, "gone", (request, response) -> {
			response.setStatus(410);
			response.getWriter().print("gone");
		});
		servlet.add(servlet.exit("error-after-reset", 404, null).resetting(), (request, response) -> {
			response.getWriter().print("half a page");
			response.reset();
			response.sendError(404);
		});
		servlet.add(servlet.exit("reset-first", 200, "").resetting(), (request, response) -> response.reset());
		servlet.add(servlet.exit("reset-then-bytes", 200, "all").resetting(), (request, response) -> {
			response.reset();
			response.getWriter().print("all");
		});
		servlet.add(servlet.exit("bytes-then-reset", 201, "new").resetting(), (request, response) -> {
			response.setStatus(500);
			response.getOutputStream().print("half a page");
			response.reset();
			response.setStatus(201);
			response.getWriter().print("new");
		});
		servlet.add(servlet.exit("reset-twice", 200, "").resetting(), (request, response) -> {
			response.getWriter().print("half a page");
			response.reset();
			response.getOutputStream().print("half a page");
			response.reset();
		});
		servlet.add("reset-buffer", 200, "new", (request, response) -> {
			response.getWriter().print("half a page");
			response.resetBuffer();
			response.getWriter().print("new");
		});
		servlet.add("reset-buffer-first", HttpServletResponse.SC_ACCEPTED, "", (request, response) -> {
			response.setStatus(HttpServletResponse.SC_ACCEPTED);
			response.resetBuffer();
		});
	}

}
