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
 * The properties under {@code sessionkit}.
 *
 * @param storage Where sessions are kept: whole in an encrypted cookie, or as records in
 * a store that a signed cookie names.
 * @param format Whose cookies and records they are: our own, or those of React Router or
 * Remix, whose programs then share the sessions.
 * @param idleTimeout How long a session lives that is not used and has no life of its
 * own. Without a unit, seconds. Defaults to sessionkit.cookie.max-age, or else 30
 * minutes.
 * @param absoluteTimeout How long a session lives at most, counted from its creation or
 * the last new id. Without a unit, seconds.
 * @param rolling Whether reading renews a session too, at most once per tenth of its
 * life.
 * @param pathsWithoutRenewal Patterns of paths within the application, such as
 * /status/**, whose requests read a session without renewing it.
 * @param timeout How long one call to the store may take; then it counts as failed.
 * Without a unit, milliseconds.
 * @param onFailure What becomes of requests with a session while the store is down: error
 * answers 503, anonymous goes on without a session.
 * @param transport How clients send their session and get it: in a cookie, in a header,
 * or in a header where the request has that header and in a cookie otherwise.
 * @param header The header, where it is a transport.
 * @param httpSession What HttpSession is.
 * @param cookie The cookie.
 * @param memory The memory storage.
 * @param file The file storage.
 * @param redis The Redis storage.
 * @param jdbc The SQL storage.
 * @param dynamodb The DynamoDB storage.
 * @param cloudflareKv The Cloudflare KV storage.
 * @param revocation The revocation of sessions in cookies.
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
	 * Checks the durations.
	 * @throws IllegalArgumentException if a life is shorter than a second, or the timeout
	 * than a millisecond
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
	 * The name of the cookie, as it is set or else as its attributes allow.
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
	 * How clients send their session and get it.
	 */
	public enum Transport {

		/** In a cookie. */
		COOKIE,

		/** In a header with the value that the cookie would have. */
		HEADER

	}

	/**
	 * The properties under {@code sessionkit.header}.
	 *
	 * @param name Name of the request and response header. The value of Authorization has
	 * the scheme Bearer.
	 */
	public record Header(@DefaultValue(SessionTransport.DEFAULT_HEADER) String name) {
	}

	/**
	 * The properties under {@code sessionkit.http-session}.
	 *
	 * @param mode What request.getSession() gives. The same as sessionkit.http-session.
	 * @param allowedTypes Names of classes of which attributes of HttpSession may be,
	 * beside those of the application's own packages and the value types of the JDK; a
	 * package with all below it ends with ".*".
	 * @param unsupported What becomes of an attribute that cannot be stored: refuse
	 * throws an IllegalArgumentException, request keeps it until the end of the request.
	 */
	public record HttpSession(@DefaultValue("enabled") HttpSessionMode mode, @DefaultValue List<String> allowedTypes,
			@DefaultValue("refuse") UnsupportedAttributes unsupported) {

		/**
		 * What a value of {@code sessionkit.http-session} itself means.
		 * @throws IllegalArgumentException if it is none of {@link HttpSessionMode}
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

		/** Whole in an encrypted cookie; no store. */
		COOKIE(false),

		/** In the memory of this process. */
		MEMORY(true),

		/** In files of a directory. */
		FILE(true),

		/** In Redis. */
		REDIS(true),

		/** In a table of an SQL database. */
		JDBC(true),

		/** In a table of Amazon DynamoDB. */
		DYNAMODB(true),

		/** In Cloudflare KV, which promises less than the others. */
		CLOUDFLARE_KV(false);

		private final boolean consistent;

		Storage(boolean consistent) {
			this.consistent = consistent;
		}

		/** Whether every node reads at once what another has written. */
		boolean isConsistent() {
			return this.consistent;
		}

		/** Those of which that is true, as they are written in a properties file. */
		static String consistent() {
			return Arrays.stream(values())
				.filter(Storage::isConsistent)
				.map(Storage::value)
				.collect(Collectors.joining(", "));
		}

		/** As it is written in a properties file. */
		String value() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

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
	 * @param name The name. Defaults to __Host-session, which browsers take from nobody
	 * but this very host, where path, domain and secure allow it and the format is our
	 * own, or else to __session.
	 * @param path The path that the browser sends the cookie to. Defaults to the context
	 * path of the application.
	 * @param domain The domain, with its subdomains, that the browser sends the cookie
	 * to. Defaults to the host that set it only.
	 * @param sameSite Whether requests from other sites carry the cookie.
	 * @param secure Whether the browser sends the cookie over https only, and to
	 * localhost.
	 * @param httpOnly Whether scripts are kept from the cookie.
	 * @param partitioned Whether an embedding site gets a cookie jar of its own.
	 * @param maxAge How long the browser keeps the cookie. Without a unit, seconds.
	 * Defaults to until it closes.
	 * @param secrets The secrets, at least 32 bytes each unless they are shared with
	 * another format than our own, white space around one aside; the first writes, all
	 * read. Defaults to a random one for this process, as random does, except on a cloud
	 * platform.
	 */
	public record Cookie(@Nullable String name, @Nullable String path, @Nullable String domain,
			@DefaultValue("lax") SameSite sameSite, @DefaultValue("true") boolean secure,
			@DefaultValue("true") boolean httpOnly, @DefaultValue("false") boolean partitioned,
			@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxAge, @DefaultValue List<String> secrets) {

		/**
		 * The path, which is where the application is unless something else is said.
		 */
		String pathOr(String contextPath) {
			return (this.path != null) ? this.path : contextPath.isEmpty() ? "/" : contextPath;
		}

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

	/**
	 * The file storage.
	 *
	 * @param directory Where the files are; made if it is missing, for this user only.
	 * @param fsync Whether a write waits until it is on the disk, to survive a power
	 * failure too. Without effect on sessions that another program shares.
	 */
	public record File(@DefaultValue("./sessions") Path directory, @DefaultValue("false") boolean fsync) {
	}

	/**
	 * The Redis storage.
	 *
	 * @param keyPrefix What the names of all keys begin with.
	 */
	public record Redis(@DefaultValue("session:") String keyPrefix) {
	}

	/**
	 * The SQL storage.
	 *
	 * @param tableName The table, with its schema where it is not the default one.
	 * @param initializeSchema Whether the table is created at the start where it is
	 * missing.
	 * @param cleanupInterval How often expired sessions are removed. Without a unit,
	 * seconds. Each node does it; 0 for none.
	 * @param pool The connections.
	 */
	public record Jdbc(@DefaultValue("sessionkit_session") String tableName,
			@DefaultValue("embedded") InitializeSchema initializeSchema,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10m") Duration cleanupInterval, @DefaultValue Pool pool) {

		/**
		 * Checks the interval.
		 * @throws IllegalArgumentException if it is negative
		 */
		public Jdbc {
			if (cleanupInterval.isNegative()) {
				throw new IllegalArgumentException("sessionkit.jdbc.cleanup-interval is " + cleanupInterval
						+ ", it must be positive, or 0 to never clean up");
			}
		}

		/**
		 * Whether the table is created.
		 */
		public enum InitializeSchema {

			/** Only in a database that is part of this process. */
			EMBEDDED,

			/** In every database. */
			ALWAYS,

			/** In none; somebody else does it. */
			NEVER

		}

		/**
		 * The pool of the SQL storage.
		 *
		 * @param maximumSize How many connections the pool of the sessions has at most.
		 * @param shared Whether sessions use the application's pool as it is, instead of
		 * one of their own. They then wait for its connections as long as it does.
		 */
		public record Pool(@DefaultValue("5") int maximumSize, @DefaultValue("false") boolean shared) {

			/**
			 * Checks the size.
			 * @throws IllegalArgumentException if it is less than 1
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
	 * The DynamoDB storage.
	 *
	 * @param tableName The table, or its ARN where it is another account's.
	 * @param idAttribute The hash key of the table, a string.
	 * @param ttlAttribute The attribute that the time to live of the table goes by.
	 * @param createTable Whether the table is created at the start where it is missing,
	 * and its time to live switched on.
	 */
	public record Dynamodb(@DefaultValue("sessions") String tableName, @DefaultValue("_idx") String idAttribute,
			@DefaultValue("_ttl") String ttlAttribute, @DefaultValue("false") boolean createTable) {
	}

	/**
	 * The Cloudflare KV storage.
	 *
	 * @param accountId The id of the Cloudflare account.
	 * @param namespaceId The id of the KV namespace.
	 * @param apiToken An API token with the permission Workers KV Storage: Edit.
	 * @param keyPrefix What the names of all keys begin with.
	 * @param baseUrl Where Cloudflare's API is.
	 */
	public record CloudflareKv(@Nullable String accountId, @Nullable String namespaceId, @Nullable String apiToken,
			@DefaultValue("session:") String keyPrefix,
			@DefaultValue("https://api.cloudflare.com/client/v4") URI baseUrl) {

		/**
		 * The prefix and the URL, never the token.
		 */
		@Override
		public String toString() {
			return "CloudflareKv[keyPrefix=" + this.keyPrefix + ", baseUrl=" + this.baseUrl + "]";
		}

	}

	/**
	 * The revocation of sessions in cookies.
	 *
	 * @param storage Which store tells all nodes of ended sessions. Defaults to none, so
	 * that an end is known to the node that made it.
	 * @param cacheTime For how long an answer of the store counts. Without a unit,
	 * seconds; 0 asks at every request.
	 * @param failOpen Whether sessions count while the store is down.
	 */
	public record Revocation(@Nullable Storage storage,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("5s") Duration cacheTime,
			@DefaultValue("false") boolean failOpen) {

		/**
		 * Checks the time.
		 * @throws IllegalArgumentException if it is negative
		 */
		public Revocation {
			if (cacheTime.isNegative()) {
				throw new IllegalArgumentException(
						"sessionkit.revocation.cache-time is " + cacheTime + ", it must be 0 or more");
			}
		}

	}

}
