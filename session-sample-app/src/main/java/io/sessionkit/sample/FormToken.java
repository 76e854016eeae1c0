package io.sessionkit.sample;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Supplies the CSRF token for the forms on a page. Each profile has its own
 * implementation.
 */
interface FormToken {

	/**
	 * Returns the token that a form must submit as {@code _csrf}.
	 * @param request the current request
	 * @param existing whether to return only a token that exists already, because the
	 * session can no longer be changed
	 * @return the token, or {@code null} if there is none
	 */
	@Nullable String of(HttpServletRequest request, boolean existing);

}
