package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.SharedStorageStrategy;
import io.sessionkit.cookie.CookieWire;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sessionkit.wire} asks of the cookie and the store.
 */
final class WireProperty {

	static final String NAME = "sessionkit.wire";

	private WireProperty() {
	}

	/**
	 * Refuses what the peer could not read.
	 * @throws SessionKitConfigurationException if cookie, store and property are of
	 * different wires, or what has no id is to be revoked
	 */
	static void require(SessionKitProperties properties, SessionCookie cookie,
			@Nullable SessionIdStorageStrategy strategy) {
		CookieWire wire = cookie.wire();
		String value = name(properties.wire());
		if (wire != properties.wire()) {
			throw new SessionKitConfigurationException(NAME,
					"The bean 'sessionCookie' is of the wire '" + name(wire) + "', and " + NAME + " is '" + value + "'",
					"Set " + NAME + " to " + name(wire) + ", or build the cookie with wire(CookieWire."
							+ properties.wire() + ").");
		}
		CookieWire records = (strategy instanceof SharedStorageStrategy shared) ? shared.wire() : CookieWire.SEALED;
		if (strategy != null && records != wire) {
			throw new SessionKitConfigurationException(NAME,
					NAME + " is '" + value + "', and " + strategy.getClass().getSimpleName()
							+ " keeps records of the wire '" + name(records) + "'",
					(wire == CookieWire.SEALED) ? "Set " + NAME + " to " + name(records) + "."
							: "Set sessionkit.storage to cookie, redis or file, which " + wire.peer()
									+ " can share, or define a SharedStorageStrategy bean of its wire, or remove "
									+ NAME + ".");
		}
		if (strategy == null && wire == CookieWire.REACT_ROUTER && properties.revocation().storage() != null) {
			throw new SessionKitConfigurationException(SessionStorageAutoConfiguration.REVOCATION,
					"A session in a cookie that is shared with React Router has no id by which its end could be noted",
					"Remove " + SessionStorageAutoConfiguration.REVOCATION
							+ ", or set sessionkit.storage to redis or file.");
		}
	}

	/**
	 * Whether the store has records of a peer; those of a revocation are our own.
	 */
	static boolean sharesRecords(SessionKitProperties properties) {
		return properties.wire() != CookieWire.SEALED && properties.storage() != SessionKitProperties.Storage.COOKIE;
	}

	/** What the storage takes for it too. */
	static Duration idleTimeout(SessionKitProperties properties) {
		if (properties.idleTimeout() != null) {
			return properties.idleTimeout();
		}
		Duration maxAge = properties.cookie().maxAge();
		return (maxAge != null) ? maxAge : SessionStorage.DEFAULT_IDLE_TIMEOUT;
	}

	private static String name(CookieWire wire) {
		return wire.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
