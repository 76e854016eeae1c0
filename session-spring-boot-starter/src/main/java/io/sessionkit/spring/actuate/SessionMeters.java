package io.sessionkit.spring.actuate;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.sessionkit.SessionIdentity;
import io.sessionkit.SessionStorageListener;
import io.sessionkit.cookie.CookieRejection;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one storage, all of which are named {@code sessionkit.*}. No tag contains
 * a session id. The tag {@code key} is the id of a key, of which there is one for each
 * secret.
 */
public final class SessionMeters implements SessionStorageListener {

	private final MeterRegistry registry;

	private final InstantSource clock;

	private final Counter created;

	private final Counter destroyed;

	private final Counter expired;

	private final Counter regenerated;

	private final Counter conflicts;

	private final Counter gone;

	private final Counter unreadable;

	private final Map<CookieRejection, Counter> rejected = new EnumMap<>(CookieRejection.class);

	private final Timer commits;

	private final DistributionSummary cookieSize;

	private final @Nullable MeterProvider<Timer> storeCalls;

	private volatile @Nullable KeyUsage usage;

	/**
	 * Registers the meters, with the timer {@value SessionObservations#NAME}.
	 * @param registry the meter registry
	 * @param clock the clock that determines when a key was last seen
	 */
	public SessionMeters(MeterRegistry registry, InstantSource clock) {
		this(registry, clock, true);
	}

	/**
	 * Registers the meters.
	 * @param registry the meter registry
	 * @param clock the clock that determines when a key was last seen
	 * @param storeCalls whether to register the timer {@value SessionObservations#NAME};
	 * {@code false} if {@link SessionObservations} already provide it
	 */
	public SessionMeters(MeterRegistry registry, InstantSource clock, boolean storeCalls) {
		this.registry = registry;
		this.clock = clock;
		this.created = counter("sessionkit.sessions.created", "Sessions that were created");
		this.destroyed = counter("sessionkit.sessions.destroyed", "Sessions that were ended before they expired");
		this.expired = counter("sessionkit.sessions.expired",
				"Expired sessions that the cleanup of this instance removed");
		this.regenerated = counter("sessionkit.sessions.regenerated", "Sessions that got a new id");
		this.conflicts = counter("sessionkit.commits.conflicts",
				"Saves that were retried because of a concurrent change");
		this.gone = counter("sessionkit.commits.gone", "Saves that were dropped because their session had ended");
		this.unreadable = counter("sessionkit.values.unreadable", "Stored values that no longer fit their type");
		for (CookieRejection reason : CookieRejection.values()) {
			this.rejected.put(reason,
					Counter.builder("sessionkit.cookies.rejected")
						.description("Cookies that were rejected")
						.tag("reason", tag(reason))
						.register(registry));
		}
		this.commits = Timer.builder("sessionkit.commits")
			.description("Saves that wrote something, including calls to the store")
			.register(registry);
		this.cookieSize = DistributionSummary.builder("sessionkit.cookies.size")
			.description("Size of Set-Cookie headers; browsers store up to 4096 bytes")
			.baseUnit("bytes")
			.register(registry);
		this.storeCalls = storeCalls
				? Timer.builder(SessionObservations.NAME).description("Calls to the store").withRegistry(registry)
				: null;
	}

	private Counter counter(String name, String description) {
		return Counter.builder(name).description(description).register(this.registry);
	}

	static String tag(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public void keysConfigured(List<String> keyIds) {
		KeyUsage usage = new KeyUsage(keyIds, this.clock);
		for (int i = 0; i < keyIds.size(); i++) {
			int position = i;
			TimeGauge
				.builder("sessionkit.keys.unseen", usage, TimeUnit.MILLISECONDS,
						(keys) -> keys.unseen(position).toMillis())
				.description("Time since this instance last saw a cookie of the key, or since startup if it saw none")
				.tag("key", keyIds.get(i))
				.tag("position", Integer.toString(i))
				.strongReference(true)
				.register(this.registry);
		}
		this.usage = usage;
	}

	@Override
	public void cookieOpened(String keyId, int position) {
		KeyUsage usage = this.usage;
		if (usage != null) {
			usage.seen(position);
		}
	}

	@Override
	public void rejected(CookieRejection reason) {
		Counter counter = this.rejected.get(reason);
		if (counter != null) {
			counter.increment();
		}
	}

	@Override
	public void created(SessionIdentity session) {
		this.created.increment();
	}

	@Override
	public void idRegenerated(SessionIdentity session, String formerHandle) {
		this.regenerated.increment();
	}

	@Override
	public void destroyed(SessionIdentity session) {
		this.destroyed.increment();
	}

	@Override
	public void expired(SessionIdentity session) {
		this.expired.increment();
	}

	@Override
	public void committed(Duration time, int cookieBytes) {
		this.commits.record(time);
		if (cookieBytes > 0) {
			this.cookieSize.record(cookieBytes);
		}
	}

	@Override
	public void conflict() {
		this.conflicts.increment();
	}

	@Override
	public void gone() {
		this.gone.increment();
	}

	@Override
	public void valueUnreadable() {
		this.unreadable.increment();
	}

	@Override
	public void storeCalled(StoreCall call, StoreOutcome outcome, Duration time) {
		if (this.storeCalls != null) {
			this.storeCalls.withTags(SessionObservations.CALL, tag(call), SessionObservations.OUTCOME, tag(outcome))
				.record(time);
		}
	}

}
