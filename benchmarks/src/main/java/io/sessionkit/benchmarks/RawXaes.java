package io.sessionkit.benchmarks;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * XAES-256-GCM as its specification reads
 * (<a href="https://c2sp.org/XAES-256-GCM">c2sp.org/XAES-256-GCM</a>), the way an
 * application without a library would write it on plain JCA: K1 is computed once, each
 * message asks for its two ciphers anew. This is a floor to compare with, not for use.
 */
final class RawXaes {

	private static final int NONCE = 24;

	private static final int HALF_NONCE = 12;

	private static final int BLOCK = 16;

	private static final int TAG_BITS = 128;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final SecretKeySpec key;

	private final byte[] k1 = new byte[BLOCK];

	RawXaes(byte[] key) {
		this.key = new SecretKeySpec(key, "AES");
		byte[] l = ecb(new byte[BLOCK]);
		int carry = 0;
		for (int i = BLOCK - 1; i >= 0; i--) {
			this.k1[i] = (byte) (l[i] << 1 | carry);
			carry = (l[i] & 0x80) >> 7;
		}
		this.k1[BLOCK - 1] ^= (byte) (carry * 0x87);
	}

	byte[] seal(byte[] plaintext, byte[] associatedData) {
		byte[] nonce = new byte[NONCE];
		RANDOM.nextBytes(nonce);
		return seal(nonce, plaintext, associatedData);
	}

	private byte[] seal(byte[] nonce, byte[] plaintext, byte[] associatedData) {
		try {
			Cipher cipher = gcm(Cipher.ENCRYPT_MODE, nonce, associatedData);
			byte[] sealed = Arrays.copyOf(nonce, NONCE + plaintext.length + TAG_BITS / 8);
			cipher.doFinal(plaintext, 0, plaintext.length, sealed, NONCE);
			return sealed;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	byte[] open(byte[] sealed, byte[] associatedData) {
		try {
			return gcm(Cipher.DECRYPT_MODE, sealed, associatedData).doFinal(sealed, NONCE, sealed.length - NONCE);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Cipher gcm(int mode, byte[] nonce, byte[] associatedData) throws GeneralSecurityException {
		byte[] blocks = new byte[2 * BLOCK];
		for (int block = 0; block < 2; block++) {
			int start = block * BLOCK;
			blocks[start + 1] = (byte) (block + 1);
			blocks[start + 2] = 'X';
			System.arraycopy(nonce, 0, blocks, start + BLOCK - HALF_NONCE, HALF_NONCE);
			for (int i = 0; i < BLOCK; i++) {
				blocks[start + i] ^= this.k1[i];
			}
		}
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, new SecretKeySpec(ecb(blocks), "AES"),
				new GCMParameterSpec(TAG_BITS, nonce, HALF_NONCE, HALF_NONCE));
		cipher.updateAAD(associatedData);
		return cipher;
	}

	private byte[] ecb(byte[] blocks) {
		try {
			Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
			cipher.init(Cipher.ENCRYPT_MODE, this.key);
			return cipher.doFinal(blocks);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Proves by the first vector of the specification that the right thing is measured.
	 */
	static void check() {
		byte[] key = new byte[32];
		Arrays.fill(key, (byte) 1);
		byte[] sealed = new RawXaes(key).seal("ABCDEFGHIJKLMNOPQRSTUVWX".getBytes(US_ASCII),
				"XAES-256-GCM".getBytes(US_ASCII), new byte[0]);
		String hex = HexFormat.of().formatHex(sealed, NONCE, sealed.length);
		if (!hex.equals("ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271")) {
			throw new IllegalStateException("This is not XAES-256-GCM: " + hex);
		}
	}

}
