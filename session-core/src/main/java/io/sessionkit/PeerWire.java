package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The documents of the peers: values and flash, and no room for anything else. JSON is
 * written as {@code JSON.stringify} writes it; of what was read and not touched the names
 * are written anew, and the values stay the bytes they came in.
 */
abstract sealed class PeerWire implements SessionWire permits ReactRouterWire, RemixWire {

	private final String peer;

	PeerWire(String peer) {
		this.peer = peer;
	}

	@Override
	public final boolean isShared() {
		return true;
	}

	@Override
	public final @Nullable SessionDocument parse(byte[] bytes, int offset, int length) {
		// Another encoding, or a mark of one, is none of JSON.stringify.
		if (length < 2 || (bytes[offset] != '{' && bytes[offset] != '[') || bytes[offset + 1] == 0) {
			return null;
		}
		SessionDocument document = new SessionDocument();
		try (JsonParser parser = SessionJson.strictParser(bytes, offset, length)) {
			return (read(parser, bytes, offset, document) && parser.nextToken() == null) ? document : null;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return null;
		}
	}

	abstract boolean read(JsonParser parser, byte[] bytes, int offset, SessionDocument document);

	static boolean readMap(JsonParser parser, byte[] bytes, int offset, Map<String, JsonSlice> map) {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			return false;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			map.put(name, SessionDocument.slice(parser, bytes, offset));
		}
		return true;
	}

	@Override
	public final byte[] toBytes(SessionDocument document) {
		if (document.subject() != null || document.life() != null || !document.attributes().isEmpty()) {
			throw noRoom();
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream(512);
		write(out, document);
		byte[] bytes = out.toByteArray();
		SessionJson.requireFewTokens(bytes);
		return bytes;
	}

	abstract void write(ByteArrayOutputStream out, SessionDocument document);

	static void writeMap(ByteArrayOutputStream out, Map<String, JsonSlice> map) {
		out.write('{');
		int written = 0;
		for (String name : EcmaScript.inOrder(map.keySet())) {
			if (written++ > 0) {
				out.write(',');
			}
			EcmaScript.quote(out, name);
			out.write(':');
			JsonSlice value = map.get(name);
			if (value != null) {
				value.writeTo(out);
			}
		}
		out.write('}');
	}

	@Override
	public final byte[] spell(String name, byte[] json) {
		return PeerJson.of(this.peer, name, json);
	}

	final IllegalStateException noAttributes(String name) {
		return new IllegalStateException("'" + name + "' cannot be kept in a session that is shared with " + this.peer
				+ ", where the other program could write it too; keep it elsewhere, such as in a cookie of its own, or "
				+ "use the sealed wire");
	}

	final IllegalStateException noRoom() {
		return new IllegalStateException("A session that is shared with " + this.peer + " has no room for a subject or "
				+ "a life of its own; set the max-age of the cookie or of a commit, or use the sealed wire");
	}

}
