package io.sessionkit.spring.web;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionService;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Takes what a controller adds to {@code RedirectAttributes} to the page behind the
 * redirect, as flash of the session, which is JSON. Values of the JDK and objects of the
 * application's own classes come back as what they were, objects of other classes as what
 * the controller there declares, in a {@code @ModelAttribute} method or as a parameter,
 * and where it declares nothing as maps. A {@code BindingResult} comes back with its
 * errors.
 *
 * <p>
 * Spring asks for flash at every request, which must not read its session for that: a
 * second cookie, without content, says for up to three minutes that there is some. A
 * request without it costs nothing. A client that keeps its session in a header has no
 * such mark: it gets the attributes in a request whose session was read before Spring
 * asks, as it is where a page needs a login.
 */
public final class JsonFlashMapManager implements FlashMapManager, HandlerInterceptor {

	private static final String TAKEN = JsonFlashMapManager.class.getName() + ".taken";

	private static final String AHEAD = JsonFlashMapManager.class.getName() + ".ahead";

	private final ModelAttributeTypes types = new ModelAttributeTypes();

	private final FlashAttributes attributes;

	private final StoredFlashMaps stored;

	private final ResponseCookie marker;

	/**
	 * Creates the strategy.
	 * @param marker the name and the attributes of the cookie that says there is flash
	 * @param packages the application's packages; only classes of these and below are
	 * named in the session
	 * @param conversion gives what formats the fields of a form that comes back, or
	 * {@code null}
	 */
	public JsonFlashMapManager(ResponseCookie marker, Collection<String> packages,
			Supplier<@Nullable ConversionService> conversion) {
		this.marker = marker;
		this.attributes = new FlashAttributes(new FlashTypes(packages), conversion);
		this.stored = new StoredFlashMaps(this.attributes);
	}

	@Override
	public @Nullable FlashMap retrieveAndUpdate(HttpServletRequest request, HttpServletResponse response) {
		if (request.getAttribute(AHEAD) instanceof FlashMap ahead) {
			request.removeAttribute(AHEAD);
			return ahead;
		}
		if (request.getDispatcherType() == DispatcherType.ERROR || !isMarked(request)) {
			return null;
		}
		boolean first = !StoredFlashMaps.isLoaded(request);
		FlashMap found = this.stored.retrieveAndUpdate(request, response);
		if (first && StoredFlashMaps.isEmpty(request)) {
			send(request, response, Duration.ZERO);
		}
		return (found != null) ? taken(found, request) : null;
	}

	private FlashMap taken(FlashMap found, HttpServletRequest request) {
		Map<?, ?> stored = StoredFlashMaps.stored(found);
		if (stored == null) {
			return found;
		}
		request.setAttribute(TAKEN, stored);
		FlashMap flashMap = new FlashMap();
		flashMap.setTargetRequestPath(found.getTargetRequestPath());
		flashMap.addTargetRequestParams(found.getTargetRequestParams());
		flashMap.putAll(this.attributes.read(stored, null, JsonValues.of(request)));
		return flashMap;
	}

	/**
	 * Gives the attributes the types that the handler declares, which Spring has found
	 * now.
	 */
	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (request.getAttribute(TAKEN) instanceof Map<?, ?> stored && handler instanceof HandlerMethod
				&& request.getDispatcherType() != DispatcherType.ERROR) {
			request.setAttribute(DispatcherServlet.INPUT_FLASH_MAP_ATTRIBUTE, Collections
				.unmodifiableMap(this.attributes.read(stored, this.types.of(handler), JsonValues.of(request))));
		}
		return true;
	}

	/** Most requests can tell without having their cookies parsed. */
	private boolean isMarked(HttpServletRequest request) {
		RequestSession session = byHeader(request);
		if (session != null) {
			return session.isRead(); // such a client keeps no cookies
		}
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
		if (flashMap.isEmpty()) {
			return;
		}
		if (isAhead(request)) {
			request.setAttribute(AHEAD, flashMap);
			return;
		}
		this.stored.saveOutputFlashMap(flashMap, request, response);
		send(request, response, Duration.ofSeconds(this.stored.getFlashMapTimeout()));
	}

	/** Before it is sent, as by {@code flashAttr} of MockMvc. */
	private static boolean isAhead(HttpServletRequest request) {
		return RequestSession.find(request) == null
				&& request.getAttribute(DispatcherServlet.WEB_APPLICATION_CONTEXT_ATTRIBUTE) == null;
	}

	private void send(HttpServletRequest request, HttpServletResponse response, Duration life) {
		if (byHeader(request) == null) {
			response.addHeader(HttpHeaders.SET_COOKIE, this.marker.mutate().maxAge(life).build().toString());
		}
	}

	private static @Nullable RequestSession byHeader(HttpServletRequest request) {
		RequestSession session = RequestSession.find(request);
		return (session != null && session.isByHeader()) ? session : null;
	}

}
