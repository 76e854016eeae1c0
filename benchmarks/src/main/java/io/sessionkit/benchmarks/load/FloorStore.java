package io.sessionkit.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * The least that keeps some bytes between requests.
 */
interface FloorStore {

	/** Keeps new bytes and returns what the cookie says. */
	String create(byte[] json);

	byte @Nullable [] read(String cookie);

	/** Replaces the bytes; returns a new cookie, or {@code null} where it stays. */
	@Nullable String write(String cookie, byte[] json);

}
