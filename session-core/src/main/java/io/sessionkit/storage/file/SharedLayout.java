package io.sessionkit.storage.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;

import io.sessionkit.SessionRecord;
import io.sessionkit.SharedStorageStrategy;
import io.sessionkit.cookie.CookieFormat;
import org.jspecify.annotations.Nullable;

/** Where a peer keeps the file of a session, and what the file contains. */
enum SharedLayout {

	/**
	 * <code>&lt;4 digits&gt;/&lt;12 digits&gt;</code> with
	 * <code>{"data":body,"expires":"..."}</code>.
	 */
	REACT_ROUTER("{\"data\":", "}") {

		@Override
		Path file(Path root, String id) {
			return root.resolve(id.substring(0, 4)).resolve(id.substring(4));
		}

		@Override
		byte[] content(SessionRecord record) {
			Instant expires = record.expires().truncatedTo(ChronoUnit.SECONDS);
			String end = ",\"expires\":\"" + expires.toString().replace("Z", ".000Z") + "\"}";
			return join(BEFORE_DATA, record.body(), end.getBytes(StandardCharsets.US_ASCII));
		}

		@Override
		@Nullable SessionRecord record(byte[] content, Instant written, Duration life) {
			int end = content.length - EXPIRES - 2;
			if (end < BEFORE_DATA.length || content[content.length - 2] != '"') {
				return record(content, BEFORE_DATA.length, content.length - 1, SharedStorageStrategy.NEVER);
			}
			String expires = new String(content, end, EXPIRES, StandardCharsets.ISO_8859_1);
			int body = end - BEFORE_EXPIRES.length;
			if (body < BEFORE_DATA.length
					|| !Arrays.equals(content, body, end, BEFORE_EXPIRES, 0, BEFORE_EXPIRES.length)) {
				return null;
			}
			try {
				return record(content, BEFORE_DATA.length, body,
						Instant.parse(expires).truncatedTo(ChronoUnit.SECONDS));
			}
			catch (DateTimeException ex) {
				return null;
			}
		}

	},

	/**
	 * <code>&lt;2 digits&gt;/&lt;62 digits&gt;</code> of the SHA-256 of the id, with the
	 * body alone. It contains no expiry, so the time of the last write counts.
	 */
	REMIX("[", "]") {

		@Override
		Path file(Path root, String id) {
			String hash = hash(id);
			return root.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
		}

		@Override
		byte[] content(SessionRecord record) {
			return record.body();
		}

		@Override
		SessionRecord record(byte[] content, Instant written, Duration life) {
			return record(content, 0, content.length, written.plus(life).truncatedTo(ChronoUnit.SECONDS));
		}

	};

	private static final byte[] BEFORE_DATA = "{\"data\":".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] BEFORE_EXPIRES = ",\"expires\":\"".getBytes(StandardCharsets.US_ASCII);

	/** The length of what {@code Date.toISOString} returns. */
	private static final int EXPIRES = "2030-01-02T04:04:05.000Z".length();

	private final String begin;

	private final String end;

	SharedLayout(String begin, String end) {
		this.begin = begin;
		this.end = end;
	}

	static SharedLayout of(CookieFormat format) {
		return switch (format) {
			case REACT_ROUTER -> REACT_ROUTER;
			case REMIX -> REMIX;
			case DEFAULT -> throw new IllegalArgumentException(
					"Records in the default format cannot be shared; use FileStorageStrategy");
		};
	}

	/** Returns the file of an id. */
	abstract Path file(Path root, String id);

	abstract byte[] content(SessionRecord record);

	/**
	 * Parses a file.
	 * @return {@code null} if it is not a record
	 */
	abstract @Nullable SessionRecord record(byte[] content, Instant written, Duration life);

	/**
	 * Returns whether the content starts and ends like a record. The peers overwrite
	 * files in place, so a file may be only half written.
	 */
	boolean isWhole(byte[] content) {
		String text = new String(content, StandardCharsets.ISO_8859_1);
		return text.length() >= this.begin.length() + this.end.length() && text.startsWith(this.begin)
				&& text.endsWith(this.end);
	}

	static SessionRecord record(byte[] content, int from, int to, Instant expires) {
		byte[] body = Arrays.copyOfRange(content, from, to);
		return new SessionRecord(SharedStorageStrategy.version(body), expires, body);
	}

	static byte[] join(byte[]... parts) {
		byte[] joined = new byte[Arrays.stream(parts).mapToInt((part) -> part.length).sum()];
		int at = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, joined, at, part.length);
			at += part.length;
		}
		return joined;
	}

	/** Returns the SHA-256 of an id as 64 hexadecimal digits. */
	static String hash(String id) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java runtime has SHA-256", ex);
		}
	}

}
