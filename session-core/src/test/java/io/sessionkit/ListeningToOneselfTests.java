package io.sessionkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.sessionkit.contract.Browser;
import io.sessionkit.cookie.CookieRejection;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A listener that uses the session of which it hears. */
class ListeningToOneselfTests {

	private final MemoryStorageStrategy memory = new MemoryStorageStrategy();

	private final Using listener = new Using();

	private final SessionStorage storage = SessionStorage.builder(Storages.SIGNED, this.memory)
		.listener(this.listener)
		.build();

	@Test
	void whatIsBeingReadCannotBeReadMeanwhile() {
		Browser browser = new Browser(this.storage);
		browser.visit((session) -> session.set("a", 1));
		this.listener.session = browser.open();
		assertThat(this.listener.session.get("a")).isEqualTo(1L);
		assertThat(this.listener.heard).containsExactly("read");
		this.listener.session = null;
		Browser copy = browser.copy();
		browser.visit(Session::destroy);
		this.listener.session = copy.open();
		assertThat(this.listener.session.isNew()).isTrue();
		assertThat(this.listener.heard).containsExactly("read", "read", "rejected");
	}

	@Test
	void whatIsBeingCommittedCannotBeChangedAnyMore() {
		Session session = this.storage.getSession(null);
		session.set("a", 1);
		this.listener.session = session;
		assertThat(this.storage.commitIfNeeded(session)).isNotNull();
		assertThat(this.listener.heard).containsExactly("created");
		assertThat(session.has("b")).isFalse();
	}

	private static final class Using implements SessionStorageListener {

		private final List<String> heard = new ArrayList<>();

		private @Nullable Session session;

		@Override
		public void rejected(CookieRejection reason) {
			use("rejected");
		}

		@Override
		public void storeCalled(StoreCall call, StoreOutcome outcome, Duration time) {
			if (call == StoreCall.READ) {
				use("read");
			}
		}

		private void use(String event) {
			if (this.session != null) {
				this.heard.add(event);
				Session used = this.session;
				assertThatIllegalStateException().isThrownBy(() -> used.get("a"));
			}
		}

		@Override
		public void created(SessionIdentity session) {
			if (this.session != null) {
				this.heard.add("created");
				Session used = this.session;
				assertThatIllegalStateException().isThrownBy(() -> used.set("b", 1));
			}
		}

	}

}
