package io.sessionkit;

import java.io.IOException;

import io.sessionkit.contract.Browser;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A listener may throw what Java lets no one declare, as one in Kotlin does. */
class FailingListenerTests {

	@ParameterizedTest
	@ValueSource(classes = { IOException.class, NoClassDefFoundError.class })
	void aLogoutWorksWhateverAListenerThrows(Class<? extends Throwable> failure) {
		SessionStorage storage = SessionStorage.builder(Storages.SIGNED, new MemoryStorageStrategy())
			.listener(new Failing(failure))
			.build();
		Browser browser = new Browser(storage);
		assertThat(browser.visit((session) -> session.set("a", 1))).isNotNull();
		assertThat(browser.visit(Session::destroy).isDeletion()).isTrue();
	}

	private record Failing(Class<? extends Throwable> failure) implements SessionStorageListener {

		@Override
		public void created(SessionIdentity session) {
			fail();
		}

		@Override
		public void destroyed(SessionIdentity session) {
			fail();
		}

		private void fail() {
			try {
				Failing.<RuntimeException>sneak(this.failure.getDeclaredConstructor().newInstance());
			}
			catch (ReflectiveOperationException ex) {
				throw new LinkageError(String.valueOf(ex.getMessage()), ex);
			}
		}

		@SuppressWarnings("unchecked")
		private static <T extends Throwable> void sneak(Throwable failure) throws T {
			throw (T) failure;
		}

	}

}
