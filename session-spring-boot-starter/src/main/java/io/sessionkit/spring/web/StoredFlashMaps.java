package io.sessionkit.spring.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.sessionkit.Session;
import io.sessionkit.LibraryAttributes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;

/**
 * Stores Spring's flash maps in the session. Each map is an attribute of its own, so that
 * concurrent redirects do not overwrite each other's. Spring selects the map for a
 * request by path and parameters.
 */
final class StoredFlashMaps extends AbstractFlashMapManager {

	private static final String PREFIX = "mvc.flash.";

	private static final String LOADED = StoredFlashMaps.class.getName();

	/** The only attribute of a loaded map, which contains all attributes as JSON. */
	private static final String STORED = LOADED + ".stored";

	private static final String PATH = "path";

	private static final String PARAMETERS = "parameters";

	private static final String EXPIRES = "expires";

	private final FlashAttributes attributes;

	StoredFlashMaps(FlashAttributes attributes) {
		this.attributes = attributes;
	}

	static boolean isLoaded(HttpServletRequest request) {
		return request.getAttribute(LOADED) != null;
	}

	static boolean isEmpty(HttpServletRequest request) {
		return maps(request).isEmpty();
	}

	/**
	 * Returns the stored attributes of a map; {@code null} if the map was created in this
	 * request, which has the attributes themselves.
	 */
	static @Nullable Map<?, ?> stored(FlashMap flashMap) {
		return (flashMap.get(STORED) instanceof Map<?, ?> stored) ? stored : null;
	}

	/** The maps of this visitor by their names, as this request sees them. */
	@SuppressWarnings("unchecked")
	private static Map<String, FlashMap> maps(HttpServletRequest request) {
		Map<String, FlashMap> maps = (Map<String, FlashMap>) request.getAttribute(LOADED);
		return (maps != null) ? maps : Map.of();
	}

	@Override
	protected List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
		if (!isLoaded(request)) {
			Map<String, FlashMap> maps = new LinkedHashMap<>();
			load(CurrentSession.of(request)).forEach((name, stored) -> maps.put(name, flashMap(stored)));
			request.setAttribute(LOADED, maps);
		}
		return new ArrayList<>(maps(request).values());
	}

	private static Map<String, Map<?, ?>> load(Session session) {
		Map<String, Map<?, ?>> maps = new LinkedHashMap<>();
		LibraryAttributes attributes = LibraryAttributes.of(session);
		for (String name : attributes.names()) {
			if (name.startsWith(PREFIX) && attributes.get(name) instanceof Map<?, ?> stored) {
				maps.put(name, stored);
			}
		}
		return maps;
	}

	private static FlashMap flashMap(Map<?, ?> stored) {
		FlashMap flashMap = new FlashMap();
		if (stored.get(PATH) instanceof String path) {
			flashMap.setTargetRequestPath(path);
		}
		if (stored.get(PARAMETERS) instanceof Map<?, ?> parameters) {
			parameters.forEach((name, values) -> ((List<?>) values)
				.forEach((value) -> flashMap.addTargetRequestParam(name.toString(), value.toString())));
		}
		if (stored.get(EXPIRES) instanceof Long expires) {
			flashMap.setExpirationTime(expires);
		}
		flashMap.put(STORED, stored);
		return flashMap;
	}

	@Override
	protected void updateFlashMaps(List<FlashMap> flashMaps, HttpServletRequest request, HttpServletResponse response) {
		Session session = CurrentSession.of(request);
		Map<String, FlashMap> known = maps(request);
		boolean kept = RequestSession.of(request).keepsFlash();
		for (String name : List.copyOf(known.keySet())) {
			FlashMap flashMap = known.get(name);
			if (!kept && flashMap != null && (flashMap.isExpired() || !flashMaps.contains(flashMap))) {
				LibraryAttributes.of(session).remove(name);
				known.remove(name);
			}
		}
		for (FlashMap flashMap : flashMaps) {
			if (!known.containsValue(flashMap) && !flashMap.isExpired()) {
				String name = PREFIX + UUID.randomUUID().toString().substring(0, 8);
				requireAlone(request);
				LibraryAttributes.of(session).set(name, stored(flashMap, JsonValues.of(request)));
				known.put(name, flashMap);
			}
		}
	}

	private Map<String, @Nullable Object> stored(FlashMap flashMap, JsonValues json) {
		Map<String, @Nullable Object> stored = new LinkedHashMap<>();
		stored.put(PATH, flashMap.getTargetRequestPath());
		stored.put(PARAMETERS, flashMap.getTargetRequestParams());
		stored.put(EXPIRES, flashMap.getExpirationTime());
		stored.putAll(this.attributes.write(flashMap, json));
		return stored;
	}

	private static void requireAlone(HttpServletRequest request) {
		if (RequestSession.of(request).isShared()) {
			throw new IllegalStateException("Redirect attributes cannot be stored in a session that is shared with "
					+ "another program, which could also write them; use session.flash(...) in the handler instead");
		}
	}

	/** Each request has maps of its own. */
	@Override
	protected @Nullable Object getFlashMapsMutex(HttpServletRequest request) {
		return null;
	}

}
