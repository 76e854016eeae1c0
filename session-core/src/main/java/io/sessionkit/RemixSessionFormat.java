package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.sessionkit.cookie.CookieFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The format of Remix 3. A document is {@code [values, flash]}. A cookie that holds a
 * session contains <code>{"i":id,"d":document}</code>, and a cookie that points to a
 * record contains the id.
 *
 * @see <a href="https://github.com/remix-run/remix/tree/main/packages/session">its
 * session package</a>
 */
final class RemixSessionFormat extends SharedSessionFormat {

	private static final String BEFORE_ID = "{\"i\":\"";

	private static final String AFTER_ID = "\",\"d\":";

	RemixSessionFormat(@Nullable SharedStorageStrategy strategy) {
		super(CookieFormat.REMIX, "", strategy);
	}

	@Override
	boolean read(JsonParser parser, byte[] bytes, int offset, SessionDocument document) {
		return parser.nextToken() == JsonToken.START_ARRAY && readMap(parser, bytes, offset, document.values())
				&& readMap(parser, bytes, offset, document.flash()) && parser.nextToken() == JsonToken.END_ARRAY;
	}

	@Override
	void write(ByteArrayOutputStream out, SessionDocument document) {
		out.write('[');
		writeMap(out, document.values());
		out.write(',');
		writeMap(out, document.flash());
		out.write(']');
	}

	@Override
	String holderId(byte[] payload) {
		String text = new String(payload, StandardCharsets.ISO_8859_1);
		int end = text.startsWith(BEFORE_ID) ? text.indexOf('"', BEFORE_ID.length()) : -1;
		String id = (end > 0 && text.startsWith(AFTER_ID, end)) ? text.substring(BEFORE_ID.length(), end) : "";
		return SharedStorageStrategy.isRandomId(id) ? id : "";
	}

	@Override
	public @Nullable SessionDocument document(byte[] payload) {
		String id = holderId(payload);
		int begin = BEFORE_ID.length() + id.length() + AFTER_ID.length();
		int last = payload.length - 1;
		return (!id.isEmpty() && payload[last] == '}') ? parse(payload, begin, last - begin) : null;
	}

	@Override
	public String newHolderId() {
		return SessionIds.text(SessionIds.random(SessionIds.COOKIE_ID));
	}

	@Override
	byte[] holder(String id, byte[] json) {
		byte[] beginning = (BEFORE_ID + id + AFTER_ID).getBytes(StandardCharsets.US_ASCII);
		byte[] payload = Arrays.copyOf(beginning, beginning.length + json.length + 1);
		System.arraycopy(json, 0, payload, beginning.length, json.length);
		payload[payload.length - 1] = '}';
		return payload;
	}

}
