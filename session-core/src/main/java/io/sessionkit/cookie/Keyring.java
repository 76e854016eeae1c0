package io.sessionkit.cookie;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The keys for one format, purpose and cookie name, one for each secret. A key is found
 * by its key id, which is derived together with it.
 */
final class Keyring {

	/** The version in front of the key id. It belongs to the frozen formats. */
	static final byte VERSION = 1;

	/** The length of the version and the key id, in bytes. */
	static final int HEAD_LENGTH = 5;

	private static final int KEY_LENGTH = 32;

	private static final int ID_LENGTH = HEAD_LENGTH - 1;

	private final int[] ids;

	private final SealingKey[] keys;

	private final List<String> names;

	/**
	 * Derives the keys.
	 * @throws CookieConfigurationException if two secrets have the same key id
	 */
	Keyring(String format, CookiePurpose purpose, String cookieName, Secrets secrets, SealingKey.Factory factory) {
		this.ids = new int[secrets.size()];
		this.keys = new SealingKey[secrets.size()];
		byte[] context = context(format, purpose.label(), cookieName);
		String label = "sessionkit " + format + " " + purpose.label();
		for (int i = 0; i < this.keys.length; i++) {
			int id = ByteBuffer.wrap(secrets.derive(i, label + " id", ID_LENGTH)).getInt();
			if (find(id, i) >= 0) {
				throw Secrets.refused("Two different secrets have the same key id by chance; replace one of them");
			}
			byte[] head = new byte[HEAD_LENGTH];
			ByteBuffer.wrap(head).put(VERSION).putInt(id);
			this.ids[i] = id;
			this.keys[i] = factory.create(secrets.derive(i, label + " key", KEY_LENGTH), context, head);
		}
		this.names = IntStream.of(this.ids).mapToObj((id) -> HexFormat.of().toHexDigits(id)).toList();
	}

	/** Returns the index of the secret with this key id; negative if there is none. */
	int find(int id) {
		return find(id, this.ids.length);
	}

	int id(int position) {
		return this.ids[position];
	}

	/** Returns the key ids as hexadecimal text, in the order of the secrets. */
	List<String> names() {
		return this.names;
	}

	/** Returns the key of a secret. The secret with index 0 is used for writing. */
	SealingKey key(int position) {
		return this.keys[position];
	}

	private int find(int id, int end) {
		for (int i = 0; i < end; i++) {
			if (this.ids[i] == id) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Concatenates the parts, each preceded by its length, so that no two contexts are
	 * the same.
	 */
	private static byte[] context(String... parts) {
		ByteBuffer context = ByteBuffer.allocate(1024);
		for (String part : parts) {
			byte[] bytes = part.getBytes(UTF_8);
			context.putShort((short) bytes.length).put(bytes);
		}
		return Arrays.copyOf(context.array(), context.position());
	}

}
