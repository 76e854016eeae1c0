package io.sessionkit.benchmarks.counted;

import java.nio.ByteBuffer;

/**
 * Statements to PostgreSQL: messages that execute one, be it prepared or not. The begin
 * and the end of a transaction are statements as well.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/protocol-message-formats.html">Message
 * Formats</a>
 */
final class PostgresMessages implements Messages {

	/** The length and the version, of messages before the connection is open. */
	private static final int OPENING_HEADER = 8;

	private static final int VERSION = 4;

	private static final int MAJOR_VERSION = 3;

	/** The type and the length. */
	private static final int HEADER = 5;

	private final ByteBuffer header = ByteBuffer.allocate(OPENING_HEADER);

	private boolean open;

	private int toSkip;

	@Override
	public int count(byte[] bytes, int length) {
		int statements = 0;
		int at = 0;
		while (at < length) {
			if (this.toSkip > 0) {
				int skipped = Math.min(this.toSkip, length - at);
				this.toSkip -= skipped;
				at += skipped;
			}
			else {
				this.header.put(bytes[at++]);
				if (this.header.position() == (this.open ? HEADER : OPENING_HEADER)) {
					statements += endHeader();
					this.header.clear();
				}
			}
		}
		return statements;
	}

	private int endHeader() {
		if (!this.open) {
			// Else it is the question for encryption, and the same comes again.
			this.open = this.header.getShort(VERSION) == MAJOR_VERSION;
			this.toSkip = this.header.getInt(0) - OPENING_HEADER;
			return 0;
		}
		byte type = this.header.get(0);
		this.toSkip = this.header.getInt(1) - Integer.BYTES;
		return (type == 'E' || type == 'Q') ? 1 : 0;
	}

}
