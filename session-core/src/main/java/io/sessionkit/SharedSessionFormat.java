package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.OpenedCookie;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The format of a peer. A document has values and flash attributes and nothing else. JSON
 * is written as {@code JSON.stringify} writes it. If a value was read and not changed,
 * its name is rewritten and the value stays its original bytes. A cookie says neither
 * when it was issued nor when it expires. The peer, and therefore the store, knows the id
 * as it is.
 */
abstract sealed class SharedSessionFormat implements SessionFormat
		permits ReactRouterSessionFormat, RemixSessionFormat {

	/** The length of the dot and the base64 of a signature. */
	private static final int SIGNATURE = 44;

	private final String peer;

	private final String quote;

	private final @Nullable SharedStorageStrategy strategy;

	/**
	 * Creates the format for a storage.
	 * @param quote the character around an id in a cookie
	 * @param strategy creates and checks the ids of records; {@code null} if there are
	 * none
	 */
	SharedSessionFormat(CookieFormat format, String quote, @Nullable SharedStorageStrategy strategy) {
		this.peer = format.peer();
		this.quote = quote;
		this.strategy = strategy;
	}

	@Override
	public final @Nullable SessionDocument parse(byte[] bytes, int offset, int length) {
		// JSON.stringify writes neither another encoding nor a byte order mark.
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
	public final BiFunction<String, byte[], byte[]> spelling() {
		return (name, json) -> SharedJson.of(this.peer, name, json);
	}

	final IllegalStateException noAttributes(String name) {
		return new IllegalStateException("'" + name + "' cannot be kept in a session that is shared with " + this.peer
				+ ", where the other program could write it too; keep it elsewhere, such as in a cookie of its own, or "
				+ "use the default format");
	}

	final SessionSerializationException noClass(String name, Object value) {
		return new SessionSerializationException(
				"The value of '%s' (%s) cannot be kept in a session that is shared with ".formatted(Names.shown(name),
						value.getClass().getName()) + this.peer
						+ ", which knows no classes: set text, numbers, booleans, or lists and maps of these");
	}

	final IllegalStateException noRoom() {
		return new IllegalStateException("A session that is shared with " + this.peer + " has no room for a subject or "
				+ "a timeout of its own; set the max-age of the cookie or of a commit, or use the default format");
	}

	@Override
	public final int limit(SessionCookie cookie) {
		return (SessionCookie.MAX_BYTES - cookie.header("").length() - SIGNATURE) * 3 / 4;
	}

	@Override
	public final BroughtCookies holders(StorageCookie cookie, List<String> values) {
		return cookie.first(values, (opened) -> brought(holderId(opened.payload()), opened));
	}

	/** Treats the cookie as issued long ago, because its age is not known. */
	private static CookieId brought(String id, OpenedCookie opened) {
		return new CookieId(id, Instant.EPOCH, opened.olderSecret());
	}

	/**
	 * Returns the id in a cookie that holds a session; empty if it has none, or one that
	 * is not accepted.
	 */
	abstract String holderId(byte[] payload);

	@Override
	public final boolean isNewer(byte[] payload) {
		return false;
	}

	@Override
	public final Instant created(byte[] payload, Instant now) {
		return now;
	}

	@Override
	public final Instant expires(byte[] payload, Instant end) {
		return end;
	}

	@Override
	public final byte[] holder(String id, Instant created, Instant issued, Instant expires, SessionDocument document) {
		return holder(id, toBytes(document));
	}

	abstract byte[] holder(String id, byte[] json);

	@Override
	public final BroughtCookies pointers(StorageCookie cookie, List<String> values) {
		return cookie.first(values, this::pointed);
	}

	private @Nullable CookieId pointed(OpenedCookie opened) {
		String text = new String(opened.payload(), StandardCharsets.ISO_8859_1);
		int quotes = this.quote.length();
		boolean quoted = text.length() >= 2 * quotes && text.startsWith(this.quote) && text.endsWith(this.quote);
		String id = quoted ? text.substring(quotes, text.length() - quotes) : "";
		return strategy().isId(id) ? brought(id, opened) : null;
	}

	private SharedStorageStrategy strategy() {
		return Objects.requireNonNull(this.strategy, "A cookie that holds its session points to no record");
	}

	@Override
	public final String newRecordId() {
		return strategy().newId();
	}

	@Override
	public final byte[] pointer(String id, Instant issued) {
		return (this.quote + id + this.quote).getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public final String key(String id) {
		return id;
	}

	@Override
	public final String shown(String key) {
		return SessionIds.key(key);
	}

	@Override
	public final long version(SessionRecord written) {
		return SharedStorageStrategy.version(written.body());
	}

}
