package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What the store of revocations answered a moment ago. The number of answers is limited.
 * If the cache is full, outdated answers are removed, and all answers if there are none
 * of those. This only costs additional reads.
 */
final class RevocationCache {

	static final int CAPACITY = 50_000;

	private final Map<String, Answer> answers = new ConcurrentHashMap<>();

	private final Duration time;

	RevocationCache(Duration time) {
		this.time = time;
	}

	Duration time() {
		return this.time;
	}

	/** Returns an answer, fresh or not; {@code null} if there is none. */
	@Nullable Answer get(String key) {
		return this.answers.get(key);
	}

	boolean isFresh(Answer answer, Instant now) {
		return now.isBefore(answer.asked().plus(this.time));
	}

	/** Stores an answer, but never replaces a known revocation by none. */
	void put(String key, Answer answer) {
		if (this.answers.size() >= CAPACITY) {
			this.answers.values().removeIf((each) -> !isFresh(each, answer.asked()));
			if (this.answers.size() >= CAPACITY) {
				this.answers.clear();
			}
		}
		this.answers.merge(key, answer, Answer::later);
	}

	/**
	 * One answer.
	 *
	 * @param revoked the time that the store knows; {@code null} for none
	 * @param asked when the store was asked
	 */
	record Answer(@Nullable Instant revoked, Instant asked) {

		/**
		 * Returns the later one of two answers. A slow read must not undo what this
		 * instance has written in the meantime.
		 */
		Answer later(Answer other) {
			Instant latest = (this.revoked == null || (other.revoked != null && other.revoked.isAfter(this.revoked)))
					? other.revoked : this.revoked;
			return new Answer(latest, this.asked.isAfter(other.asked) ? this.asked : other.asked);
		}

	}

}
