package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What the store of revocations answered a moment ago. Bounded: when full, old answers
 * go, and all where there are no old ones, which costs reads and nothing else.
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

	/** What was answered, fresh or not; {@code null} for nothing. */
	@Nullable Answer get(String key) {
		return this.answers.get(key);
	}

	boolean isFresh(Answer answer, Instant now) {
		return now.isBefore(answer.asked().plus(this.time));
	}

	/** Remembers an answer, though never forgets a revocation for it. */
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
	 * @param revoked the moment that the store knows; {@code null} for none
	 * @param asked when that was
	 */
	record Answer(@Nullable Instant revoked, Instant asked) {

		/** A slow reader must not undo what this node has written meanwhile. */
		Answer later(Answer other) {
			Instant latest = (this.revoked == null || (other.revoked != null && other.revoked.isAfter(this.revoked)))
					? other.revoked : this.revoked;
			return new Answer(latest, this.asked.isAfter(other.asked) ? this.asked : other.asked);
		}

	}

}
