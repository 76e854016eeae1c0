package io.sessionkit.spring.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SameSite;
import io.sessionkit.spring.web.HttpSessionMode;
import io.sessionkit.spring.web.SessionTransport;
import io.sessionkit.spring.web.UnsupportedAttributes;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Configuration properties for SessionKit, under {@code sessionkit}.
 *
 * @param storage Storage of sessions, which is either an encrypted cookie that holds the
 * whole session, or a server-side store with a signed cookie that refers to it.
 * @param format Format of cookies and stored records. With a format of React Router or
 * Remix, sessions are shared with a program that uses that framework.
 * @param idleTimeout Time after which an unused session expires, unless the application
 * has set another timeout for the session. Defaults to sessionkit.cookie.max-age, or to
 * 30 minutes if that is not set either. If a duration suffix is not specified, seconds
 * will be used.
 * @param absoluteTimeout Time after which a session expires even if it is in use, counted
 * from its creation or its last change of id. If a duration suffix is not specified,
 * seconds will be used.
 * @param rolling Whether a request that only reads a session also extends its idle
 * timeout, at most once per tenth of the timeout.
 * @param pathsWithoutRenewal Path patterns of requests that do not extend the idle
 * timeout of a session, relative to the context path, such as /status/**.
 * @param timeout Time after which a call to the server-side store counts as failed. If a
 * duration suffix is not specified, milliseconds will be used.
 * @param onFailure Handling of requests that need their session while the server-side
 * store is unavailable.
 * @param transport Transports of sessions between clients and the application. With both
 * of them, requests that have the header use the header, and all others use the cookie.
 * @param header Settings for the transport in a header.
 * @param httpSession Settings for HttpSession.
 * @param cookie Settings for the session cookie.
 * @param memory Settings for the storage in memory.
 * @param file Settings for the storage in files.
 * @param redis Settings for the storage in Redis.
 * @param jdbc Settings for the storage in an SQL database.
 * @param dynamodb Settings for the storage in Amazon DynamoDB.
 * @param cloudflareKv Settings for the storage in Cloudflare KV.
 * @param revocation Settings for the revocation of sessions that are kept in cookies.
 */
