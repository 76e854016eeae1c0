package io.sessionkit.cookie;

import java.security.SecureRandom;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The key of the format {@code s1}, which is {@code nonce[24] ciphertext tag[16]} by
 * XAES-256-GCM. The context is the associated data.
 */
final class EncryptingKey implements SealingKey {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Xaes256Gcm cipher;

	private final byte[] context;

	private final Consumer<byte[]> nonces;

	/**
	 * Creates a key.
	 * @param nonces fills an array with a nonce; not random in tests only
	 */
	EncryptingKey(byte[] key, byte[] context, Consumer<byte[]> nonces) {
		this.cipher = Xaes256Gcm.of(key);
		this.context = context;
		this.nonces = nonces;
	}

	/**
	 * Creates a key with random nonces. The version and the key id select the key, so
	 * they need not be authenticated.
	 */
	static SealingKey create(byte[] key, byte[] context, byte[] head) {
		return new EncryptingKey(key, context, RANDOM::nextBytes);
	}

	@Override
	public int overhead() {
		return Xaes256Gcm.NONCE_LENGTH + Xaes256Gcm.TAG_LENGTH;
	}

	@Override
	public void seal(byte[] payload, byte[] output, int offset) {
		byte[] nonce = new byte[Xaes256Gcm.NONCE_LENGTH];
		this.nonces.accept(nonce);
		System.arraycopy(nonce, 0, output, offset, nonce.length);
		this.cipher.encrypt(payload, this.context, output, offset);
	}

	@Override
	public byte @Nullable [] open(byte[] sealed, int offset) {
		return this.cipher.decrypt(sealed, this.context, offset);
	}

}
