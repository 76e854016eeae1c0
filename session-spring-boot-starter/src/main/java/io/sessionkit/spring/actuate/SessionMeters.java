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
 * The meters of one storage, all named {@code sessionkit.*}. No tag has an id of a
 * session; the tag {@code key} is the id of a key, one for each secret.
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
	 * Registers the meters.
	 * @param registry the registry
	 * @param clock the clock for when a key was last seen
	 */
	public SessionMeters(MeterRegistry registry, InstantSource clock) {
		this(registry, clock, true);
	}

	/**
	 * Registers the meters.
	 * @param registry the registry
	 * @param clock the clock for when a key was last seen
	 * @param storeCalls whether the timer {@value SessionObservations#NAME} is among
	 * them; {@code false} where {@link SessionObservations} bring it
	 */
	public SessionMeters(MeterRegistry registry, InstantSource clock, boolean storeCalls) {
		this.registry = registry;
		this.clock = clock;
		this.created = counter("sessionkit.sessions.created", "Sessions that began");
		this.destroyed = counter("sessionkit.sessions.destroyed", "Sessions that were ended, not by expiry");
		this.expired = counter("sessionkit.sessions.expired", "Sessions that the clean-up of this node removed");
		this.regenerated = counter("sessionkit.sessions.regenerated", "Sessions that got a new id");
		this.conflicts = counter("sessionkit.commits.conflicts", "Commits that met a concurrent one and tried again");
		this.gone = counter("sessionkit.commits.gone", "Commits that were dropped, their session having ended");
		this.unreadable = counter("sessionkit.values.unreadable", "Values that do not fit their type any more");
		for (CookieRejection reason : CookieRejection.values()) {
			this.rejected.put(reason,
					Counter.builder("sessionkit.cookies.rejected")
						.description("Cookies that do not count")
						.tag("reason", tag(reason))
						.register(registry));
		}
		this.commits = Timer.builder("sessionkit.commits")
			.description("Commits that wrote something, store included")
			.register(registry);
		this.cookieSize = DistributionSummary.builder("sessionkit.cookies.size")
			.description("Set-Cookie headers; browsers keep 4096 bytes")
			.baseUnit("bytes")
			.register(registry);
		this.storeCalls = storeCalls
				? Timer.builder(SessionObservations.NAME).description("Calls of the store").withRegistry(registry)
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
				.description("How long this process has seen no cookie of a key, counted from its start if never")
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
