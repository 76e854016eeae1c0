package io.sessionkit.spring.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import io.sessionkit.SessionSerializationException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;

/**
 * Spring's flash maps in the session, each under a name of its own, so that redirects at
 * the same time do not take each other's away. Which of them a request gets, by path and
 * parameters, is Spring's.
 */
final class StoredFlashMaps extends AbstractFlashMapManager {

	private static final String PREFIX = "mvc.flash.";

	private static final String LOADED = StoredFlashMaps.class.getName();

	private static final String PATH = "path";

	private static final String PARAMETERS = "parameters";

	private static final String EXPIRES = "expires";

	private static final String ATTRIBUTES = "attributes";

	static boolean isLoaded(HttpServletRequest request) {
		return request.getAttribute(LOADED) != null;
	}

	static boolean isEmpty(HttpServletRequest request) {
		return maps(request).isEmpty();
	}

	/** What is there for this visitor, by name, as this request knows it. */
	@SuppressWarnings("unchecked")
	private static Map<String, FlashMap> maps(HttpServletRequest request) {
		Map<String, FlashMap> maps = (Map<String, FlashMap>) request.getAttribute(LOADED);
		return (maps != null) ? maps : Map.of();
	}

	@Override
	protected List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
		if (!isLoaded(request)) {
			request.setAttribute(LOADED, load(CurrentSession.of(request)));
		}
		return new ArrayList<>(maps(request).values());
	}

	private static Map<String, FlashMap> load(Session session) {
		Map<String, FlashMap> maps = new LinkedHashMap<>();
		Map<String, Object> data = session.data();
		for (String name : session.flashKeys()) {
			if (name.startsWith(PREFIX) && data.get(name) instanceof Map<?, ?> stored) {
				maps.put(name, flashMap(stored));
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
		if (stored.get(ATTRIBUTES) instanceof Map<?, ?> attributes) {
			attributes.forEach((name, value) -> flashMap.put(name.toString(), value));
		}
		return flashMap;
	}

	@Override
	protected void updateFlashMaps(List<FlashMap> flashMaps, HttpServletRequest request, HttpServletResponse response) {
		Session session = CurrentSession.of(request);
		Map<String, FlashMap> known = maps(request);
		for (String name : List.copyOf(known.keySet())) {
			if (!flashMaps.contains(known.get(name))) {
				session.unset(FlashKey.of(name, Object.class));
				known.remove(name);
			}
		}
		for (FlashMap flashMap : flashMaps) {
			if (!known.containsValue(flashMap)) {
				String name = PREFIX + UUID.randomUUID().toString().substring(0, 8);
				flash(session, name, flashMap);
				known.put(name, flashMap);
			}
		}
	}

	private static void flash(Session session, String name, FlashMap flashMap) {
		Map<String, @Nullable Object> stored = new LinkedHashMap<>();
		stored.put(PATH, flashMap.getTargetRequestPath());
		stored.put(PARAMETERS, flashMap.getTargetRequestParams());
		stored.put(EXPIRES, flashMap.getExpirationTime());
		stored.put(ATTRIBUTES, flashMap);
		try {
			// As plain JSON, whatever is in it: views read maps as well.
			session.flash(FlashKey.mapOf(name, Object.class), stored);
		}
		catch (SessionSerializationException ex) {
			// One by one, so that the message names the attribute.
			flashMap.forEach((attribute, value) -> Session.create().flash(attribute, value));
			throw ex;
		}
	}

	/** Each request has its own. */
	@Override
	protected @Nullable Object getFlashMapsMutex(HttpServletRequest request) {
		return null;
	}

}
