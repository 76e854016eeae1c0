package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * Writes a record as one array of bytes, for stores that keep nothing else, such as
 * files, Redis, or objects in a bucket. <pre>
 * sessionkit1 &lt;version&gt; &lt;expires, epoch milliseconds&gt; &lt;CRC-32C&gt;\n&lt;body&gt;
 * </pre> The checksum has 8 hexadecimal digits and covers the body and everything before
 * the space that precedes the checksum. It detects damage, but not forgery: whoever can
 * write to the store is trusted.
 */
public final class SessionRecordFormat {

	private static final String MAGIC = "sessionkit1";

	/** Two numbers with up to 20 characters each, and the other parts of the header. */
	private static final int LONGEST_HEADER = 64;

	private static final int PARTS = 4;

	private SessionRecordFormat() {
	}

	/**
	 * Writes a record.
	 * @param record the record
	 * @return a header line, followed by the unchanged body
	 */
	public static byte[] write(SessionRecord record) {
		String summed = MAGIC + " " + record.version() + " " + record.expires().toEpochMilli();
		byte[] bytesSummed = summed.getBytes(StandardCharsets.US_ASCII);
		byte[] header = (summed + " " + sum(bytesSummed, bytesSummed.length, record.body(), 0) + "\n")
			.getBytes(StandardCharsets.US_ASCII);
		byte[] bytes = Arrays.copyOf(header, header.length + record.body().length);
		System.arraycopy(record.body(), 0, bytes, header.length, record.body().length);
		return bytes;
	}

	/**
	 * Reads a record. Data that is not a record, because it is truncated, overwritten, or
	 * has a future version, counts as absent. A warning is logged then.
	 * @param key the key of the record; the warning contains the beginning of it
	 * @param bytes the stored data
	 * @return the record, or {@code null} if the data is not a record
	 */
	public static @Nullable SessionRecord read(String key, byte[] bytes) {
		SessionRecord record = parse(bytes);
		if (record == null) {
			Warnings.unreadableRecord(key);
		}
		return record;
	}

	private static @Nullable SessionRecord parse(byte[] bytes) {
		int[] ends = new int[PARTS];
		if (!findParts(bytes, ends) || !text(bytes, 0, ends[0]).equals(MAGIC)
				|| !sum(bytes, ends[2], bytes, ends[3] + 1).equals(text(bytes, ends[2] + 1, ends[3]))) {
			return null;
		}
		try {
			return new SessionRecord(Long.parseLong(text(bytes, ends[0] + 1, ends[1])),
					Instant.ofEpochMilli(Long.parseLong(text(bytes, ends[1] + 1, ends[2]))),
					Arrays.copyOfRange(bytes, ends[3] + 1, bytes.length));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

	/**
	 * Finds where the parts of the header end. Three of them end at a space, and the last
	 * one at the end of the line.
	 */
	private static boolean findParts(byte[] bytes, int[] ends) {
		int part = 0;
		for (int i = 0; i < bytes.length && i <= LONGEST_HEADER; i++) {
			if (bytes[i] == '\n') {
				ends[part] = i;
				return part == PARTS - 1;
			}
			if (bytes[i] == ' ') {
				if (part == PARTS - 1) {
					return false;
				}
				ends[part++] = i;
			}
		}
		return false;
	}

	private static String text(byte[] bytes, int from, int to) {
		return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
	}

	private static String sum(byte[] header, int headerLength, byte[] body, int from) {
		CRC32C sum = new CRC32C();
		sum.update(header, 0, headerLength);
		sum.update(body, from, body.length - from);
		return HexFormat.of().toHexDigits((int) sum.getValue());
	}

}
