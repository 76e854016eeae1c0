package io.sessionkit.benchmarks.load;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bytes in the cookie by AES-256-GCM with a random nonce, as one writes it by hand.
 */
final class CookieFloor implements FloorStore {

	private static final int NONCE = 12;

	private static final int TAG = 16;

	private final SecureRandom random = new SecureRandom();

	private final SecretKeySpec key;

	CookieFloor() {
		byte[] key = new byte[32];
		this.random.nextBytes(key);
		this.key = new SecretKeySpec(key, "AES");
	}

	@Override
	public String create(byte[] json) {
		try {
			byte[] nonce = new byte[NONCE];
			this.random.nextBytes(nonce);
			byte[] sealed = Arrays.copyOf(nonce, NONCE + json.length + TAG);
			cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(json, 0, json.length, sealed, NONCE);
			return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public byte[] read(String cookie) {
		try {
			byte[] sealed = Base64.getUrlDecoder().decode(cookie);
			return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE)).doFinal(sealed, NONCE,
					sealed.length - NONCE);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, this.key, new GCMParameterSpec(TAG * 8, nonce));
		return cipher;
	}

	@Override
	public String write(String cookie, byte[] json) {
		return create(json);
	}

}
