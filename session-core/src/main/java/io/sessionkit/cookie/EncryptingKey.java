package io.sessionkit.cookie;

import java.security.SecureRandom;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The key of format {@code s1}: {@code nonce[24] ciphertext tag[16]} by XAES-256-GCM,
 * with the context as associated data.
 */
final class EncryptingKey implements SealingKey {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Xaes256Gcm cipher;

	private final byte[] context;

	private final Consumer<byte[]> nonces;

	/**
	 * Makes a key; {@code nonces} fills an array, and is anything but random in tests
	 * only.
	 */
	EncryptingKey(byte[] key, byte[] context, Consumer<byte[]> nonces) {
		this.cipher = Xaes256Gcm.of(key);
		this.context = context;
		this.nonces = nonces;
	}

	/**
	 * Makes a key with random nonces; the version and the key id pick it and need no tag.
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
