package io.sessionkit.contract;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import io.sessionkit.Revocation;
import io.sessionkit.Session;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionIdentity;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageListener;
import io.sessionkit.SubjectSessions;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a strategy owes whoever listens that removes expired records itself: see
 * {@link SessionIdStorageStrategy#onExpired}. The sessions of these tests end half an
 * hour after their last use.
 */
public abstract class ExpiryContract {

	private static final String SECRET = "a secret of the tests of expiry events";

	private final MutableClock clock = new MutableClock();

	private final Told told = new Told();

	/** Another node on the one store of a test. */
	protected abstract SessionIdStorageStrategy node(InstantSource clock);

	/** Removes all that a node takes for expired. */
	protected abstract void cleanUp(SessionIdStorageStrategy node) throws Exception;

	private SessionStorage storage(SessionIdStorageStrategy node, SessionStorageListener listener) {
		return SessionStorage.builder(SessionCookie.builder("__session").signedWith(SECRET).build(), node)
			.clock(this.clock)
			.listener(listener)
			.build();
	}

	private Browser login(SessionStorage storage, String subject) {
		Browser browser = new Browser(storage);
		browser.visit((session) -> {
			session.set("cart", "a pen");
			session.subject(subject);
		});
		return browser;
	}

	private void pass(int minutes) {
		this.clock.advance(Duration.ofMinutes(minutes));
	}

	@Test
	void anExpiredSessionIsToldOnceByTheHandleOfItsLifeWithItsSubject() throws Exception {
		SessionIdStorageStrategy node = node(this.clock);
		SessionStorage storage = storage(node, this.told);
		login(storage, "ann");
		String handle = new SubjectSessions(storage).list("ann").get(0).handle();
		new Browser(storage).visit((session) -> session.set("cart", "nobody's"));
		cleanUp(node);
		assertThat(this.told.expired).isEmpty();
		pass(60);
		cleanUp(node);
		assertThat(this.told.created).containsEntry(handle, "ann").hasSize(2);
		assertThat(this.told.expired).containsExactlyInAnyOrderElementsOf(this.told.identities())
			.contains(new SessionIdentity(handle, "ann"));
		cleanUp(node);
		assertThat(this.told.expired).hasSize(2);
		assertThat(this.told.destroyed).isEmpty();
	}

	@Test
	void whatWasRenewedIsToldWhenItHasExpiredItself() throws Exception {
		SessionIdStorageStrategy node = node(this.clock);
		Browser browser = login(storage(node, this.told), "ann");
		pass(25);
		browser.visit((session) -> session.set("cart", "two pens"));
		pass(22);
		cleanUp(node);
		assertThat(this.told.expired).isEmpty();
		pass(60);
		cleanUp(node);
		assertThat(this.told.expired).containsExactlyElementsOf(this.told.identities());
	}

	@Test
	void whatWasEndedIsNotToldAsExpired() throws Exception {
		SessionIdStorageStrategy node = node(this.clock);
		SessionStorage storage = storage(node, this.told);
		login(storage, "ann").visit(Session::destroy);
		login(storage, "bob");
		new SubjectSessions(storage).endAll("bob");
		assertThat(this.told.destroyed).containsExactlyInAnyOrderElementsOf(this.told.identities());
		pass(60 * 24 * 60);
		cleanUp(node);
		assertThat(this.told.expired).isEmpty();
	}

	@Test
	void aSessionWithANewIdExpiresUnderThatAlone() throws Exception {
		SessionIdStorageStrategy node = node(this.clock);
		SessionStorage storage = storage(node, this.told);
		Browser browser = login(storage, "ann");
		pass(25);
		browser.visit(Session::regenerateId);
		String handle = new SubjectSessions(storage).list("ann").get(0).handle();
		pass(22);
		cleanUp(node);
		assertThat(this.told.expired).isEmpty();
		pass(60);
		cleanUp(node);
		assertThat(this.told.expired).containsExactly(new SessionIdentity(handle, "ann"));
		assertThat(this.told.created).doesNotContainKey(handle);
	}

	@Test
	void neitherAListOfSessionsNorTheNoteOfAnEndIsASession() throws Exception {
		SessionIdStorageStrategy node = node(this.clock);
		login(storage(node, this.told), "ann").visit(Session::destroy);
		SessionStorage inCookies = SessionStorage
			.builder(SessionCookie.builder("__session").encryptedWith(SECRET).build())
			.revocation(Revocation.in(node))
			.clock(this.clock)
			.build();
		Browser browser = login(inCookies, "ann");
		browser.visit(Session::regenerateId);
		browser.visit(Session::destroy);
		new SubjectSessions(inCookies).endAll("ann");
		pass(60 * 24 * 60);
		cleanUp(node);
		assertThat(this.told.expired).isEmpty();
	}

	@Test
	void ofTwoNodesThatCleanUpAtOnceOneTells() throws Exception {
		SessionIdStorageStrategy one = node(this.clock);
		SessionIdStorageStrategy two = node(this.clock);
		List<SessionStorage> storages = List.of(storage(one, this.told), storage(two, this.told));
		List<Browser> browsers = new ArrayList<>();
		IntStream.range(0, 200).forEach((i) -> browsers.add(login(storages.get(i % 2), "user" + i)));
		pass(25);
		browsers.subList(150, 200).forEach((browser) -> browser.visit((session) -> session.set("cart", "two pens")));
		pass(22);
		Race.of(2, (racer) -> () -> {
			cleanUp((racer == 0) ? one : two);
			return racer;
		});
		cleanUp(one);
		assertThat(this.told.expired).doesNotHaveDuplicates()
			.hasSize(150)
			.allMatch((session) -> session.subject().equals(this.told.created.get(session.handle())));
	}

	@Test
	void aListenerThatFailsStopsNoCleanUp() throws Exception {
		SessionIdStorageStrategy node = node(this.clock);
		List<String> failed = new ArrayList<>();
		SessionStorage storage = storage(node, new Told() {

			@Override
			public void expired(SessionIdentity session) {
				failed.add(String.valueOf(session.subject()));
				if (failed.size() == 1) {
					throw new IllegalStateException("the listener's own");
				}
				throw new AssertionError("the listener's own");
			}

		});
		List.of("ann", "bob", "eve").forEach((subject) -> login(storage, subject));
		pass(60);
		cleanUp(node);
		assertThat(failed).containsExactlyInAnyOrder("ann", "bob", "eve");
	}

	/** Writes down what it hears, on any thread. */
	private static class Told implements SessionStorageListener {

		private final Map<String, String> created = new ConcurrentHashMap<>();

		private final ConcurrentLinkedQueue<SessionIdentity> expired = new ConcurrentLinkedQueue<>();

		private final ConcurrentLinkedQueue<SessionIdentity> destroyed = new ConcurrentLinkedQueue<>();

		private final ConcurrentLinkedQueue<SessionIdentity> begun = new ConcurrentLinkedQueue<>();

		List<SessionIdentity> identities() {
			return List.copyOf(this.begun);
		}

		@Override
		public void created(SessionIdentity session) {
			this.begun.add(session);
			this.created.put(session.handle(), String.valueOf(session.subject()));
		}

		@Override
		public void destroyed(SessionIdentity session) {
			this.destroyed.add(session);
		}

		@Override
		public void expired(SessionIdentity session) {
			this.expired.add(session);
		}

	}

}
