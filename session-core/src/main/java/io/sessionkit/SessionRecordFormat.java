package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * A record as one array of bytes, for strategies whose store keeps only such: files,
 * Redis, objects in a bucket. <pre>
 * sessionkit1 &lt;version&gt; &lt;expires, epoch milliseconds&gt; &lt;subject, base64url, or -&gt; &lt;CRC-32C&gt;\n&lt;body&gt;
 * </pre> The sum, in 8 hexadecimal digits, covers what is before its own space and the
 * body. It finds damage, not forgery: whoever writes to the store is trusted.
 */
public final class SessionRecordFormat {

	private static final String MAGIC = "sessionkit1";

	private static final String NO_SUBJECT = "-";

	/** A subject has no bound of its own, so this one is generous. */
	private static final int LONGEST_HEADER = 16 * 1024;

	private static final int PARTS = 5;

	private SessionRecordFormat() {
	}

	/**
	 * Writes a record.
	 * @param record the record
	 * @return its bytes, a header line and the body as it is
	 */
	public static byte[] write(SessionRecord record) {
		String subject = (record.subject() != null) ? Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(record.subject().getBytes(StandardCharsets.UTF_8)) : NO_SUBJECT;
		String summed = MAGIC + " " + record.version() + " " + record.expires().toEpochMilli() + " " + subject;
		byte[] header = (summed + " " + sum(summed, record.body(), 0) + "\n").getBytes(StandardCharsets.US_ASCII);
		byte[] bytes = Arrays.copyOf(header, header.length + record.body().length);
		System.arraycopy(record.body(), 0, bytes, header.length, record.body().length);
		return bytes;
	}

	/**
	 * Reads a record. What is none, because it was cut, overwritten, or is of a version
	 * to come, counts as absent, and a warning says so.
	 * @param key the storage key, of which the warning shows the beginning
	 * @param bytes what the store keeps under it
	 * @return the record, or {@code null} if it is none
	 */
	public static @Nullable SessionRecord read(String key, byte[] bytes) {
		SessionRecord record = parse(bytes);
		if (record == null) {
			Warnings.unreadableRecord(key);
		}
		return record;
	}

	private static @Nullable SessionRecord parse(byte[] bytes) {
		int end = 0;
		while (end < bytes.length && bytes[end] != '\n') {
			end++;
		}
		if (end == bytes.length || end > LONGEST_HEADER) {
			return null;
		}
		String header = new String(bytes, 0, end, StandardCharsets.US_ASCII);
		String[] parts = header.split(" ", -1);
		if (parts.length != PARTS || !parts[0].equals(MAGIC)) {
			return null;
		}
		String summed = header.substring(0, header.lastIndexOf(' '));
		if (!sum(summed, bytes, end + 1).equals(parts[4])) {
			return null;
		}
		try {
			String subject = parts[3].equals(NO_SUBJECT) ? null
					: new String(Base64.getUrlDecoder().decode(parts[3]), StandardCharsets.UTF_8);
			return new SessionRecord(Long.parseLong(parts[1]), Instant.ofEpochMilli(Long.parseLong(parts[2])), subject,
					Arrays.copyOfRange(bytes, end + 1, bytes.length));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

	private static String sum(String summed, byte[] body, int from) {
		CRC32C sum = new CRC32C();
		sum.update(summed.getBytes(StandardCharsets.US_ASCII));
		sum.update(body, from, body.length - from);
		return HexFormat.of().toHexDigits((int) sum.getValue());
	}

}
