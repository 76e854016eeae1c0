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
 * The actuator endpoint {@code sessionkit}: where sessions are kept, whether a secret is
 * still in use, and, below the name of a subject, the sessions of that. It ends sessions
 * only where {@code management.endpoint.sessionkit.access} is {@code unrestricted}. It
 * hears of the sessions as a listener of their storage.
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
	 * @param strategy gives the strategy, or {@code null} if the sessions are in the
	 * cookie
	 * @param subjects gives the sessions of subjects, or {@code null} if there are none
	 * @param clock the clock for when a key was last seen
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
	 * @return what is known of it
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
	 * Lists the live sessions of a subject.
	 * @param subject whose
	 * @return at most 100, the newest first; {@code null} if nothing is known of subjects
	 * @throws InvalidEndpointRequestException if the storage cannot list them
	 */
	@ReadOperation
	public @Nullable List<SubjectSession> sessionsOf(@Selector String subject) {
		return asked((sessions) -> sessions.list(subject));
	}

	/**
	 * Ends all sessions of a subject: "log out everywhere".
	 * @param subject whose
	 * @throws InvalidEndpointRequestException if the storage cannot do it, or nothing is
	 * known of subjects
	 */
	@DeleteOperation
	public void endSessionsOf(@Selector String subject) {
		Boolean ended = asked((sessions) -> {
			sessions.endAll(subject);
			return true;
		});
		if (ended == null) {
			String reason = "There is no SubjectSessions bean, so nothing was ended";
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
	 * What is known of a storage.
	 *
	 * @param storage where sessions are kept: {@code cookie}, {@code memory}, ..., or
	 * {@code custom} for a strategy, or a whole storage, of the application
	 * @param strategy the class of the strategy; {@code null} where there is none, or it
	 * is not known
	 * @param sessions how many records are kept; {@code null} where that is not known
	 * @param evictions how many live records had to make room since the start;
	 * {@code null} where that is not known
	 * @param unreadableValues how many stored values did not fit the type they were asked
	 * for, since the start
	 * @param keys the keys of the cookie, the one that writes first
	 */
	public record Description(String storage, @Nullable String strategy, @Nullable Integer sessions,
			@Nullable Long evictions, long unreadableValues, List<Key> keys) {
	}

	/**
	 * The key that was derived from a secret.
	 *
	 * @param id its id, 8 hexadecimal digits
	 * @param writes whether cookies are made with it; otherwise it only reads
	 * @param lastSeen when this process last saw a cookie of it; {@code null} if not
	 * since its start
	 */
	public record Key(String id, boolean writes, @Nullable Instant lastSeen) {
	}

}
