package io.sessionkit.cookie;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * XAES-256-GCM with one key, as in the C2SP specification
 * (<a href="https://c2sp.org/XAES-256-GCM">c2sp.org/XAES-256-GCM</a>), on top of plain
 * JCA. A nonce has 24 bytes. Its first half derives a key for AES-256-GCM, and its second
 * half is the nonce there. Random nonces are therefore safe for any number of messages.
 * Thread-safe.
 */
final class Xaes256Gcm {

	static final int NONCE_LENGTH = 24;

	static final int TAG_LENGTH = 16;

	private static final String AES = "AES";

	private static final String GCM_NAME = "AES/GCM/NoPadding";

	private static final String ECB_NAME = "AES/ECB/NoPadding";

	private static final int BLOCK = 16;

	private static final int HALF_NONCE = NONCE_LENGTH / 2;

	private static final Provider GCM_PROVIDER = provider(GCM_NAME);

	private static final Provider ECB_PROVIDER = provider(ECB_NAME);

	private static final boolean SELF_TEST = selfTest("ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");

	private final SecretKeySpec key;

	/**
	 * M1 and M2 of the specification without the nonce, already combined with K1 by XOR.
	 */
	private final byte[] masked;

	/**
	 * One initialized cipher is kept, because expanding an AES key costs as much as using
	 * it.
	 */
	private final AtomicReference<@Nullable Cipher> spare = new AtomicReference<>();

	private Xaes256Gcm(byte[] key) throws GeneralSecurityException {
		this.key = new SecretKeySpec(key, AES);
		this.masked = masked(takeCipher().doFinal(new byte[BLOCK]));
	}

	/**
	 * Creates the cipher for a key of 32 bytes.
	 * @throws IllegalStateException if the Java runtime does not reproduce the test
	 * vector of the specification
	 */
	static Xaes256Gcm of(byte[] key) {
		if (!SELF_TEST) {
			throw new IllegalStateException("XAES-256-GCM failed its self-test with the security providers "
					+ ECB_PROVIDER.getName() + " and " + GCM_PROVIDER.getName()
					+ ", which do not reproduce the test vector of c2sp.org/XAES-256-GCM. Do not use them.");
		}
		try {
			return new Xaes256Gcm(key);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("AES-256 does not work in this Java runtime", ex);
		}
	}

	/**
	 * Encrypts with the nonce that {@code buffer} contains at {@code offset}, and writes
	 * the ciphertext and the tag behind it.
	 */
	void encrypt(byte[] plaintext, byte[] associatedData, byte[] buffer, int offset) {
		try {
			cipher(Cipher.ENCRYPT_MODE, buffer, offset, associatedData).doFinal(plaintext, 0, plaintext.length, buffer,
					offset + NONCE_LENGTH);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("AES-256-GCM does not encrypt in this Java runtime", ex);
		}
	}

	/**
	 * Decrypts the nonce, the ciphertext and the tag from {@code offset} to the end.
	 * @return the plaintext, or {@code null} if it is not authentic
	 */
	byte @Nullable [] decrypt(byte[] sealed, byte[] associatedData, int offset) {
		int start = offset + NONCE_LENGTH;
		if (sealed.length < start + TAG_LENGTH) {
			return null;
		}
		try {
			return cipher(Cipher.DECRYPT_MODE, sealed, offset, associatedData).doFinal(sealed, start,
					sealed.length - start);
		}
		catch (GeneralSecurityException ex) {
			return null;
		}
	}

	private Cipher cipher(int mode, byte[] nonce, int offset, byte[] associatedData) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance(GCM_NAME, GCM_PROVIDER);
		cipher.init(mode, new SecretKeySpec(derive(nonce, offset), AES),
				new GCMParameterSpec(TAG_LENGTH * 8, nonce, offset + HALF_NONCE, HALF_NONCE));
		cipher.updateAAD(associatedData);
		return cipher;
	}

	/**
	 * Computes AES-CMAC of two messages of one block each, which takes one AES call per
	 * block.
	 */
	private byte[] derive(byte[] nonce, int offset) throws GeneralSecurityException {
		byte[] blocks = this.masked.clone();
		for (int i = 0; i < HALF_NONCE; i++) {
			blocks[BLOCK - HALF_NONCE + i] ^= nonce[offset + i];
			blocks[2 * BLOCK - HALF_NONCE + i] ^= nonce[offset + i];
		}
		Cipher cipher = takeCipher();
		byte[] derived = cipher.doFinal(blocks);
		this.spare.set(cipher);
		return derived;
	}

	private Cipher takeCipher() throws GeneralSecurityException {
		Cipher cipher = this.spare.getAndSet(null);
		if (cipher == null) {
			cipher = Cipher.getInstance(ECB_NAME, ECB_PROVIDER);
			cipher.init(Cipher.ENCRYPT_MODE, this.key);
		}
		return cipher;
	}

	/**
	 * Computes K1 of AES-CMAC (RFC 4493, section 2.3) from the encrypted zero block, and
	 * combines it with the constant part of both messages by XOR.
	 */
	private static byte[] masked(byte[] block) {
		byte[] masked = new byte[2 * BLOCK];
		for (int i = 0; i < BLOCK; i++) {
			int next = (i + 1 < BLOCK) ? (block[i + 1] & 0xFF) >> 7 : (block[0] < 0) ? 0x87 : 0;
			masked[i] = (byte) (block[i] << 1 ^ next);
			masked[BLOCK + i] = masked[i];
		}
		masked[1] ^= 1;
		masked[BLOCK + 1] ^= 2;
		masked[2] ^= 0x58;
		masked[BLOCK + 2] ^= 0x58;
		return masked;
	}

	private static Provider provider(String transformation) {
		try {
			return Cipher.getInstance(transformation).getProvider();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no " + transformation, ex);
		}
	}

	/**
	 * Checks the first test vector of the specification in both directions, and once with
	 * a flipped bit.
	 */
	static boolean selfTest(String expected) {
		byte[] nonce = "ABCDEFGHIJKLMNOPQRSTUVWX".getBytes(US_ASCII);
		byte[] plaintext = "XAES-256-GCM".getBytes(US_ASCII);
		byte[] none = new byte[0];
		byte[] key = new byte[32];
		Arrays.fill(key, (byte) 1);
		try {
			Xaes256Gcm cipher = new Xaes256Gcm(key);
			byte[] sealed = Arrays.copyOf(nonce, NONCE_LENGTH + plaintext.length + TAG_LENGTH);
			cipher.encrypt(plaintext, none, sealed, 0);
			boolean correct = HexFormat.of().formatHex(sealed, NONCE_LENGTH, sealed.length).equals(expected)
					&& Arrays.equals(plaintext, cipher.decrypt(sealed, none, 0));
			sealed[NONCE_LENGTH] ^= 1;
			return correct && cipher.decrypt(sealed, none, 0) == null;
		}
		catch (GeneralSecurityException | IllegalStateException ex) {
			return false;
		}
	}

}
