package io.sessionkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The options of {@link SessionStorage.Builder} by which others take part in a storage.
 */
abstract sealed class StorageOptions permits SessionStorage.Builder {

	private @Nullable Revocation revocation;

	private final List<SessionStorageListener> listeners = new ArrayList<>();

	/** Adds a listener; several hear of everything in the order they were added. */
	public SessionStorage.Builder listener(SessionStorageListener listener) {
		this.listeners.add(Objects.requireNonNull(listener, "listener"));
		return builder();
	}

	SessionStorageListener listener() {
		return Listeners.of(this.listeners);
	}

	/**
	 * Makes the end of a cookie-held session known to all nodes; default: it is known to
	 * the node that ended it.
	 * @param revocation where it is noted, and what that may cost; refused by
	 * {@link SessionStorage.Builder#build()} for sessions in records, which have no need
	 */
	public SessionStorage.Builder revocation(Revocation revocation) {
		this.revocation = revocation;
		return builder();
	}

	/**
	 * Returns what was set.
	 * @throws IllegalArgumentException if it can't be
	 */
	@Nullable Revocation revocation(@Nullable SessionIdStorageStrategy strategy) {
		if (this.revocation != null && strategy != null) {
			throw new IllegalArgumentException(
					"Sessions in records end on all nodes as they are; revocation(...) is for "
							+ "SessionStorage.builder(cookie) without a strategy");
		}
		return this.revocation;
	}

	abstract SessionStorage.Builder builder();

}
