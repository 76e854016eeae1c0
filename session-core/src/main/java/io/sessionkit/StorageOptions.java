package io.sessionkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.sessionkit.cookie.CookieWire;
import io.sessionkit.cookie.SessionCookie;
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

	/**
	 * Returns what sessions look like to others.
	 * @throws IllegalArgumentException if cookie, strategy and revocation do not go
	 * together
	 */
	SessionWire wire(SessionCookie cookie, @Nullable SessionIdStorageStrategy strategy) {
		CookieWire wire = cookie.wire();
		if (strategy != null && wireOf(strategy) != wire) {
			String kept = strategy.getClass().getSimpleName() + " keeps records "
					+ ((wireOf(strategy) == CookieWire.SEALED) ? "of our own" : "of " + wireOf(strategy).peer());
			throw new IllegalArgumentException((wire == CookieWire.SEALED)
					? kept + ", and the cookie is sealed; build it with wire(CookieWire." + wireOf(strategy) + ")"
					: "The cookie is shared with " + wire.peer() + ", and " + kept + ", which it cannot read; use a "
							+ "SharedStorageStrategy of its wire, or the sealed wire");
		}
		if (this.revocation != null && strategy == null && wire == CookieWire.REACT_ROUTER) {
			throw new IllegalArgumentException("A cookie that holds a session of React Router has no id by which its "
					+ "end could be noted; leave the revocation out, or keep the session in a store");
		}
		if (this.revocation != null && this.revocation.strategy() instanceof SharedStorageStrategy) {
			throw new IllegalArgumentException("The strategy of a revocation keeps records of our own; "
					+ this.revocation.strategy().getClass().getSimpleName() + " keeps those of a peer");
		}
		return SessionWire.of(wire);
	}

	private static CookieWire wireOf(SessionIdStorageStrategy strategy) {
		return (strategy instanceof SharedStorageStrategy shared) ? shared.wire() : CookieWire.SEALED;
	}

	abstract SessionStorage.Builder builder();

}
