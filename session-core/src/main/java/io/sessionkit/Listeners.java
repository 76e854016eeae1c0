package io.sessionkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.sessionkit.cookie.CookieRejection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of a storage, combined into one that never throws an exception. */
final class Listeners implements SessionStorageListener {

	/** No listener. Nothing is measured or allocated for it. */
	static final SessionStorageListener NONE = new SessionStorageListener() {
	};

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.SessionStorage");

	private final List<SessionStorageListener> listeners;

	private final AtomicBoolean warned = new AtomicBoolean();

	private Listeners(List<SessionStorageListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	static SessionStorageListener of(List<SessionStorageListener> listeners) {
		return listeners.isEmpty() ? NONE : new Listeners(listeners);
	}

	private void tell(Consumer<SessionStorageListener> event) {
		for (SessionStorageListener listener : this.listeners) {
			guard(listener, () -> event.accept(listener));
		}
	}

	private void guard(Object listener, Runnable event) {
		try {
			event.run();
		}
		catch (Exception | LinkageError ex) { // Kotlin declares no exceptions
			if (this.warned.compareAndSet(false, true)) {
				logger.warn("{} failed, which changes nothing for the session. (Said once, later ones at DEBUG.)",
						listener.getClass().getName(), ex);
			}
			else {
				logger.debug("{} failed", listener.getClass().getName(), ex);
			}
		}
	}

	@Override
	public void keysConfigured(List<String> keyIds) {
		tell((listener) -> listener.keysConfigured(keyIds));
	}

	@Override
	public void cookieOpened(String keyId, int position) {
		tell((listener) -> listener.cookieOpened(keyId, position));
	}

	@Override
	public void rejected(CookieRejection reason) {
		tell((listener) -> listener.rejected(reason));
	}

	@Override
	public void created(SessionIdentity session) {
		tell((listener) -> listener.created(session));
	}

	@Override
	public void idRegenerated(SessionIdentity session, String formerHandle) {
		tell((listener) -> listener.idRegenerated(session, formerHandle));
	}

	@Override
	public void destroyed(SessionIdentity session) {
		tell((listener) -> listener.destroyed(session));
	}

	@Override
	public void expired(SessionIdentity session) {
		tell((listener) -> listener.expired(session));
	}

	@Override
	public void committed(Duration time, int cookieBytes) {
		tell((listener) -> listener.committed(time, cookieBytes));
	}

	@Override
	public void conflict() {
		tell(SessionStorageListener::conflict);
	}

	@Override
	public void gone() {
		tell(SessionStorageListener::gone);
	}

	@Override
	public void valueUnreadable() {
		tell(SessionStorageListener::valueUnreadable);
	}

	@Override
	public @Nullable StoreCallEnd storeCalling(StoreCall call) {
		List<StoreCallEnd> ends = new ArrayList<>(0);
		tell((listener) -> {
			StoreCallEnd end = listener.storeCalling(call);
			if (end != null) {
				ends.add(0, end); // the call that was started last ends first
			}
		});
		return ends.isEmpty() ? null
				: (outcome, failure) -> ends.forEach((end) -> guard(end, () -> end.ended(outcome, failure)));
	}

	@Override
	public void storeCalled(StoreCall call, StoreOutcome outcome, Duration time) {
		tell((listener) -> listener.storeCalled(call, outcome, time));
	}

}
