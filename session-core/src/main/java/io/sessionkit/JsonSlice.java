package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * One JSON value as the UTF-8 bytes it came in, so that what nobody touches is written
 * back unchanged and what nobody asks for is never parsed.
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

	boolean sameAs(JsonSlice other) {
		return Arrays.equals(this.bytes, this.offset, this.offset + this.length, other.bytes, other.offset,
				other.offset + other.length);
	}

	void writeTo(ByteArrayOutputStream out) {
		out.write(this.bytes, this.offset, this.length);
	}

}
