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
 * Checks the requirements of {@code sessionkit.format} for the cookie and the store.
 */
final class FormatProperty {

	static final String NAME = "sessionkit.format";

	private FormatProperty() {
	}

	/**
	 * Refuses combinations that the other program could not read.
	 * @throws SessionKitConfigurationException if cookie, store and property have
	 * different formats, or if revocation is configured for sessions without an id
	 */
	static void require(SessionKitProperties properties, SessionCookie cookie,
			@Nullable SessionIdStorageStrategy strategy) {
		CookieFormat format = cookie.format();
		String value = name(properties.format());
		if (format != properties.format()) {
			throw new SessionKitConfigurationException(NAME,
					"The bean 'sessionCookie' has the format '" + name(format) + "', but " + NAME + " is '" + value
							+ "'",
					"Set " + NAME + " to " + name(format) + ", or build the cookie with format(CookieFormat."
							+ properties.format() + ").");
		}
		CookieFormat records = (strategy instanceof SharedStorageStrategy shared) ? shared.format()
				: CookieFormat.DEFAULT;
		if (strategy != null && records != format) {
			throw new SessionKitConfigurationException(NAME,
					NAME + " is '" + value + "', but " + strategy.getClass().getSimpleName()
							+ " keeps records in the format '" + name(records) + "'",
					(format == CookieFormat.DEFAULT) ? "Set " + NAME + " to " + name(records) + "."
							: "Set sessionkit.storage to cookie, redis or file, which " + format.peer()
									+ " can share, or define a SharedStorageStrategy bean with its format, or remove "
									+ NAME + ".");
		}
		if (strategy == null && format == CookieFormat.REACT_ROUTER && properties.revocation().storage() != null) {
			throw new SessionKitConfigurationException(SessionStorageAutoConfiguration.REVOCATION,
					"Sessions in a cookie that is shared with React Router have no id, so they cannot be revoked",
					"Remove " + SessionStorageAutoConfiguration.REVOCATION
							+ ", or set sessionkit.storage to redis or file.");
		}
	}

	/**
	 * Whether the store contains records of another program. Records of revocations are
	 * always our own.
	 */
	static boolean sharesRecords(SessionKitProperties properties) {
		return properties.format() != CookieFormat.DEFAULT
				&& properties.storage() != SessionKitProperties.Storage.COOKIE;
	}

	/** Returns the idle timeout that the storage will use. */
	static Duration idleTimeout(SessionKitProperties properties) {
		if (properties.idleTimeout() != null) {
			return properties.idleTimeout();
		}
		Duration maxAge = properties.cookie().maxAge();
		return (maxAge != null) ? maxAge : SessionStorage.DEFAULT_IDLE_TIMEOUT;
	}

	/** Returns the value of the property. */
	static String name(CookieFormat format) {
		return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
