package io.sessionkit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.sessionkit.cookie.OpenedCookie;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * The payload {@code flags[1] sid[16] created[5] issued[5] expires[5] document}, padded
 * with spaces to a multiple of 32 bytes.
 */
final class SealedEnvelope implements CookieEnvelope {

	private static final int SID = 1;

	private static final int CREATED = SID + SessionIds.COOKIE_ID;

	private static final int ISSUED = CREATED + EpochSeconds.BYTES;

	private static final int EXPIRES = ISSUED + EpochSeconds.BYTES;

	private static final int HEADER = EXPIRES + EpochSeconds.BYTES;

	private static final int BLOCK = 32;

	@Override
	public int limit(SessionCookie cookie) {
		return (SessionCookie.MAX_BYTES - cookie.header("").length()) * 3 / 4 - HEADER;
	}

	@Override
	public BroughtCookies pick(StorageCookie cookie, List<String> values) {
		return cookie.latest(values, HEADER, SealedEnvelope::id);
	}

	private static CookieId id(OpenedCookie opened) {
		byte[] payload = opened.payload();
		return new CookieId(SessionIds.text(Arrays.copyOfRange(payload, SID, CREATED)),
				EpochSeconds.get(payload, ISSUED), opened.olderSecret());
	}

	@Override
	public boolean isNewer(byte[] payload) {
		return payload[0] != 0;
	}

	@Override
	public Instant created(byte[] payload) {
		return EpochSeconds.get(payload, CREATED);
	}

	@Override
	public Instant expires(byte[] payload) {
		return EpochSeconds.get(payload, EXPIRES);
	}

	@Override
	public @Nullable SessionDocument document(byte[] payload) {
		return SessionDocument.parse(payload, HEADER, payload.length - HEADER);
	}

	@Override
	public String newId() {
		return SessionIds.text(SessionIds.random(SessionIds.COOKIE_ID));
	}

	@Override
	public byte[] payload(String id, Instant created, Instant issued, Instant expires, SessionDocument document) {
		byte[] json = document.toBytes();
		int length = (HEADER + json.length + BLOCK - 1) / BLOCK * BLOCK;
		byte[] payload = new byte[length];
		System.arraycopy(SessionIds.bytes(id), 0, payload, SID, SessionIds.COOKIE_ID);
		EpochSeconds.put(payload, CREATED, created);
		EpochSeconds.put(payload, ISSUED, issued);
		EpochSeconds.put(payload, EXPIRES, expires);
		System.arraycopy(json, 0, payload, HEADER, json.length);
		Arrays.fill(payload, HEADER + json.length, length, (byte) ' ');
		return payload;
	}

}
