package io.sessionkit.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.lettuce.core.GetExArgs;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The least that keeps some bytes between requests.
 */
interface FloorStore {

	/** Keeps new bytes and returns what the cookie says. */
	String create(byte[] json);

	byte @Nullable [] read(String cookie);

	/** Replaces the bytes; returns a new cookie, or {@code null} where it stays. */
	@Nullable String write(String cookie, byte[] json);

	/**
	 * The bytes in the cookie by AES-256-GCM with a random nonce, as one writes it by
	 * hand.
	 */
	final class InCookie implements FloorStore {

		private static final int NONCE = 12;

		private static final int TAG = 16;

		private final SecureRandom random = new SecureRandom();

		private final SecretKeySpec key;

		InCookie() {
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

	/**
	 * One GETEX to read, which renews, and one SET to write.
	 *
	 * @param commands of one shared connection
	 */
	record InRedis(RedisCommands<byte[], byte[]> commands) implements FloorStore {

		private static final long SECONDS = 1800;

		@Override
		public String create(byte[] json) {
			String id = UUID.randomUUID().toString();
			write(id, json);
			return id;
		}

		@Override
		public byte @Nullable [] read(String cookie) {
			return this.commands.getex(key(cookie), GetExArgs.Builder.ex(SECONDS));
		}

		@Override
		public @Nullable String write(String cookie, byte[] json) {
			this.commands.set(key(cookie), json, SetArgs.Builder.ex(SECONDS));
			return null;
		}

		private static byte[] key(String id) {
			return ("floor:" + id).getBytes(StandardCharsets.US_ASCII);
		}

	}

	/**
	 * One statement each.
	 *
	 * @param jdbc the database
	 */
	record InTable(JdbcTemplate jdbc) implements FloorStore {

		/** Makes the table where it is missing. */
		public InTable {
			jdbc.execute("CREATE TABLE IF NOT EXISTS floor (id VARCHAR(36) PRIMARY KEY, json BYTEA NOT NULL)");
		}

		@Override
		public String create(byte[] json) {
			String id = UUID.randomUUID().toString();
			this.jdbc.update("INSERT INTO floor (id, json) VALUES (?, ?)", id, json);
			return id;
		}

		@Override
		public byte @Nullable [] read(String cookie) {
			return this.jdbc.queryForObject("SELECT json FROM floor WHERE id = ?", byte[].class, cookie);
		}

		@Override
		public @Nullable String write(String cookie, byte[] json) {
			this.jdbc.update("UPDATE floor SET json = ? WHERE id = ?", json, cookie);
			return null;
		}

	}

}
