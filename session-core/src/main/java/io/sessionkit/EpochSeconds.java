package io.sessionkit;

import java.time.Instant;

/** Times as five bytes, big-endian, as they are in cookies. */
final class EpochSeconds {

	static final int BYTES = 5;

	private EpochSeconds() {
	}

	static void put(byte[] target, int offset, Instant moment) {
		long seconds = moment.getEpochSecond();
		for (int i = BYTES - 1; i >= 0; i--) {
			target[offset + i] = (byte) seconds;
			seconds >>= 8;
		}
	}

	static Instant get(byte[] source, int offset) {
		long seconds = 0;
		for (int i = 0; i < BYTES; i++) {
			seconds = seconds << 8 | (source[offset + i] & 0xff);
		}
		return Instant.ofEpochSecond(seconds);
	}

}
