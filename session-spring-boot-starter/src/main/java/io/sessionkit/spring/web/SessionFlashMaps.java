package io.sessionkit.spring.web;

import java.time.Duration;
import java.util.Enumeration;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.util.WebUtils;

/**
 * Takes what a controller adds to {@code RedirectAttributes} to the page behind the
 * redirect, as flash of the session. Values are JSON: there an object is a map, and every
 * whole number a {@code Long}.
 *
 * <p>
 * Spring asks for flash at every request, which must not read its session for that: a
 * second cookie, without content, says for up to three minutes that there is some. A
 * request without it costs nothing.
 */
public final class SessionFlashMaps implements FlashMapManager {

	private final StoredFlashMaps stored = new StoredFlashMaps();

	private final ResponseCookie marker;

	/**
	 * Creates the strategy.
	 * @param marker the name and the attributes of the cookie that says there is flash
	 */
	public SessionFlashMaps(ResponseCookie marker) {
		this.marker = marker;
	}

	@Override
	public @Nullable FlashMap retrieveAndUpdate(HttpServletRequest request, HttpServletResponse response) {
		if (request.getDispatcherType() == DispatcherType.ERROR || !isMarked(request)) {
			return null;
		}
		boolean first = !StoredFlashMaps.isLoaded(request);
		FlashMap found = this.stored.retrieveAndUpdate(request, response);
		if (first && StoredFlashMaps.isEmpty(request)) {
			send(response, Duration.ZERO);
		}
		return found;
	}

	/** Most requests can tell without having their cookies parsed. */
	private boolean isMarked(HttpServletRequest request) {
		Enumeration<String> headers = request.getHeaders(HttpHeaders.COOKIE);
		while (headers.hasMoreElements()) {
			if (headers.nextElement().contains(this.marker.getName())) {
				return WebUtils.getCookie(request, this.marker.getName()) != null;
			}
		}
		return false;
	}

	@Override
	public void saveOutputFlashMap(FlashMap flashMap, HttpServletRequest request, HttpServletResponse response) {
		if (!flashMap.isEmpty()) {
			this.stored.saveOutputFlashMap(flashMap, request, response);
			send(response, Duration.ofSeconds(this.stored.getFlashMapTimeout()));
		}
	}

	private void send(HttpServletResponse response, Duration life) {
		response.addHeader(HttpHeaders.SET_COOKIE, this.marker.mutate().maxAge(life).build().toString());
	}

}
