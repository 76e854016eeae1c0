package io.sessionkit.cookie;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * SHAKE128 (FIPS 202), only so that the accumulated vector of C2SP can be computed.
 */
final class Shake128 {

	private static final int RATE = 168;

	private final long[] state = new long[25];

	private final ByteArrayOutputStream input = new ByteArrayOutputStream();

	private int read = -1;

	void write(byte[] bytes) {
		this.input.writeBytes(bytes);
	}

	byte[] read(int length) {
		if (this.read < 0) {
			absorb();
		}
		byte[] output = new byte[length];
		for (int i = 0; i < length; i++, this.read++) {
			if (this.read == RATE) {
				permute();
				this.read = 0;
			}
			output[i] = (byte) (this.state[this.read / 8] >>> (8 * (this.read % 8)));
		}
		return output;
	}

	private void absorb() {
		int length = this.input.size();
		byte[] padded = Arrays.copyOf(this.input.toByteArray(), (length / RATE + 1) * RATE);
		padded[length] ^= 0x1F;
		padded[padded.length - 1] ^= (byte) 0x80;
		for (int block = 0; block < padded.length; block += RATE) {
			for (int i = 0; i < RATE; i++) {
				this.state[i / 8] ^= (padded[block + i] & 0xFFL) << (8 * (i % 8));
			}
			permute();
		}
		this.read = 0;
	}

	private void permute() {
		int register = 1;
		for (int round = 0; round < 24; round++) {
			theta();
			rhoPi();
			chi();
			for (int j = 0; j < 7; j++) {
				if ((register & 1) != 0) {
					this.state[0] ^= 1L << ((1 << j) - 1);
				}
				register = ((register << 1) ^ ((register >> 7) * 0x171)) & 0xFF;
			}
		}
	}

	private void theta() {
		long[] columns = new long[5];
		for (int i = 0; i < 25; i++) {
			columns[i % 5] ^= this.state[i];
		}
		for (int i = 0; i < 25; i++) {
			this.state[i] ^= columns[(i + 4) % 5] ^ Long.rotateLeft(columns[(i + 1) % 5], 1);
		}
	}

	private void rhoPi() {
		int x = 1;
		int y = 0;
		long moving = this.state[1];
		for (int t = 1; t <= 24; t++) {
			int next = (2 * x + 3 * y) % 5;
			x = y;
			y = next;
			long kept = this.state[x + 5 * y];
			this.state[x + 5 * y] = Long.rotateLeft(moving, t * (t + 1) / 2);
			moving = kept;
		}
	}

	private void chi() {
		for (int row = 0; row < 25; row += 5) {
			long[] lanes = Arrays.copyOfRange(this.state, row, row + 5);
			for (int x = 0; x < 5; x++) {
				this.state[row + x] = lanes[x] ^ (~lanes[(x + 1) % 5] & lanes[(x + 2) % 5]);
			}
		}
	}

}
