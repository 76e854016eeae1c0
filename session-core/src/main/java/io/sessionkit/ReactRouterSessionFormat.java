package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import io.sessionkit.cookie.CookieFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The format of React Router and Remix 2. A document is one object with all values, in
 * which a flash attribute {@code x} has the key {@code __flash_x__}. A cookie that holds
 * a session contains only the document and has no id. A cookie that points to a record
 * contains the id as a JSON string.
 *
 * @see <a href="https://reactrouter.com/api/utils/createSession">createSession</a>
 */
final class ReactRouterSessionFormat extends SharedSessionFormat {

	private static final String BEFORE = "__flash_";

	private static final String AFTER = "__";

	ReactRouterSessionFormat(@Nullable SharedStorageStrategy strategy) {
		super(CookieFormat.REACT_ROUTER, "\"", strategy);
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
		// Names are checked when a value is set, but not for a session that
		// Session.create made.
		document.values().keySet().forEach(this::requireName);
		Map<String, JsonSlice> data = new LinkedHashMap<>(document.values());
		document.flash().forEach((name, json) -> data.put(BEFORE + name + AFTER, json));
		writeMap(out, data);
	}

	@Override
	public void requireName(String name) {
		if (isFlash(name)) {
			throw new IllegalArgumentException(
					"A session value that is shared with React Router cannot have a name like " + BEFORE + "..." + AFTER
							+ ", which is a flash attribute there; use flash, or another name");
		}
	}

	private static boolean isFlash(String name) {
		return name.length() >= BEFORE.length() + AFTER.length() && name.startsWith(BEFORE) && name.endsWith(AFTER);
	}

	@Override
	String holderId(byte[] payload) {
		return "";
	}

	@Override
	public @Nullable SessionDocument document(byte[] payload) {
		return parse(payload, 0, payload.length);
	}

	@Override
	public String newHolderId() {
		return "";
	}

	@Override
	byte[] holder(String id, byte[] json) {
		return json;
	}

}
