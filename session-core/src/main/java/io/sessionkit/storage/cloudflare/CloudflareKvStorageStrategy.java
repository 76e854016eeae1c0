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
 * Keeps records in a namespace of Cloudflare KV, by the public REST API: for few users
 * and no server of one's own. It is also the example of a strategy for a store that has
 * no more than get, put and delete.
 *
 * <p>
 * KV promises less than the other stores, and so does this strategy:
 * <ul>
 * <li>Reads are up to 60 seconds old. Until then other nodes, and the next request of the
 * same browser, may not see a change, a login or a logout.
 * <li>There is no compare-and-set. An update reads, compares the versions and writes; of
 * two at the same time one is lost, and a write in flight can bring an ended session
 * back. Tombstones are kept for five minutes to make that rare.
 * <li>A create writes without a look whether the key is taken. The keys of a
 * {@link io.sessionkit.SessionStorage} are random, so none is; and KV would remember for
 * a minute that there was nothing.
 * <li>A new session costs one call, a read one, a change or an end three. The API allows
 * a user of it about four a second, of all programs together, and KV one write a second
 * of a key.
 * </ul>
 * One warning says so when a strategy is made. It is not for a
 * {@link io.sessionkit.Revocation}, which is to be known at once.
 *
 * <p>
 * A value is a record as {@link SessionRecordFormat} writes it, with the expiry, which is
 * checked on read. KV removes it by itself, at the expiry but not within 60 seconds. A
 * request is repeated after 429, 5xx and a broken connection, with pauses, as long as the
 * timeout allows. What KV answers without a record in it is absent.
 *
 * @see <a href=
 * "https://v2.remix.run/docs/utils/sessions#createcloudflarekvsessionstorage-cloudflare-workers">createCloudflareKVSessionStorage</a>,
 * which runs inside of a Worker
 * @see <a href="https://developers.cloudflare.com/kv/concepts/how-kv-works/">How KV
 * works</a>
 */
public final class CloudflareKvStorageStrategy implements SessionIdStorageStrategy {

	private static final Duration TOMBSTONE = Duration.ofMinutes(5);

	/** What KV refuses to go below. */
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
	 * Begins a strategy.
	 * @param accountId the id of the account, as in the URL of Cloudflare's dashboard
	 * @param namespaceId the id of the KV namespace
	 * @param apiToken an API token with the permission Workers KV Storage: Edit
	 * @return a builder, to be completed by {@link Builder#build()}
	 * @throws IllegalArgumentException if one of them is blank or has characters that
	 * such a thing never has
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

	/** Other places see a write up to a minute later, and the last of several wins. */
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
		// Rounded up, so that KV never removes what has not expired.
		long seconds = Duration.between(now, kept.expires()).plusNanos(999_999_999).toSeconds();
		this.namespace.put(key, SessionRecordFormat.write(kept), Math.max(SHORTEST_TTL, seconds), deadline);
	}

	private static SessionRecord outlivingStaleReads(SessionRecord tombstone, Instant now) {
		Instant expires = now.plus(TOMBSTONE);
		return tombstone.expires().isBefore(expires) ? new SessionRecord(tombstone.version(), expires, tombstone.body())
				: tombstone;
	}

	/**
	 * The options of a strategy.
	 */
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
		 * What the names of all keys begin with.
		 * @param prefix printable characters without spaces, at most 400 bytes; default:
		 * {@code session:}
		 * @throws IllegalArgumentException if it is longer or has others
		 */
		public Builder keyPrefix(String prefix) {
			this.keyPrefix = KvOptions.keyPrefix(prefix);
			return this;
		}

		/**
		 * Where the API is.
		 * @param baseUrl an https URL, or an http one of this machine, since the token is
		 * sent there; default: {@code https://api.cloudflare.com/client/v4}
		 * @throws IllegalArgumentException if it is another
		 */
		public Builder baseUrl(URI baseUrl) {
			this.baseUrl = KvOptions.baseUrl(baseUrl);
			return this;
		}

		/**
		 * How long one call of the strategy may take, with all its requests and pauses.
		 * @param timeout at least 1 ms; default: 500 ms
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
		 * The clock for expiry.
		 * @param clock default: the system's
		 */
		public Builder clock(InstantSource clock) {
			this.clock = Objects.requireNonNull(clock, "clock");
			return this;
		}

		/**
		 * Makes the strategy, and warns of what KV does not promise. Nothing is asked of
		 * Cloudflare yet.
		 * @return a strategy
		 */
		public CloudflareKvStorageStrategy build() {
			logger.warn("Sessions are kept in Cloudflare KV, which is eventually consistent (reads are up to 60 "
					+ "seconds old) and has no compare-and-set: concurrent changes can be lost and a logout takes a "
					+ "minute, so guarantees G2, G3 and G4 do not hold. Its API takes about 4 calls a second; a "
					+ "change costs 3.");
			return new CloudflareKvStorageStrategy(this);
		}

	}

}
