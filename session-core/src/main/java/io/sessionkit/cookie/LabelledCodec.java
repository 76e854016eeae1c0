package io.sessionkit.cookie;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** SessionKit's own formats: a label, a dot, and base64url. */
abstract sealed class LabelledCodec extends ValueCodec permits AuthenticatedCodec, UnsignedCodec {

	private final String prefix;

	LabelledCodec(String label, String cookieName) {
		super(label, cookieName);
		this.prefix = label + ".";
	}

	@Override
	final CookieFormat format() {
		return CookieFormat.DEFAULT;
	}

	@Override
	final String seal(CookiePurpose purpose, byte[] payload) {
		return this.prefix + Base64Url.encode(sealBytes(purpose, payload));
	}

	@Override
	final @Nullable OpenedCookie openText(CookiePurpose purpose, String value, Consumer<CookieRejection> rejections) {
		if (!value.startsWith(this.prefix)) {
			return rejected(rejections, CookieRejection.MALFORMED, "does not start with " + this.prefix);
		}
		byte[] bytes = Base64Url.decode(value, this.prefix.length());
		return (bytes != null) ? openBytes(purpose, bytes, rejections)
				: rejected(rejections, CookieRejection.MALFORMED, "is not canonical base64url");
	}

	abstract byte[] sealBytes(CookiePurpose purpose, byte[] payload);

	abstract @Nullable OpenedCookie openBytes(CookiePurpose purpose, byte[] bytes,
			Consumer<CookieRejection> rejections);

}
