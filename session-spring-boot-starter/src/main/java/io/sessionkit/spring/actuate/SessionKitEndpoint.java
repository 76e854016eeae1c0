package io.sessionkit.spring.actuate;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionStorageListener;
import io.sessionkit.SubjectSession;
import io.sessionkit.SubjectSessions;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The actuator endpoint {@code sessionkit}. It describes the storage of sessions, shows
 * whether a secret is still in use, and lists or ends the sessions of a user, selected by
 * principal name (the subject of the sessions). Sessions can be ended only if
 * {@code management.endpoint.sessionkit.access} is {@code unrestricted}. The endpoint is
 * a listener of the storage.
 */
@Endpoint(id = "sessionkit", defaultAccess = Access.READ_ONLY)
public final class SessionKitEndpoint implements SessionStorageListener {

	private static final String OURS = "io.sessionkit.storage.";

	private final Supplier<@Nullable SessionIdStorageStrategy> strategy;

	private final Supplier<@Nullable SubjectSessions> subjects;

	private final InstantSource clock;

	private final LongAdder unreadableValues = new LongAdder();

	private volatile @Nullable KeyUsage usage;

	/**
	 * Creates the endpoint.
	 * @param strategy supplies the strategy of the server-side store, or {@code null} if
	 * sessions are kept in the cookie
	 * @param subjects supplies the sessions by principal name, or {@code null} if there
	 * is no such bean
	 * @param clock the clock that determines when a key was last seen
	 */
	public SessionKitEndpoint(Supplier<@Nullable SessionIdStorageStrategy> strategy,
			Supplier<@Nullable SubjectSessions> subjects, InstantSource clock) {
		this.strategy = strategy;
		this.subjects = subjects;
		this.clock = clock;
	}

	@Override
	public void keysConfigured(List<String> keyIds) {
		this.usage = new KeyUsage(keyIds, this.clock);
	}

	@Override
	public void cookieOpened(String keyId, int position) {
		KeyUsage usage = this.usage;
		if (usage != null) {
			usage.seen(position);
		}
	}

	@Override
	public void valueUnreadable() {
		this.unreadableValues.increment();
	}

	/**
	 * Describes the storage.
	 * @return the description
	 */
	@ReadOperation
	public Description describe() {
		KeyUsage usage = this.usage;
		if (usage == null) {
			return new Description("custom", null, null, null, 0, List.of());
		}
		SessionIdStorageStrategy strategy = this.strategy.get();
		MemoryStorageStrategy memory = (strategy instanceof MemoryStorageStrategy ours) ? ours : null;
		return new Description(kind(strategy), (strategy != null) ? strategy.getClass().getName() : null,
				(memory != null) ? memory.size() : null, (memory != null) ? memory.evictions() : null,
				this.unreadableValues.sum(), usage.keys());
	}

	/**
	 * Lists the live sessions of a user.
	 * @param subject the principal name
	 * @return up to 100 sessions, the newest first; {@code null} if there is no
	 * {@link SubjectSessions} bean
	 * @throws InvalidEndpointRequestException if the storage cannot list sessions
	 */
	@ReadOperation
	public @Nullable List<SubjectSession> sessionsOf(@Selector String subject) {
		return asked((sessions) -> sessions.list(subject));
	}

	/**
	 * Ends all sessions of a user ("log out everywhere").
	 * @param subject the principal name
	 * @throws InvalidEndpointRequestException if the storage cannot list sessions, or
	 * there is no {@link SubjectSessions} bean
	 */
	@DeleteOperation
	public void endSessionsOf(@Selector String subject) {
		Boolean ended = asked((sessions) -> {
			sessions.endAll(subject);
			return true;
		});
		if (ended == null) {
			String reason = "There is no SubjectSessions bean, so no session was ended";
			throw new InvalidEndpointRequestException(reason, reason);
		}
	}

	private <T> @Nullable T asked(Function<SubjectSessions, T> question) {
		SubjectSessions sessions = this.subjects.get();
		try {
			return (sessions != null) ? question.apply(sessions) : null;
		}
		catch (IllegalStateException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(reason, reason, ex);
		}
	}

	private static String kind(@Nullable SessionIdStorageStrategy strategy) {
		if (strategy == null) {
			return "cookie";
		}
		String name = strategy.getClass().getPackageName();
		return name.startsWith(OURS) ? name.substring(OURS.length()) : "custom";
	}

	/**
	 * Describes a storage.
	 *
	 * @param storage where sessions are kept: {@code cookie}, {@code memory} and so on,
	 * or {@code custom} if the application has a strategy or storage of its own
	 * @param strategy the class of the strategy; {@code null} if there is none or it is
	 * unknown
	 * @param sessions the number of records; {@code null} if it is unknown
	 * @param evictions the number of live records that were removed since startup because
	 * the store was full; {@code null} if it is unknown
	 * @param unreadableValues the number of stored values that did not fit the requested
	 * type since startup
	 * @param keys the keys of the cookie, in the order of the secrets; the first one
	 * writes
	 */
	public record Description(String storage, @Nullable String strategy, @Nullable Integer sessions,
			@Nullable Long evictions, long unreadableValues, List<Key> keys) {
	}

	/**
	 * A key that was derived from a secret.
	 *
	 * @param id the id of the key, 8 hexadecimal digits
	 * @param writes whether new cookies are written with this key; otherwise it is used
	 * only for reading
	 * @param lastSeen when this instance last saw a cookie of this key; {@code null} if
	 * it has not seen one since startup
	 */
	public record Key(String id, boolean writes, @Nullable Instant lastSeen) {
	}

}
