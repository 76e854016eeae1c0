package io.sessionkit.cookie;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The format {@code u1}: the payload as it is. Anybody can make such a value, so it is
 * refused for a whole session.
 */
final class UnsignedFormat extends ValueFormat {

	UnsignedFormat(String cookieName) {
		super("u1", cookieName);
	}

	@Override
	@Nullable SecretHash hash(String use) {
		return null;
	}

	@Override
	byte[] sealBytes(CookiePurpose purpose, byte[] payload) {
		if (purpose == CookiePurpose.SESSION) {
			throw new IllegalStateException("A session is never written into an unsigned cookie: give the cookie"
					+ " secrets with encryptedWith(...) or signedWith(...), or keep only the id in it");
		}
		return payload;
	}

	@Override
	@Nullable OpenedCookie openBytes(CookiePurpose purpose, byte[] bytes, Consumer<CookieRejection> rejections) {
		if (purpose == CookiePurpose.SESSION) {
			return rejected(rejections, CookieRejection.MALFORMED, "is unsigned, which is never read as a session");
		}
		return new OpenedCookie(bytes, "", 0);
	}

	@Override
	List<String> keyIds(CookiePurpose purpose) {
		return List.of();
	}

}
