package io.sessionkit.cookie;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The format {@code u1}, which is the payload as it is. Anybody can forge such a value,
 * so it is refused for a whole session.
 */
final class UnsignedCodec extends LabelledCodec {

	UnsignedCodec(String cookieName) {
		super("u1", cookieName);
	}

	@Override
	boolean isAuthentic() {
		return false;
	}

	@Override
	@Nullable SecretHash hash(String use) {
		return null;
	}

	@Override
	byte[] sealBytes(CookiePurpose purpose, byte[] payload) {
		if (purpose == CookiePurpose.SESSION) {
			throw unsignedSession();
		}
		return payload;
	}

	@Override
	@Nullable OpenedCookie openBytes(CookiePurpose purpose, byte[] bytes, Consumer<CookieRejection> rejections) {
		if (purpose == CookiePurpose.SESSION) {
			return rejectedUnsigned(rejections);
		}
		return new OpenedCookie(bytes, "", 0);
	}

	@Override
	List<String> keyIds(CookiePurpose purpose) {
		return List.of();
	}

}
