package io.sessionkit.cookie;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The formats {@code s1} (encrypted) and {@code i1} (signed). A value consists of a
 * version, a key id, and the payload as the key with that id protects it. The key id
 * selects the key, so several keys are never tried in turn.
 */
final class AuthenticatedCodec extends LabelledCodec {

	static final String ENCRYPTED = "s1";

	static final String SIGNED = "i1";

	private final Map<CookiePurpose, Keyring> keyrings = new EnumMap<>(CookiePurpose.class);

	private final Secrets secrets;

	AuthenticatedCodec(String label, String cookieName, Secrets secrets, SealingKey.Factory factory) {
		super(label, cookieName);
		this.secrets = secrets;
		for (CookiePurpose purpose : CookiePurpose.values()) {
			this.keyrings.put(purpose, new Keyring(label, purpose, cookieName, secrets, factory));
		}
	}

	static AuthenticatedCodec encrypted(String cookieName, Secrets secrets) {
		return new AuthenticatedCodec(ENCRYPTED, cookieName, secrets, EncryptingKey::create);
	}

	static AuthenticatedCodec signed(String cookieName, Secrets secrets) {
		return new AuthenticatedCodec(SIGNED, cookieName, secrets, SigningKey::new);
	}

	@Override
	boolean isAuthentic() {
		return true;
	}

	@Override
	SecretHash hash(String use) {
		return new SecretHash(use, cookieName(), this.secrets);
	}

	@Override
	byte[] sealBytes(CookiePurpose purpose, byte[] payload) {
		Keyring keyring = keyring(purpose);
		SealingKey key = keyring.key(0);
		byte[] bytes = new byte[Keyring.HEAD_LENGTH + key.overhead() + payload.length];
		ByteBuffer.wrap(bytes).put(Keyring.VERSION).putInt(keyring.id(0));
		key.seal(payload, bytes, Keyring.HEAD_LENGTH);
		return bytes;
	}

	@Override
	@Nullable OpenedCookie openBytes(CookiePurpose purpose, byte[] bytes, Consumer<CookieRejection> rejections) {
		if (bytes.length < Keyring.HEAD_LENGTH) {
			return rejected(rejections, CookieRejection.MALFORMED, "is too short");
		}
		if (bytes[0] != Keyring.VERSION) {
			return rejected(rejections, CookieRejection.UNKNOWN_VERSION, "has an unknown version");
		}
		Keyring keyring = keyring(purpose);
		int id = ByteBuffer.wrap(bytes).getInt(1);
		int position = keyring.find(id);
		if (position < 0) {
			return rejected(rejections, CookieRejection.UNKNOWN_KEY,
					"has the unknown key id " + HexFormat.of().toHexDigits(id));
		}
		byte[] payload = keyring.key(position).open(bytes, Keyring.HEAD_LENGTH);
		return (payload != null) ? new OpenedCookie(payload, keyring.names().get(position), position)
				: rejected(rejections, CookieRejection.FORGED, "is not authentic");
	}

	@Override
	List<String> keyIds(CookiePurpose purpose) {
		return keyring(purpose).names();
	}

	private Keyring keyring(CookiePurpose purpose) {
		Keyring keyring = this.keyrings.get(purpose);
		if (keyring == null) {
			throw new IllegalStateException("No keys for the purpose " + purpose);
		}
		return keyring;
	}

}
