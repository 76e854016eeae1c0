package io.sessionkit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.sessionkit.cookie.OpenedCookie;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * The default format, which no other program reads. A cookie that holds a session is
 * {@code flags[1] sid[16] created[5] issued[5] expires[5] document}, padded with spaces
 * to a multiple of 32 bytes. A cookie that points to a record is
 * {@code issued[5] id[32]}, and the store receives a hash of the id.
 */
final class OwnSessionFormat implements SessionFormat {

	static final OwnSessionFormat INSTANCE = new OwnSessionFormat();

	private static final int SID = 1;

	private static final int CREATED = SID + SessionIds.COOKIE_ID;

	private static final int ISSUED = CREATED + EpochSeconds.BYTES;

	private static final int EXPIRES = ISSUED + EpochSeconds.BYTES;

	private static final int HEADER = EXPIRES + EpochSeconds.BYTES;

	private static final int BLOCK = 32;

	private static final int POINTER = EpochSeconds.BYTES + SessionIds.RECORD_ID;

	private OwnSessionFormat() {
	}

	@Override
	public @Nullable SessionDocument parse(byte[] bytes, int offset, int length) {
		return SessionDocument.parse(bytes, offset, length);
	}

	@Override
	public byte[] toBytes(SessionDocument document) {
		return document.toBytes();
	}

	@Override
	public int limit(SessionCookie cookie) {
		return (SessionCookie.MAX_BYTES - cookie.header("").length()) * 3 / 4 - HEADER;
	}

	@Override
	public BroughtCookies holders(StorageCookie cookie, List<String> values) {
		return cookie.latest(values, HEADER, (opened) -> id(opened, SID, CREATED, ISSUED));
	}

	private static CookieId id(OpenedCookie opened, int from, int to, int issued) {
		byte[] payload = opened.payload();
		return new CookieId(SessionIds.text(Arrays.copyOfRange(payload, from, to)), EpochSeconds.get(payload, issued),
				opened.olderSecret());
	}

	@Override
	public boolean isNewer(byte[] payload) {
		return payload[0] != 0;
	}

	@Override
	public Instant created(byte[] payload, Instant now) {
		return EpochSeconds.get(payload, CREATED);
	}

	@Override
	public Instant expires(byte[] payload, Instant end) {
		return EpochSeconds.get(payload, EXPIRES);
	}

	@Override
	public @Nullable SessionDocument document(byte[] payload) {
		return parse(payload, HEADER, payload.length - HEADER);
	}

	@Override
	public String newHolderId() {
		return SessionIds.text(SessionIds.random(SessionIds.COOKIE_ID));
	}

	@Override
	public byte[] holder(String id, Instant created, Instant issued, Instant expires, SessionDocument document) {
		byte[] json = toBytes(document);
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

	@Override
	public BroughtCookies pointers(StorageCookie cookie, List<String> values) {
		return cookie.latest(values, POINTER,
				(opened) -> (opened.payload().length == POINTER) ? id(opened, EpochSeconds.BYTES, POINTER, 0) : null);
	}

	@Override
	public String newRecordId() {
		return SessionIds.text(SessionIds.random(SessionIds.RECORD_ID));
	}

	@Override
	public byte[] pointer(String id, Instant issued) {
		byte[] payload = new byte[POINTER];
		EpochSeconds.put(payload, 0, issued);
		System.arraycopy(SessionIds.bytes(id), 0, payload, EpochSeconds.BYTES, SessionIds.RECORD_ID);
		return payload;
	}

	@Override
	public String key(String id) {
		return SessionIds.key(id);
	}

	@Override
	public String shown(String key) {
		return key;
	}

	@Override
	public long version(SessionRecord written) {
		return written.version();
	}

}
