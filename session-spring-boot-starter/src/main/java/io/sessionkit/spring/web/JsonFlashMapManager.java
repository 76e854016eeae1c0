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
 * Keeps {@code RedirectAttributes} of a controller in the session until the page behind
 * the redirect, as JSON. Values of the JDK and objects of the application's own classes
 * are restored as they were. Objects of other classes get the type that the controller
 * behind the redirect declares, with a {@code @ModelAttribute} method or as a parameter,
 * or else become maps. A {@code BindingResult} is restored with its errors.
 *
 * <p>
 * Spring looks for flash attributes in every request, which must not read the session for
 * that. A second cookie without content therefore marks for up to three minutes that
 * there are some. A request without this cookie costs nothing. A client that keeps its
 * session in a header has no such mark: it gets the attributes in a request whose session
 * was read before Spring looks, as it is for a page that requires a login.
 */
public final class JsonFlashMapManager implements FlashMapManager, HandlerInterceptor {

	private static final String TAKEN = JsonFlashMapManager.class.getName() + ".taken";

	private static final String AHEAD = JsonFlashMapManager.class.getName() + ".ahead";

	private final ModelAttributeTypes types = new ModelAttributeTypes();

	private final FlashAttributes attributes;

	private final StoredFlashMaps stored;

	private final ResponseCookie marker;

	/**
	 * Creates the manager.
	 * @param marker the name and attributes of the cookie that marks flash attributes
	 * @param packages the packages of the application; the session contains names only of
	 * classes in and below these packages
	 * @param conversion supplies the service that formats the fields of a restored form,
	 * or {@code null}
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
	 * Converts the attributes to the types that the handler declares, since Spring has
	 * now found the handler.
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

	/** Avoids parsing cookies for most requests. */
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

	/**
	 * Whether the attributes are set before the request is sent, as with
	 * {@code flashAttr} of MockMvc.
	 */
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
