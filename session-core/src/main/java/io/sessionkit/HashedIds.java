package io.sessionkit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.sessionkit.cookie.OpenedCookie;
import org.jspecify.annotations.Nullable;

/**
 * Ids of 32 random bytes, of which the store sees a hash. The payload of the cookie is
 * {@code issued[5] id[32]}.
 */
final class HashedIds implements RecordIds {

	private static final int PAYLOAD = EpochSeconds.BYTES + SessionIds.RECORD_ID;

	@Override
	public BroughtCookies read(StorageCookie cookie, List<String> values) {
		return cookie.latest(values, PAYLOAD, HashedIds::id);
	}

	private static @Nullable CookieId id(OpenedCookie opened) {
		byte[] payload = opened.payload();
		return (payload.length != PAYLOAD) ? null
				: new CookieId(SessionIds.text(Arrays.copyOfRange(payload, EpochSeconds.BYTES, PAYLOAD)),
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
