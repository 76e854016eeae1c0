package io.sessionkit.benchmarks.growth;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;

/**
 * A storage that is filled with more and more sessions.
 *
 * @param <S> its strategy
 */
interface GrowingStore<S extends SessionIdStorageStrategy> extends Closeable {

	/** As numbers and tables say it. */
	String name();

	/** How many sessions are tried at most. */
	int most();

	/**
	 * What an application does when it starts.
	 * @param sessions for how many there is room
	 */
	S open(int sessions);

	/** Puts records into it, in bulk. */
	void fill(S strategy, Map<String, SessionRecord> records);

	/** After all were put in: no work that is left over may disturb what is measured. */
	default void settle() {
	}

	long count(S strategy) throws IOException;

	/**
	 * Lets all of them expire and waits for the clean-up, or for a part of it.
	 * @return microseconds for a session; empty where sessions end by themselves, or
	 * there are too few to tell
	 */
	OptionalDouble cleanUp(S strategy, int sessions) throws IOException;

	/** Leaves nothing of it. */
	void clear(S strategy) throws IOException;

}
