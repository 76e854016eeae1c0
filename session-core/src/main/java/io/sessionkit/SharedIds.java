package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.sessionkit.cookie.CookieWire;
import io.sessionkit.cookie.OpenedCookie;
import org.jspecify.annotations.Nullable;

/**
 * Ids that a peer knows too, and so the store: in the cookie of React Router as the text
 * of JSON, in that of Remix as they are.
 */
final class SharedIds implements RecordIds {

	private final SharedStorageStrategy strategy;

	private final String quote;

	SharedIds(SharedStorageStrategy strategy) {
		this.strategy = strategy;
		this.quote = (strategy.wire() == CookieWire.REACT_ROUTER) ? "\"" : "";
	}

	@Override
	public BroughtCookies read(StorageCookie cookie, List<String> values) {
		return cookie.first(values, this::id);
	}

	private @Nullable CookieId id(OpenedCookie opened) {
		String text = new String(opened.payload(), StandardCharsets.ISO_8859_1);
		int quotes = this.quote.length();
		boolean quoted = text.length() >= 2 * quotes && text.startsWith(this.quote) && text.endsWith(this.quote);
		String id = quoted ? text.substring(quotes, text.length() - quotes) : "";
		// Long ago, since nobody knows when.
		return this.strategy.isId(id) ? new CookieId(id, Instant.EPOCH, opened.olderSecret()) : null;
	}

	@Override
	public byte[] payload(String id, Instant issued) {
		return (this.quote + id + this.quote).getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public String newId() {
		return this.strategy.newId();
	}

	@Override
	public String key(String id) {
		return id;
	}

	@Override
	public String shown(String key) {
		return SessionIds.key(key);
	}

	@Override
	public long version(SessionRecord written) {
		return SharedStorageStrategy.version(written.body());
	}

}
