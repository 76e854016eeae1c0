package io.sessionkit.storage.cloudflare;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

import io.sessionkit.Deadline;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionRecordFormat;
import io.sessionkit.UpdateOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A strategy that keeps records in a namespace of Cloudflare KV by the public REST API.
 * It is meant for few users and applications without a server of their own. It is also an
 * example of a strategy for a store with only get, put and delete.
 *
 * <p>
 * KV guarantees less than other stores, and so does this strategy:
 * <ul>
 * <li>A read can be up to 60 seconds old. During this time other instances, and the next
 * request of the same browser, may not see a change, a login or a logout.
 * <li>There is no compare-and-set. An update reads the record, compares the versions and
 * writes. Of two concurrent updates one is lost, and an update that is in flight can
 * bring an ended session back. Tombstones, the records of ended sessions, are kept for
 * five minutes to make this rare.
 * <li>{@code createData} does not check whether the key is taken. The keys of a
 * {@link io.sessionkit.SessionStorage} are random, so none is taken, and KV would
 * remember for a minute that there was no value.
 * <li>A new session costs one call, and so does a read. A change, or the end of a
 * session, costs three. Cloudflare's API allows about four calls a second for each user
 * of the API, all programs together, and KV one write a second for each key.
 * </ul>
 * A warning says so when a strategy is built. This strategy is not suitable for a
 * {@link io.sessionkit.Revocation}, which has to take effect at once.
 *
 * <p>
 * A value is a record in the format of {@link SessionRecordFormat}. It contains the
 * expiry, which is checked on every read. KV also removes the value by itself, at the
 * expiry but not within 60 seconds. After the status 429 or 5xx, or if the connection
 * breaks, a request is repeated with pauses, as long as the timeout allows. A value that
 * is not a record counts as absent.
 *
 * @see <a href=
 * "https://v2.remix.run/docs/utils/sessions#createcloudflarekvsessionstorage-cloudflare-workers">createCloudflareKVSessionStorage</a>,
 * which runs inside of a Worker
 * @see <a href="https://developers.cloudflare.com/kv/concepts/how-kv-works/">How KV
 * works</a>
 */
public final class CloudflareKvStorageStrategy implements SessionIdStorageStrategy {

	private static final Duration TOMBSTONE = Duration.ofMinutes(5);

	/** The shortest time to live that KV accepts, in seconds. */
	private static final long SHORTEST_TTL = 60;

	private static final Logger logger = LoggerFactory.getLogger(CloudflareKvStorageStrategy.class);

	private final KvNamespace namespace;

	private final Duration timeout;

	private final InstantSource clock;

	private CloudflareKvStorageStrategy(Builder options) {
		this.namespace = new KvNamespace(options);
		this.timeout = options.timeout;
		this.clock = options.clock;
	}

	/**
	 * Starts to build a strategy.
	 * @param accountId the id of the account, as in the URL of Cloudflare's dashboard
	 * @param namespaceId the id of the KV namespace
	 * @param apiToken an API token with the permission <em>Workers KV Storage: Edit</em>
	 * @return a new builder
	 * @throws IllegalArgumentException if one of them is blank or has characters that it
	 * cannot have
	 */
	public static Builder builder(String accountId, String namespaceId, String apiToken) {
		return new Builder(accountId, namespaceId, apiToken);
	}

	@Override
	public boolean createData(String key, SessionRecord record) {
		write(key, record, deadline());
		return true;
	}

	@Override
	public @Nullable SessionRecord readData(String key) {
		return present(key, deadline());
	}

	@Override
	public UpdateOutcome updateData(String key, SessionRecord record) {
		Deadline deadline = deadline();
		SessionRecord present = present(key, deadline);
		if (present == null) {
			return UpdateOutcome.GONE;
		}
		if (present.version() != record.version() - 1) {
			return UpdateOutcome.CONFLICT;
		}
		write(key, record, deadline);
		return UpdateOutcome.UPDATED;
	}

	@Override
	public void deleteData(String key) {
		this.namespace.delete(key, deadline());
	}

