package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.sessionkit.cookie.CookieWire;
import io.sessionkit.cookie.OpenedCookie;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a peer: the document as it is in React Router,
 * <code>{"i":id,"d":document}</code> in Remix. Neither tells when it was made or ends.
 */
final class PeerEnvelope implements CookieEnvelope {

	private static final byte[] BEFORE_ID = ascii("{\"i\":\"");

	private static final byte[] AFTER_ID = ascii("\",\"d\":");

	/** The dot and the base64 of a signature. */
	private static final int SIGNATURE = 44;

	private final SessionWire wire;

	private final boolean hasId;

	PeerEnvelope(CookieWire wire) {
		this.wire = SessionWire.of(wire);
		this.hasId = wire == CookieWire.REMIX;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public int limit(SessionCookie cookie) {
		return (SessionCookie.MAX_BYTES - cookie.header("").length() - SIGNATURE) * 3 / 4;
	}

	@Override
	public BroughtCookies pick(StorageCookie cookie, List<String> values) {
		return cookie.first(values, this::id);
	}

	/** Long ago, since nobody knows when. */
	private CookieId id(OpenedCookie opened) {
		byte[] payload = opened.payload();
		int end = endOfId(payload);
		String id = (end > 0)
				? new String(payload, BEFORE_ID.length, end - BEFORE_ID.length, StandardCharsets.ISO_8859_1) : "";
		return new CookieId(id, Instant.EPOCH, opened.olderSecret());
	}

	/** Where the id ends; 0 if it has none, as in React Router, or none that we take. */
	private int endOfId(byte[] payload) {
		if (!this.hasId || !startsWith(payload, 0, BEFORE_ID)) {
			return 0;
		}
		int end = BEFORE_ID.length;
		while (end < payload.length && payload[end] != '"') {
			end++;
		}
		String id = new String(payload, BEFORE_ID.length, end - BEFORE_ID.length, StandardCharsets.ISO_8859_1);
		return (SharedStorageStrategy.isRandomId(id) && startsWith(payload, end, AFTER_ID)) ? end : 0;
	}

	private static boolean startsWith(byte[] bytes, int offset, byte[] beginning) {
		int end = offset + beginning.length;
		return end <= bytes.length && Arrays.equals(bytes, offset, end, beginning, 0, beginning.length);
	}

	@Override
	public boolean isNewer(byte[] payload) {
		return false;
	}

	@Override
	public @Nullable Instant created(byte[] payload) {
		return null;
	}

	@Override
	public @Nullable Instant expires(byte[] payload) {
		return null;
	}

	@Override
	public @Nullable SessionDocument document(byte[] payload) {
		if (!this.hasId) {
			return this.wire.parse(payload, 0, payload.length);
		}
		int end = endOfId(payload);
		int last = payload.length - 1;
		return (end > 0 && payload[last] == '}')
				? this.wire.parse(payload, end + AFTER_ID.length, last - end - AFTER_ID.length) : null;
	}

	@Override
	public String newId() {
		return this.hasId ? SessionIds.text(SessionIds.random(SessionIds.COOKIE_ID)) : "";
	}

	@Override
	public byte[] payload(String id, Instant created, Instant issued, Instant expires, SessionDocument document) {
		byte[] json = this.wire.toBytes(document);
		if (!this.hasId) {
			return json;
		}
		byte[] beginning = ascii("{\"i\":\"" + id + "\",\"d\":");
		byte[] payload = Arrays.copyOf(beginning, beginning.length + json.length + 1);
		System.arraycopy(json, 0, payload, beginning.length, json.length);
		payload[payload.length - 1] = '}';
		return payload;
	}

}
