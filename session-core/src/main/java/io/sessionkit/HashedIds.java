package io.sessionkit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.sessionkit.Origin.CookieId;
import io.sessionkit.cookie.CookieRejection;
import io.sessionkit.cookie.OpenedCookie;
import org.jspecify.annotations.Nullable;

/**
 * Ids of 32 random bytes, of which the store sees a hash. The payload of the cookie is
 * {@code issued[5] id[32]}.
 */
final class HashedIds implements RecordIds {

	private static final int PAYLOAD = EpochSeconds.BYTES + SessionIds.RECORD_ID;

	@Override
	public @Nullable CookieId read(StorageCookie cookie, List<String> values) {
		OpenedCookie opened = cookie.latest(values, 0, PAYLOAD);
		if (opened == null) {
			return null;
		}
		byte[] payload = opened.payload();
		if (payload.length != PAYLOAD) {
			cookie.rejected(CookieRejection.UNREADABLE, "is too long");
			return null;
		}
		return new CookieId(SessionIds.text(Arrays.copyOfRange(payload, EpochSeconds.BYTES, PAYLOAD)),
				EpochSeconds.get(payload, 0), opened.olderSecret());
	}

	@Override
	public byte[] payload(String id, Instant issued) {
		byte[] payload = new byte[PAYLOAD];
		EpochSeconds.put(payload, 0, issued);
		System.arraycopy(SessionIds.bytes(id), 0, payload, EpochSeconds.BYTES, SessionIds.RECORD_ID);
		return payload;
	}

	@Override
	public String newId() {
		return SessionIds.text(SessionIds.random(SessionIds.RECORD_ID));
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
