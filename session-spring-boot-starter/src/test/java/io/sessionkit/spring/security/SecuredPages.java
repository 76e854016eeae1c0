package io.sessionkit.spring.security;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.sessionkit.Session;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.View;

/**
 * Pages for all, for those who are logged in, and with forms in them.
 */
@RestController
class SecuredPages {

	@GetMapping("/open")
	String open() {
		return "open to everybody";
	}

	@GetMapping("/open/session")
	String session(Session session) {
		return session.keys().toString();
	}

	@GetMapping("/open/set")
	String set(@RequestParam String value, Session session) {
		session.set("mark", value);
		return "set";
	}

	/** Lets visitors choose the name of a value, as a page of preferences may. */
	@GetMapping("/open/store")
	String store(@RequestParam String name, @RequestParam String json, Session session) {
		session.set(name, new JsonMapper().readTree(json));
		return "stored";
	}

	/** Logs in without Spring Security's filters, with a form on the same page. */
	@PostMapping("/open/login-as")
	View loginAs(@RequestParam String name, @RequestParam String role) {
		return (model, request, response) -> {
			UserDetails user = User.withUsername(name).password("").roles(role).build();
			new HttpSessionSecurityContextRepository().saveContext(
					new SecurityContextImpl(
							UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities())),
					request, response);
			form(1).render(model, request, response);
		};
	}

	/** Gives the session a new id, with a form on the same page. */
	@PostMapping("/open/new-id")
	View newId(@RequestParam String how, Session session) {
		switch (how) {
			case "regenerate" -> session.regenerateId();
			case "accompany" -> session.regenerateId(false);
			case "subject" -> session.subject("eve");
			default -> throw new IllegalArgumentException(how);
		}
		return form(1);
	}

	@GetMapping("/who")
	String who(@AuthenticationPrincipal UserDetails user) {
		return user.getUsername() + " " + user.getAuthorities() + " " + user.getPassword();
	}

	@GetMapping("/reader")
	@PreAuthorize("hasRole('READER')")
	String reader() {
		return "for readers";
	}

	@GetMapping("/admin")
	@PreAuthorize("hasRole('ADMIN')")
	String admin() {
		return "for admins";
	}

	@PostMapping("/act")
	String act() {
		return "acted";
	}

	@PostMapping("/open/act")
	String openAct() {
		return "acted";
	}

	/** Writes as a template engine does: some text, and then it asks for the token. */
	@GetMapping("/open/form")
	View form(@RequestParam(defaultValue = "1") int before) {
		return (model, request, response) -> {
			response.setContentType("text/html");
			response.getWriter().write("<p>");
			response.getWriter().write("x".repeat(before));
			CsrfToken token = (CsrfToken) request.getAttribute("_csrf");
			response.getWriter()
				.write("<form><input name=\"" + token.getParameterName() + "\" type=\"hidden\" value=\""
						+ token.getToken() + "\"></form>");
			response.getWriter().flush();
		};
	}

	/** Writes a template that needs no token. */
	@GetMapping("/open/formless")
	View formless() {
		return (model, request, response) -> {
			response.getWriter().write("no form here");
			response.getWriter().flush();
		};
	}

	/** Sees whether the container has a session once all is done. */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static final class Watch implements Filter {

		private final Queue<String> containerSessions = new ConcurrentLinkedQueue<>();

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			chain.doFilter(request, response);
			if (((HttpServletRequest) request).getSession(false) != null) {
				this.containerSessions.add(((HttpServletRequest) request).getRequestURI());
			}
		}

		Queue<String> containerSessions() {
			return this.containerSessions;
		}

	}

}
