package io.sessionkit.benchmarks.counted;

/**
 * Commands to Redis, each of which is an array of strings with their lengths. A script is
 * one command, whatever it does.
 */
final class RedisMessages implements Messages {

	private static final int CARRIAGE_RETURN_AND_LINE_FEED = 2;

	private final StringBuilder line = new StringBuilder();

	private int toSkip;

	@Override
	public int count(byte[] bytes, int length) {
		int commands = 0;
		int at = 0;
		while (at < length) {
			if (this.toSkip > 0) {
				int skipped = Math.min(this.toSkip, length - at);
				this.toSkip -= skipped;
				at += skipped;
			}
			else if (bytes[at++] != '\n') {
				this.line.append((char) bytes[at - 1]);
			}
			else {
				commands += endLine();
			}
		}
		return commands;
	}

	private int endLine() {
		String said = this.line.toString().trim();
		this.line.setLength(0);
		if (said.startsWith("$")) {
			this.toSkip = Integer.parseInt(said.substring(1)) + CARRIAGE_RETURN_AND_LINE_FEED;
			return 0;
		}
		if (!said.startsWith("*")) {
			throw new IllegalStateException("No command of Redis begins with " + said);
		}
		return 1;
	}

}
