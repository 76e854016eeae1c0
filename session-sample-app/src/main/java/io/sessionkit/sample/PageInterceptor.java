package io.sessionkit.sample;

import io.sessionkit.Session;
import io.sessionkit.SessionStorageException;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Gives every page what its frame shows: user, theme, cart count and CSRF token. It runs
 * just before the view, because the session is committed at the first byte of the page.
 */
class PageInterceptor implements HandlerInterceptor {

	private final CurrentSession currentSession;

	private final FormToken formToken;

	PageInterceptor(CurrentSession currentSession, FormToken formToken) {
		this.currentSession = currentSession;
		this.formToken = formToken;
	}

	@Override
	public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView page) {
		if (page == null || page.getViewName() == null || page.getViewName().startsWith("redirect:")) {
			return;
		}
		boolean error = request.getDispatcherType() == DispatcherType.ERROR;
		page.addObject("path", request.getRequestURI());
		// the "back" button must not show it after a logout
		response.setHeader("Cache-Control", "no-store");
		response.setHeader("Content-Security-Policy", "frame-ancestors 'none'");
		try {
			describe(page, this.currentSession.get());
			// an error page comes after the commit: it may use a token, not make one
			page.addObject("csrf", this.formToken.of(request, error));
		}
		catch (SessionStorageException ex) {
			if (!error) {
				throw ex;
			}
			// the page that says so does without
		}
	}

	private void describe(ModelAndView page, Session session) {
		Cart cart = session.get(ShopSession.CART);
		page.addObject("user", session.get(ShopSession.USER_ID));
		page.addObject("theme", session.get(ShopSession.THEME));
		page.addObject("cartCount", (cart != null) ? cart.count() : 0);
	}

}
