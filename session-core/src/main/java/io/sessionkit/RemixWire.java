package io.sessionkit;

import java.io.ByteArrayOutputStream;

import io.sessionkit.cookie.CookieWire;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The document of Remix 3: {@code [values, flash]}.
 *
 * @see <a href="https://github.com/remix-run/remix/tree/main/packages/session">its
 * session package</a>
 */
final class RemixWire extends PeerWire {

	RemixWire() {
		super(CookieWire.REMIX.peer());
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
	public void requireName(String name) {
		// Values and flash never meet.
	}

}