@ConfigurationProperties("sessionkit")
public record SessionKitProperties(@DefaultValue("cookie") Storage storage,
		@DefaultValue("default") CookieFormat format, @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration idleTimeout,
		@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("30d") Duration absoluteTimeout,
		@DefaultValue("true") boolean rolling, @DefaultValue List<String> pathsWithoutRenewal,
		@DefaultValue("500ms") Duration timeout, @DefaultValue("error") OnFailure onFailure,
		@DefaultValue("cookie") Set<Transport> transport, @DefaultValue Header header,
		@DefaultValue HttpSession httpSession, @DefaultValue Cookie cookie, @DefaultValue Memory memory,
		@DefaultValue File file, @DefaultValue Redis redis, @DefaultValue Jdbc jdbc, @DefaultValue Dynamodb dynamodb,
		@DefaultValue CloudflareKv cloudflareKv, @DefaultValue Revocation revocation) {

	/**
	 * Creates the properties and checks the durations and the transports.
	 * @param storage the storage of sessions
	 * @param format the format of cookies and stored records
	 * @param idleTimeout the idle timeout, at least one second; {@code null} for the
	 * default
	 * @param absoluteTimeout the absolute timeout, at least one second
	 * @param rolling whether reads extend the idle timeout
	 * @param pathsWithoutRenewal the path patterns of requests that do not extend it
	 * @param timeout the time for a call to the store, at least one millisecond
	 * @param onFailure what happens to requests while the store is unavailable
	 * @param transport the transports, at least one
	 * @param header the settings for the header
	 * @param httpSession the settings for {@code HttpSession}
	 * @param cookie the settings for the cookie
	 * @param memory the settings for the storage in memory
	 * @param file the settings for the storage in files
	 * @param redis the settings for the storage in Redis
	 * @param jdbc the settings for the storage in an SQL database
	 * @param dynamodb the settings for the storage in DynamoDB
	 * @param cloudflareKv the settings for the storage in Cloudflare KV
	 * @param revocation the settings for revocation
	 * @throws IllegalArgumentException if a duration is too short, or there is no
	 * transport
	 */
	public SessionKitProperties {
		requireSecond("sessionkit.idle-timeout", idleTimeout);
		requireSecond("sessionkit.absolute-timeout", absoluteTimeout);
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException(
					"sessionkit.timeout is " + timeout + ", it must be at least one millisecond");
		}
		if (transport.isEmpty()) {
			throw new IllegalArgumentException("sessionkit.transport is empty, it must be cookie, header or both");
		}
	}

	/**
	 * Returns the configured name of the cookie, or else the default name that path,
	 * domain, secure and format allow.
	 */
	String cookieName(String contextPath) {
		if (this.cookie.name() != null) {
			return this.cookie.name();
		}
		boolean ofThisHost = this.cookie.pathOr(contextPath).equals("/") && this.cookie.domain() == null
				&& this.cookie.secure();
		return (ofThisHost && this.format == CookieFormat.DEFAULT) ? "__Host-session" : "__session";
	}

	private static void requireSecond(String property, @Nullable Duration duration) {
		if (duration != null && duration.toSeconds() < 1) {
			throw new IllegalArgumentException(property + " is " + duration + ", it must be at least one second");
		}
	}

	/**
	 * How sessions are transported between clients and the application.
	 */
	public enum Transport {

		/** In the session cookie. */
		COOKIE,

		/**
		 * In a header that has the value of the cookie, for clients that do not store
		 * cookies.
		 */
		HEADER

	}

	/**
	 * Settings for the transport in a header.
	 *
	 * @param name Name of the request and response header that contains the session. With
	 * Authorization, the value has the scheme Bearer.
	 */
	public record Header(@DefaultValue(SessionTransport.DEFAULT_HEADER) String name) {
	}

	/**
	 * Settings for {@code HttpSession}.
	 *
	 * @param mode Mode of HttpSession, which determines what request.getSession()
	 * returns. Has the same meaning as sessionkit.http-session.
	 * @param allowedTypes Names of classes that attributes of HttpSession may have, in
	 * addition to classes of the application's own packages and value types of the JDK. A
	 * name such as com.example.shop.* allows all classes in a package and below it.
	 * @param unsupported Handling of HttpSession attributes that cannot be stored.
	 */
	public record HttpSession(@DefaultValue("enabled") HttpSessionMode mode, @DefaultValue List<String> allowedTypes,
			@DefaultValue("refuse") UnsupportedAttributes unsupported) {

		/**
		 * Converts the value of the property {@code sessionkit.http-session} itself.
		 * @param mode the name of a {@link HttpSessionMode}, in upper or lower case
		 * @return the settings with this mode, and defaults for all others
		 * @throws IllegalArgumentException if there is no such mode
		 */
		public static HttpSession valueOf(String mode) {
			return new HttpSession(HttpSessionMode.valueOf(mode.strip().toUpperCase(Locale.ROOT)), List.of(),
					UnsupportedAttributes.REFUSE);
		}

	}

	/**
	 * Where sessions are kept.
	 */
	public enum Storage {

		/**
		 * In an encrypted cookie that holds the whole session, without a server-side
		 * store.
		 */
		COOKIE(false),

		/** In the memory of this instance. */
		MEMORY(true),

		/** In the files of a directory. */
		FILE(true),

		/** In Redis. */
		REDIS(true),

		/** In a table of an SQL database. */
		JDBC(true),

		/** In a table of Amazon DynamoDB. */
		DYNAMODB(true),

		/** In Cloudflare KV, which provides fewer guarantees than the other stores. */
		CLOUDFLARE_KV(false);

		private final boolean consistent;

		Storage(boolean consistent) {
			this.consistent = consistent;
		}

		/** Whether a write of one instance is visible to all instances at once. */
		boolean isConsistent() {
			return this.consistent;
		}

		/**
		 * The values for which {@link #isConsistent} is {@code true}, as they are written
		 * in properties.
		 */
		static String consistent() {
			return Arrays.stream(values())
				.filter(Storage::isConsistent)
				.map(Storage::value)
				.collect(Collectors.joining(", "));
		}

		/** The value as it is written in properties. */
		String value() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	/**
	 * What happens to requests that need their session while the server-side store is
	 * unavailable.
	 */
	public enum OnFailure {

		/** They are answered with 503. */
		ERROR,

		/** They are handled without a session, and changes of the session are lost. */
		ANONYMOUS

	}

	/**
	 * Settings for the session cookie.
	 *
	 * @param name Name of the cookie. Defaults to __Host-session if path, domain and
	 * secure permit this prefix and the format is the default one, or else to __session.
	 * @param path Path of the cookie. Defaults to the context path of the application.
	 * @param domain Domain of the cookie, including its subdomains. By default, browsers
	 * send the cookie only to the host that set it.
	 * @param sameSite SameSite setting of the cookie, which determines whether browsers
	 * send it with requests from other sites.
	 * @param secure Whether browsers send the cookie only over HTTPS. Most browsers make
	 * an exception for localhost.
	 * @param httpOnly Whether the cookie is hidden from scripts in the browser.
	 * @param partitioned Whether browsers keep a separate cookie for each site that
	 * embeds the application.
	 * @param maxAge Maximum age of the cookie. By default, browsers delete the cookie
	 * when they are closed. If a duration suffix is not specified, seconds will be used.
	 * @param secrets Secrets that encrypt or sign the cookie. The first one is used for
	 * new cookies, and all of them are accepted. Each must have at least 32 bytes, unless
	 * it is shared in a format of React Router or Remix. White space around a secret is
	 * ignored. By default, or with the value random, a random secret is used until the
	 * application stops, except on a cloud platform, where startup fails.
	 */
	public record Cookie(@Nullable String name, @Nullable String path, @Nullable String domain,
			@DefaultValue("lax") SameSite sameSite, @DefaultValue("true") boolean secure,
			@DefaultValue("true") boolean httpOnly, @DefaultValue("false") boolean partitioned,
			@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxAge, @DefaultValue List<String> secrets) {

		/**
		 * Returns the configured path, or else the context path of the application.
		 */
		String pathOr(String contextPath) {
			return (this.path != null) ? this.path : contextPath.isEmpty() ? "/" : contextPath;
		}

		/**
		 * Shows the name and the number of secrets, never a secret.
		 */
		@Override
		public String toString() {
			return "Cookie[name=" + this.name + ", " + this.secrets.size() + " secrets]";
		}

	}

	/**
	 * Settings for the storage in memory.
	 *
	 * @param maxSessions Maximum number of sessions. If it is exceeded, the session that
	 * expires soonest is removed, starting with sessions that have no principal name.
	 */
	public record Memory(@DefaultValue("" + MemoryStorageStrategy.DEFAULT_MAX_SESSIONS) int maxSessions) {

		/**
		 * Creates the settings.
		 * @param maxSessions the maximum number of sessions, at least 1
		 * @throws IllegalArgumentException if the number is less than 1
		 */
		public Memory {
			if (maxSessions < 1) {
				throw new IllegalArgumentException(
						"sessionkit.memory.max-sessions is " + maxSessions + ", it must be at least 1");
			}
		}

	}

	/**
	 * Settings for the storage in files.
	 *
	 * @param directory Directory of the session files. If it is missing, it is created so
	 * that only the user of this process can access it.
	 * @param fsync Whether a write waits until it is on disk, so that it also survives a
	 * power failure. Has no effect on sessions that another program shares.
	 */
	public record File(@DefaultValue("./sessions") Path directory, @DefaultValue("false") boolean fsync) {
	}

	/**
	 * Settings for the storage in Redis.
	 *
	 * @param keyPrefix Prefix of all keys.
	 */
	public record Redis(@DefaultValue("session:") String keyPrefix) {
	}

	/**
	 * Settings for the storage in an SQL database.
	 *
	 * @param tableName Name of the table, qualified with its schema if that is not the
	 * default schema.
	 * @param initializeSchema Schema initialization mode, which determines whether a
	 * missing table is created at startup.
	 * @param cleanupInterval Time between two cleanups of expired sessions, which each
	 * instance runs. Use 0 to disable them. If a duration suffix is not specified,
	 * seconds will be used.
	 * @param pool Settings for the connection pool.
	 */
	public record Jdbc(@DefaultValue("sessionkit_session") String tableName,
			@DefaultValue("embedded") InitializeSchema initializeSchema,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10m") Duration cleanupInterval, @DefaultValue Pool pool) {

		/**
		 * Creates the settings.
		 * @param tableName the name of the table
		 * @param initializeSchema whether a missing table is created at startup
		 * @param cleanupInterval the time between two cleanups; zero for none
		 * @param pool the settings for the connection pool
		 * @throws IllegalArgumentException if the interval is negative
		 */
		public Jdbc {
			if (cleanupInterval.isNegative()) {
				throw new IllegalArgumentException("sessionkit.jdbc.cleanup-interval is " + cleanupInterval
						+ ", it must be positive, or 0 to disable the cleanup");
			}
		}

		/**
		 * Whether a missing table is created at startup.
		 */
		public enum InitializeSchema {

			/** Only in a database that is embedded in this process. */
			EMBEDDED,

			/** In every database. */
			ALWAYS,

			/** Never. The table must be created by other means, such as a migration. */
			NEVER

		}

		/**
		 * Settings for the connection pool of the storage in an SQL database.
		 *
		 * @param maximumSize Maximum number of connections in the pool for sessions.
		 * @param shared Whether sessions use the connection pool of the application
		 * instead of one of their own. They then wait for its connections for as long as
		 * that pool allows.
		 */
		public record Pool(@DefaultValue("5") int maximumSize, @DefaultValue("false") boolean shared) {

			/**
			 * Creates the settings.
			 * @param maximumSize the maximum number of connections, at least 1
			 * @param shared whether sessions use the pool of the application
			 * @throws IllegalArgumentException if the size is less than 1
			 */
			public Pool {
				if (maximumSize < 1) {
					throw new IllegalArgumentException(
							"sessionkit.jdbc.pool.maximum-size is " + maximumSize + ", it must be at least 1");
				}
			}

		}

	}

	/**
	 * Settings for the storage in Amazon DynamoDB.
	 *
	 * @param tableName Name of the table, or its ARN if it belongs to another account.
	 * @param idAttribute Name of the attribute that is the table's partition key, of type
	 * string.
	 * @param ttlAttribute Name of the attribute that the table uses for its time to live.
	 * @param createTable Whether a missing table is created at startup, and its time to
	 * live enabled.
	 */
	public record Dynamodb(@DefaultValue("sessions") String tableName, @DefaultValue("_idx") String idAttribute,
			@DefaultValue("_ttl") String ttlAttribute, @DefaultValue("false") boolean createTable) {
	}

	/**
	 * Settings for the storage in Cloudflare KV.
	 *
	 * @param accountId ID of the Cloudflare account.
	 * @param namespaceId ID of the KV namespace.
	 * @param apiToken API token with the permission Workers KV Storage: Edit.
	 * @param keyPrefix Prefix of all keys.
	 * @param baseUrl Base URL of the Cloudflare API.
	 */
	public record CloudflareKv(@Nullable String accountId, @Nullable String namespaceId, @Nullable String apiToken,
			@DefaultValue("session:") String keyPrefix,
			@DefaultValue("https://api.cloudflare.com/client/v4") URI baseUrl) {

		/**
		 * Shows the prefix and the URL, never the token.
		 */
		@Override
		public String toString() {
			return "CloudflareKv[keyPrefix=" + this.keyPrefix + ", baseUrl=" + this.baseUrl + "]";
		}

	}

	/**
	 * Settings for the revocation of sessions that are kept in cookies.
	 *
	 * @param storage Server-side store in which all instances look up whether a session
	 * has ended. By default, only the instance that ended a session knows about it.
	 * @param cacheTime Time for which an instance caches an answer of the store. Use 0 to
	 * ask the store in every request. If a duration suffix is not specified, seconds will
	 * be used.
	 * @param failOpen Whether sessions are accepted while the store is unavailable.
	 */
	public record Revocation(@Nullable Storage storage,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("5s") Duration cacheTime,
			@DefaultValue("false") boolean failOpen) {

		/**
		 * Creates the settings.
		 * @param storage the store of revocations; {@code null} for none
		 * @param cacheTime how long an answer of the store is cached, not negative
		 * @param failOpen whether sessions are accepted while the store is unavailable
		 * @throws IllegalArgumentException if the time is negative
		 */
		public Revocation {
			if (cacheTime.isNegative()) {
				throw new IllegalArgumentException(
						"sessionkit.revocation.cache-time is " + cacheTime + ", it must be 0 or more");
			}
		}

	}

}
