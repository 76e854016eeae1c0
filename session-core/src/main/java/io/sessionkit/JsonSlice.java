package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * One JSON value as its original UTF-8 bytes. A value that is not used is never parsed,
 * and is written back unchanged.
 */
final class JsonSlice {

	private final byte[] bytes;

	private final int offset;

	private final int length;

	JsonSlice(byte[] bytes, int offset, int length) {
		this.bytes = bytes;
		this.offset = offset;
		this.length = length;
	}

	static JsonSlice of(byte[] bytes) {
		return new JsonSlice(bytes, 0, bytes.length);
	}

	static JsonSlice of(long number) {
		return of(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Returns the JSON of a text that needs no escaping.
	 * @return {@code null} for any other text
	 */
	static @Nullable JsonSlice ofPlain(String text) {
		byte[] json = new byte[text.length() + 2];
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character < ' ' || character >= 0x7F || character == '"' || character == '\\') {
				return null;
			}
			json[i + 1] = (byte) character;
		}
		json[0] = '"';
		json[json.length - 1] = '"';
		return of(json);
	}

	/** Returns the JSON of any text. */
	static JsonSlice ofText(String text) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		writeText(out, text);
		return of(out.toByteArray());
	}

	static void writeText(ByteArrayOutputStream out, String text) {
		out.write('"');
		out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
		out.write('"');
	}

	byte[] bytes() {
		return this.bytes;
	}

	int offset() {
		return this.offset;
	}

	int length() {
		return this.length;
	}

	boolean isNull() {
		return this.length == 4 && this.bytes[this.offset] == 'n';
	}

	/** Returns whether this is a string without escape sequences. */
	boolean isPlainText() {
		int end = this.offset + this.length;
		for (int i = this.offset; i < end; i++) {
			if (this.bytes[i] == '\\') {
				return false;
			}
		}
		return this.bytes[this.offset] == '"';
	}

	String plainText() {
		return new String(this.bytes, this.offset + 1, this.length - 2, StandardCharsets.UTF_8);
	}

	boolean sameAs(JsonSlice other) {
		return Arrays.equals(this.bytes, this.offset, this.offset + this.length, other.bytes, other.offset,
				other.offset + other.length);
	}

	void writeTo(ByteArrayOutputStream out) {
		out.write(this.bytes, this.offset, this.length);
	}

}
