package io.sessionkit.sample;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The CSRF token for the forms of a page, whoever checks it.
 */
interface FormToken {

	/**
	 * Returns the token that a form must send back as {@code _csrf}.
	 * @param request the request of the page
	 * @param existing whether it must be there already, since the session was committed
	 * @return {@code null} if there is none
	 */
	@Nullable String of(HttpServletRequest request, boolean existing);

}
