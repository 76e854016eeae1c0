package io.sessionkit;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Tells the listener of every commit that wrote something.
 */
record TimedSessions(Sessions sessions, SessionStorageListener listener) implements Sessions {

	/** Leaves sessions as they are where nobody listens. */
	static Sessions of(Sessions sessions, SessionStorageListener listener) {
		return (listener != Listeners.NONE) ? new TimedSessions(sessions, listener) : sessions;
	}

	@Override
	public SessionState open(List<String> cookieValues) {
		return this.sessions.open(cookieValues);
	}

	@Override
	public @Nullable Committed commit(SessionState session, CommitOptions options, boolean always) {
		long begin = System.nanoTime();
		Committed committed = this.sessions.commit(session, options, always);
		if (committed != null || session.isWritten()) {
			int bytes = (committed != null) ? committed.header().length() : 0;
			this.listener.committed(Duration.ofNanos(System.nanoTime() - begin), bytes);
		}
		return committed;
	}

	@Override
	public @Nullable Revocations revocations() {
		return this.sessions.revocations();
	}

	@Override
	public @Nullable SubjectRecords subjects() {
		return this.sessions.subjects();
	}

}
