package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import io.sessionkit.cookie.CookieWire;
import tools.jackson.core.JsonParser;

/**
 * The document of React Router and Remix 2: one object of values, in which a flash
 * {@code x} is the key {@code __flash_x__}.
 *
 * @see <a href="https://reactrouter.com/api/utils/createSession">createSession</a>
 */
final class ReactRouterWire extends PeerWire {

	private static final String BEFORE = "__flash_";

	private static final String AFTER = "__";

	ReactRouterWire() {
		super(CookieWire.REACT_ROUTER.peer());
	}

	@Override
	boolean read(JsonParser parser, byte[] bytes, int offset, SessionDocument document) {
		Map<String, JsonSlice> data = new LinkedHashMap<>();
		if (!readMap(parser, bytes, offset, data)) {
			return false;
		}
		data.forEach((name, json) -> {
			if (isFlash(name)) {
				document.flash().put(name.substring(BEFORE.length(), name.length() - AFTER.length()), json);
			}
			else {
				document.values().put(name, json);
			}
		});
		return true;
	}

	@Override
	void write(ByteArrayOutputStream out, SessionDocument document) {
		// Names are checked when they are set, but not of a session made out of nothing.
		document.values().keySet().forEach(this::requireName);
		Map<String, JsonSlice> data = new LinkedHashMap<>(document.values());
		document.flash().forEach((name, json) -> data.put(BEFORE + name + AFTER, json));
		writeMap(out, data);
	}

	@Override
	public void requireName(String name) {
		if (isFlash(name)) {
			throw new IllegalArgumentException("A session value that is shared with React Router cannot have a name "
					+ "like " + BEFORE + "..." + AFTER + ", which is a flash there; use flash, or another name");
		}
	}

	private static boolean isFlash(String name) {
		return name.length() >= BEFORE.length() + AFTER.length() && name.startsWith(BEFORE) && name.endsWith(AFTER);
	}

}
