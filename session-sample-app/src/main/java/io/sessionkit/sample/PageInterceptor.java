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
 * Adds what the layout shows to every page: user, theme, cart count, and CSRF token. It
 * runs before the view is rendered because the session is saved before the first byte is
 * sent.
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
		// the Back button must not show the page after signing out
		response.setHeader("Cache-Control", "no-store");
		response.setHeader("Content-Security-Policy", "frame-ancestors 'none'");
		try {
			describe(page, this.currentSession.get());
			// the session may be committed before an error page, which then cannot add a
			// token
			page.addObject("csrf", this.formToken.of(request, error));
		}
		catch (SessionStorageException ex) {
			if (!error) {
				throw ex;
			}
			// the error page about a failed session store works without a session
		}
	}

	private void describe(ModelAndView page, Session session) {
		Cart cart = session.get(ShopSession.CART);
		page.addObject("user", session.get(ShopSession.USER_ID));
		page.addObject("theme", session.get(ShopSession.THEME));
		page.addObject("cartCount", (cart != null) ? cart.count() : 0);
	}

}
