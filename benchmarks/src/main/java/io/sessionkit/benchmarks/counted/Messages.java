package io.sessionkit.benchmarks.counted;

/**
 * What a client says on one connection, as its protocol has it.
 */
interface Messages {

	/**
	 * Takes the next bytes.
	 * @return how many commands began in them
	 */
	int count(byte[] bytes, int length);

}
