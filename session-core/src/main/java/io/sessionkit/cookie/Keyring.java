package io.sessionkit.cookie;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The keys of one format, purpose and cookie name, one per secret, found by the key id
 * that is derived together with them.
 */
final class Keyring {

	/** The version in front of the key id; part of the frozen formats. */
	static final byte VERSION = 1;

	/** The length of the version and the key id. */
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
				throw Secrets.refused("Two different secrets have the same key id by chance, replace one");
			}
			byte[] head = new byte[HEAD_LENGTH];
			ByteBuffer.wrap(head).put(VERSION).putInt(id);
			this.ids[i] = id;
			this.keys[i] = factory.create(secrets.derive(i, label + " key", KEY_LENGTH), context, head);
		}
		this.names = IntStream.of(this.ids).mapToObj((id) -> HexFormat.of().toHexDigits(id)).toList();
	}

	/** Returns the position of the secret with this key id, or a negative number. */
	int find(int id) {
		return find(id, this.ids.length);
	}

	int id(int position) {
		return this.ids[position];
	}

	/** Returns the ids as people read them, in the order of the secrets. */
	List<String> names() {
		return this.names;
	}

	/** Returns the key of a secret, 0 being the one that writes. */
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

	/** Each part with its length in front, so that no two contexts read the same. */
	private static byte[] context(String... parts) {
		ByteBuffer context = ByteBuffer.allocate(1024);
		for (String part : parts) {
			byte[] bytes = part.getBytes(UTF_8);
			context.putShort((short) bytes.length).put(bytes);
		}
		return Arrays.copyOf(context.array(), context.position());
	}

}
