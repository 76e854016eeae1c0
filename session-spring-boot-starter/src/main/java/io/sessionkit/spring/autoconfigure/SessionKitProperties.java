package io.sessionkit.spring.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.sessionkit.cookie.SameSite;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties under {@code sessionkit}.
 *
 * @param storage Where sessions are kept: whole in an encrypted cookie, or as records in
 * a store that a signed cookie names.
 * @param idleTimeout How long a session lives that is not used and has no life of its
 * own. Defaults to sessionkit.cookie.max-age, or else 30 minutes.
 * @param absoluteTimeout How long a session lives at most, counted from its creation or
 * the last new id.
 * @param rolling Whether reading renews a session too, at most once per tenth of its
 * life.
 * @param onFailure What becomes of requests with a session while the store is down: error
 * answers 503, anonymous goes on without a session.
 * @param cookie The cookie.
 * @param memory The memory storage.
 */
@ConfigurationProperties("sessionkit")
public record SessionKitProperties(@DefaultValue("cookie") Storage storage, @Nullable Duration idleTimeout,
		@DefaultValue("30d") Duration absoluteTimeout, @DefaultValue("true") boolean rolling,
		@DefaultValue("error") OnFailure onFailure, @DefaultValue Cookie cookie, @DefaultValue Memory memory) {

	/**
	 * Checks the durations.
	 * @throws IllegalArgumentException if one is shorter than a second
	 */
	public SessionKitProperties {
		requireSecond("sessionkit.idle-timeout", idleTimeout);
		requireSecond("sessionkit.absolute-timeout", absoluteTimeout);
	}

	private static void requireSecond(String property, @Nullable Duration duration) {
		if (duration != null && duration.toSeconds() < 1) {
			throw new IllegalArgumentException(property + " is " + duration + ", it must be at least one second");
		}
	}

	/**
	 * Where sessions are kept.
	 */
	public enum Storage {

		/** Whole in an encrypted cookie; no store. */
		COOKIE,

		/** In the memory of this process. */
		MEMORY

	}

	/**
	 * What becomes of requests with a session while the store is down.
	 */
	public enum OnFailure {

		/** They are answered 503. */
		ERROR,

		/** They go on without a session; their changes are lost. */
		ANONYMOUS

	}

	/**
	 * The cookie.
	 *
	 * @param name The name.
	 * @param path The path that the browser sends the cookie to.
	 * @param domain The domain, with its subdomains, that the browser sends the cookie
	 * to. Defaults to the host that set it only.
	 * @param sameSite Whether requests from other sites carry the cookie.
	 * @param secure Whether the browser sends the cookie over https only, and to
	 * localhost.
	 * @param httpOnly Whether scripts are kept from the cookie.
	 * @param partitioned Whether an embedding site gets a cookie jar of its own.
	 * @param maxAge How long the browser keeps the cookie. Defaults to until it closes.
	 * @param secrets The secrets, at least 32 bytes each; the first writes, all read.
	 * Defaults to a random one for this process, except on a cloud platform.
	 */
	public record Cookie(@DefaultValue("__session") String name, @DefaultValue("/") String path,
			@Nullable String domain, @DefaultValue("lax") SameSite sameSite, @DefaultValue("true") boolean secure,
			@DefaultValue("true") boolean httpOnly, @DefaultValue("false") boolean partitioned,
			@Nullable Duration maxAge, @DefaultValue List<String> secrets) {

		/**
		 * The name and how many secrets there are, never a secret.
		 */
		@Override
		public String toString() {
			return "Cookie[name=" + this.name + ", " + this.secrets.size() + " secrets]";
		}

	}

	/**
	 * The memory storage.
	 *
	 * @param maxSessions How many sessions are kept; when full, the one that expires
	 * soonest makes room.
	 */
	public record Memory(@DefaultValue("" + MemoryStorageStrategy.DEFAULT_MAX_SESSIONS) int maxSessions) {

		/**
		 * Checks the number.
		 * @throws IllegalArgumentException if it is less than 1
		 */
		public Memory {
			if (maxSessions < 1) {
				throw new IllegalArgumentException(
						"sessionkit.memory.max-sessions is " + maxSessions + ", it must be at least 1");
			}
		}

	}

}
