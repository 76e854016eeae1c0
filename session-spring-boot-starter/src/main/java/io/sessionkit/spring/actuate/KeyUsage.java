package io.sessionkit.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Records when this instance last saw a cookie of each key.
 */
final class KeyUsage {

	private static final long NEVER = 0;

	private final InstantSource clock;

	private final Instant since;

	private final List<String> keyIds;

	private final AtomicLongArray lastSeen;

	KeyUsage(List<String> keyIds, InstantSource clock) {
		this.clock = clock;
		this.since = clock.instant();
		this.keyIds = keyIds;
		this.lastSeen = new AtomicLongArray(keyIds.size());
	}

	void seen(int position) {
		if (position < this.lastSeen.length()) {
			this.lastSeen.set(position, this.clock.millis());
		}
	}

	/**
	 * The time for which a key was not seen, counted from startup if it was never seen.
	 */
	Duration unseen(int position) {
		Instant seen = lastSeen(position);
		return Duration.between((seen != null) ? seen : this.since, this.clock.instant());
	}

	private @Nullable Instant lastSeen(int position) {
		long millis = this.lastSeen.get(position);
		return (millis != NEVER) ? Instant.ofEpochMilli(millis) : null;
	}

	List<SessionKitEndpoint.Key> keys() {
		return IntStream.range(0, this.keyIds.size())
			.mapToObj((position) -> new SessionKitEndpoint.Key(this.keyIds.get(position), position == 0,
					lastSeen(position)))
			.toList();
	}

}
