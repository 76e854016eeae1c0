package io.sessionkit;

import io.sessionkit.SubjectSessions;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a listener hears of the sessions of a subject, and that it hides none of them. */
class SubjectListenerTests {

	private final Ear ear = new Ear();

	private final SessionCookie cookie = SessionCookie.builder("__session").encryptedWith(Storages.SECRET).build();

	@Test
	void aSessionThatIsEndedFromElsewhereIsHeardOf() {
		SessionStorage storage = SessionStorage.builder(this.cookie, new MemoryStorageStrategy())
			.listener(this.ear)
			.build();
		login(storage);
		SubjectSessions sessions = new SubjectSessions(storage);
		assertThat(this.ear.only("storeCalled")).containsExactly("storeCalled READ ABSENT", "storeCalled CREATE DONE",
				"storeCalled CREATE DONE");
		this.ear.forget();
		String handle = sessions.list("ann").get(0).handle();
		assertThat(sessions.end("ann", handle)).isTrue();
		assertThat(sessions.end("ann", handle)).isFalse();
		assertThat(this.ear.heard("committed")).containsExactly("storeCalled READ DONE", "storeCalled READ_ALL DONE",
				"storeCalled READ DONE", "storeCalled READ DONE", "storeCalled UPDATE DONE", "storeCalled DELETE DONE",
				"destroyed", "storeCalled READ DONE", "storeCalled READ ABSENT");
	}

	@Test
	void theStoreOfRevocationsIsTimedToo() {
		SessionStorage storage = SessionStorage.builder(this.cookie)
			.revocation(Revocation.in(new MemoryStorageStrategy()))
			.listener(this.ear)
			.build();
		String header = login(storage);
		new SubjectSessions(storage).endAll("ann");
		assertThat(storage.getSession(header).subject()).isNull();
		this.ear.forget();
		Session session = storage.getSession(login(storage));
		storage.destroySession(session);
		assertThat(this.ear.heard("committed")).contains("storeCalled CREATE DONE", "destroyed");
	}

	private static String login(SessionStorage storage) {
		Session session = storage.getSession(null);
		session.subject("ann");
		String header = storage.commitSession(session);
		return header.substring(0, header.indexOf(';'));
	}

}
