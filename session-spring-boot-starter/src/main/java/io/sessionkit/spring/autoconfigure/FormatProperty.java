package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorage;
import io.sessionkit.SharedStorageStrategy;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sessionkit.format} asks of the cookie and the store.
 */
final class FormatProperty {

	static final String NAME = "sessionkit.format";

	private FormatProperty() {
	}

	/**
	 * Refuses what the peer could not read.
	 * @throws SessionKitConfigurationException if cookie, store and property are of
	 * different formats, or what has no id is to be revoked
	 */
	static void require(SessionKitProperties properties, SessionCookie cookie,
			@Nullable SessionIdStorageStrategy strategy) {
		CookieFormat format = cookie.format();
		String value = name(properties.format());
		if (format != properties.format()) {
			throw new SessionKitConfigurationException(NAME,
					"The bean 'sessionCookie' is of the format '" + name(format) + "', and " + NAME + " is '" + value
							+ "'",
					"Set " + NAME + " to " + name(format) + ", or build the cookie with format(CookieFormat."
							+ properties.format() + ").");
		}
		CookieFormat records = (strategy instanceof SharedStorageStrategy shared) ? shared.format()
				: CookieFormat.DEFAULT;
		if (strategy != null && records != format) {
			throw new SessionKitConfigurationException(NAME,
					NAME + " is '" + value + "', and " + strategy.getClass().getSimpleName()
							+ " keeps records of the format '" + name(records) + "'",
					(format == CookieFormat.DEFAULT) ? "Set " + NAME + " to " + name(records) + "."
							: "Set sessionkit.storage to cookie, redis or file, which " + format.peer()
									+ " can share, or define a SharedStorageStrategy bean of its format, or remove "
									+ NAME + ".");
		}
		if (strategy == null && format == CookieFormat.REACT_ROUTER && properties.revocation().storage() != null) {
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
		return properties.format() != CookieFormat.DEFAULT
				&& properties.storage() != SessionKitProperties.Storage.COOKIE;
	}

	/** What the storage takes for it too. */
	static Duration idleTimeout(SessionKitProperties properties) {
		if (properties.idleTimeout() != null) {
			return properties.idleTimeout();
		}
		Duration maxAge = properties.cookie().maxAge();
		return (maxAge != null) ? maxAge : SessionStorage.DEFAULT_IDLE_TIMEOUT;
	}

	private static String name(CookieFormat format) {
		return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