	/**
	 * Returns {@code false}: other locations see a write up to a minute later, and of
	 * several writes the last one wins.
	 */
	@Override
	public boolean isConsistent() {
		return false;
	}

	private Deadline deadline() {
		return Deadline.in(this.timeout);
	}

	private @Nullable SessionRecord present(String key, Deadline deadline) {
		byte[] value = this.namespace.get(key, deadline);
		SessionRecord record = (value != null) ? SessionRecordFormat.read(key, value) : null;
		return (record != null && this.clock.instant().isBefore(record.expires())) ? record : null;
	}

	private void write(String key, SessionRecord record, Deadline deadline) {
		Instant now = this.clock.instant();
		SessionRecord kept = record.isTombstone() ? outlivingStaleReads(record, now) : record;
		// Rounded up, so that KV never removes a record that has not expired.
		long seconds = Duration.between(now, kept.expires()).plusNanos(999_999_999).toSeconds();
		this.namespace.put(key, SessionRecordFormat.write(kept), Math.max(SHORTEST_TTL, seconds), deadline);
	}

	private static SessionRecord outlivingStaleReads(SessionRecord tombstone, Instant now) {
		Instant expires = now.plus(TOMBSTONE);
		return tombstone.expires().isBefore(expires) ? new SessionRecord(tombstone.version(), expires, tombstone.body())
				: tombstone;
	}

	/** Builds a {@link CloudflareKvStorageStrategy}. */
	public static final class Builder {

		final String accountId;

		final String namespaceId;

		final String apiToken;

		String keyPrefix = "session:";

		URI baseUrl = URI.create("https://api.cloudflare.com/client/v4");

		Duration timeout = Deadline.DEFAULT_TIMEOUT;

		InstantSource clock = InstantSource.system();

		private Builder(String accountId, String namespaceId, String apiToken) {
			this.accountId = KvOptions.id("account id", accountId);
			this.namespaceId = KvOptions.id("namespace id", namespaceId);
			this.apiToken = KvOptions.token(apiToken);
		}

		/**
		 * Sets the prefix of all keys.
		 * @param prefix printable characters without spaces, at most 400 bytes; defaults
		 * to {@code session:}
		 * @return this builder
		 * @throws IllegalArgumentException if the prefix is longer or has other
		 * characters
		 */
		public Builder keyPrefix(String prefix) {
			this.keyPrefix = KvOptions.keyPrefix(prefix);
			return this;
		}

		/**
		 * Sets the base URL of Cloudflare's API.
		 * @param baseUrl an {@code https} URL, or an {@code http} URL of this machine,
		 * since the token is sent there; defaults to
		 * {@code https://api.cloudflare.com/client/v4}
		 * @return this builder
		 * @throws IllegalArgumentException if it is any other URL
		 */
		public Builder baseUrl(URI baseUrl) {
			this.baseUrl = KvOptions.baseUrl(baseUrl);
			return this;
		}

		/**
		 * Sets how long one call of the strategy may take, including all its requests and
		 * pauses.
		 * @param timeout at least 1 ms; defaults to 500 ms
		 * @return this builder
		 * @throws IllegalArgumentException if it is shorter
		 */
		public Builder timeout(Duration timeout) {
			if (timeout.toMillis() < 1) {
				throw new IllegalArgumentException(
						"The timeout is " + timeout + ", it must be at least one millisecond");
			}
			this.timeout = timeout;
			return this;
		}

		/**
		 * Sets the clock for expiry.
		 * @param clock the clock; defaults to the system clock
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = Objects.requireNonNull(clock, "clock");
			return this;
		}

		/**
		 * Builds the strategy, and logs a warning about what KV does not guarantee. This
		 * sends no request to Cloudflare.
		 * @return the strategy
		 */
		public CloudflareKvStorageStrategy build() {
			logger.warn("Sessions are kept in Cloudflare KV, which is eventually consistent (reads are up to 60 "
					+ "seconds old) and has no compare-and-set. Concurrent changes can be lost, and a logout can take "
					+ "a minute, so guarantees G2, G3 and G4 do not hold. Its API allows about 4 calls a second; "
					+ "a change costs 3.");
			return new CloudflareKvStorageStrategy(this);
		}

	}

}
